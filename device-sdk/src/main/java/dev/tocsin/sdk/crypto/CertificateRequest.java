package dev.tocsin.sdk.crypto;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.sdk.port.Verifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.InvalidKeyException;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;

/**
 * A certification request (PKCS#10, RFC 2986) whose signature proved that the asker has the key. Immutable.
 *
 * @param der the request
 * @param commonName its subject, which is a common name and nothing else
 * @param publicKey SubjectPublicKeyInfo in DER of the key to be certified, in the one encoding used here
 * @param algorithm what that key signs with
 * @param challenge its challengePassword (RFC 2985, section 5.4.1), if it has one
 */
public record CertificateRequest(
        Bytes der, String commonName, Bytes publicKey, SignatureAlgorithm algorithm, Optional<String> challenge) {

    /** No request of a device is longer. */
    public static final int MAX_BYTES = 4096;

    /** How reading went. */
    public sealed interface Reading {
        /** It is one. */
        record Read(CertificateRequest request) implements Reading {}

        /** It is none, or its signature is not that of the key in it. */
        record Malformed(String why) implements Reading {}
    }

    /**
     * Makes one.
     *
     * @param signer the key to be certified
     * @param publicKey its SubjectPublicKeyInfo in DER
     */
    public static Bytes make(Signer signer, Bytes publicKey, String commonName, Optional<String> challenge) {
        PKCS10CertificationRequestBuilder builder = new PKCS10CertificationRequestBuilder(
                SubjectName.of(commonName), SubjectPublicKeyInfo.getInstance(publicKey.toArray()));
        challenge.ifPresent(text ->
                builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_challengePassword, new DERUTF8String(text)));
        try {
            return Bytes.wrap(builder.build(X509Signing.pen(signer)).getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException("a request just made can be encoded", e);
        }
    }

    /** Reads one; any bytes may come in. */
    public static Reading read(Bytes der) {
        if (der.size() > MAX_BYTES) {
            return new Reading.Malformed(der.size() + " bytes where at most " + MAX_BYTES + " can be");
        }
        try {
            return read(new PKCS10CertificationRequest(der.toArray()), der);
        } catch (IOException | RuntimeException e) { // the library throws what comes to hand
            return new Reading.Malformed("not a certification request (PKCS#10)");
        }
    }

    private static Reading read(PKCS10CertificationRequest request, Bytes der) throws IOException {
        Verifier key;
        Bytes publicKey;
        try {
            Bytes raw = Bytes.wrap(request.getSubjectPublicKeyInfo().getEncoded("DER"));
            key = Keys.verifierOf(raw, Sm2Id.DEFAULT);
            publicKey = Keys.canonical(raw);
        } catch (InvalidKeyException e) {
            return new Reading.Malformed("a key that cannot be certified: " + e.getMessage());
        }
        byte[] signed = request.toASN1Structure().getCertificationRequestInfo().getEncoded("DER");
        if (!X509Signing.verify(key, request.getSignatureAlgorithm(), signed, request.getSignature())) {
            return new Reading.Malformed("it is not signed with the key in it");
        }
        Optional<String> name = SubjectName.in(request.getSubject());
        if (name.isEmpty()) {
            return new Reading.Malformed("its subject is not a common name alone");
        }
        Attribute[] challenges = request.getAttributes(PKCSObjectIdentifiers.pkcs_9_at_challengePassword);
        if (challenges.length > 1) {
            return new Reading.Malformed("more than one challengePassword");
        }
        Optional<String> challenge =
                challenges.length == 0 ? Optional.empty() : Optional.of(text(challenges[0].getAttributeValues()));
        return new Reading.Read(new CertificateRequest(der, name.get(), publicKey, key.algorithm(), challenge));
    }

    private static String text(ASN1Encodable[] values) {
        if (values.length == 1 && values[0] instanceof ASN1String s) {
            return s.getString();
        }
        throw new IllegalArgumentException("not one string");
    }
}
