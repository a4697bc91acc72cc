package dev.tocsin.sdk.crypto;

import dev.tocsin.sdk.model.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSAbsentContent;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;

/** Certificates in a CMS SignedData that nobody signed ("certs-only", RFC 5652 and 8551): EST's other way to hand them out. */
public final class CertificateBag {

    private CertificateBag() {}

    /** A bag in DER. */
    public static Bytes of(CertificateFacts... certificates) {
        try {
            CMSSignedDataGenerator bag = new CMSSignedDataGenerator();
            for (CertificateFacts certificate : certificates) {
                bag.addCertificate(new X509CertificateHolder(certificate.der().toArray()));
            }
            return Bytes.wrap(bag.generate(new CMSAbsentContent(), false).getEncoded("DER"));
        } catch (IOException e) {
            throw new UncheckedIOException("certificates that were read can be written", e);
        } catch (CMSException e) {
            throw new IllegalStateException("certificates can be put into a bag", e);
        }
    }

    /**
     * What is in a bag; any bytes may come in.
     *
     * @throws InvalidKeyException if it is none, or has something else in it
     */
    public static List<CertificateFacts> read(Bytes der) throws InvalidKeyException {
        List<CertificateFacts> found = new ArrayList<>();
        try {
            for (X509CertificateHolder c :
                    new CMSSignedData(der.toArray()).getCertificates().getMatches(null)) {
                found.add(CertificateFacts.read(Bytes.wrap(c.getEncoded())));
            }
            return found;
        } catch (CMSException | IOException | RuntimeException e) { // the library throws what comes to hand
            throw new InvalidKeyException("not a bag of certificates (PKCS#7)", e);
        }
    }
}
