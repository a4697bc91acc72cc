package dev.tocsin.sdk.crypto;

import java.util.Optional;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** Subjects that are a common name and nothing else. */
final class SubjectName {

    private SubjectName() {}

    static X500Name of(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    /** The common name; empty if there is none, or anything beside it. */
    static Optional<String> in(X500Name name) {
        RDN[] parts = name.getRDNs();
        if (parts.length != 1
                || parts[0].isMultiValued()
                || !BCStyle.CN.equals(parts[0].getFirst().getType())) {
            return Optional.empty();
        }
        return parts[0].getFirst().getValue() instanceof ASN1String text
                ? Optional.of(text.getString())
                : Optional.empty();
    }
}
