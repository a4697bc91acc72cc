package dev.tocsin.benchmarks.path;

import dev.tocsin.benchmarks.path.Cast.Party;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The same certificates as in our own path, as TLS of the JDK takes them. */
record Tls(KeyManagerFactory keys, TrustManagerFactory trust) {

    private static final char[] NO_PASSWORD = new char[0];

    /** One party's end of a channel. */
    static Tls of(Party party, Cast cast) {
        try {
            KeyStore own = empty();
            own.setKeyEntry(
                    "own", key(party.keyPem()), NO_PASSWORD, new Certificate[] {certificate(party.certificatePem())});
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, NO_PASSWORD);
            KeyStore authority = empty();
            authority.setCertificateEntry("authority", certificate(cast.authorityPem()));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authority);
            return new Tls(keys, trust);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate just made is good", e);
        }
    }

    /** For TLS 1.3, or 1.2. */
    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a JDK has TLS", e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new IllegalStateException("nothing is read", e);
        }
    }

    static X509Certificate certificate(String pem) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate just made can be read", e);
        }
    }

    static PrivateKey key(String pem) {
        String base64 = String.join(
                "", pem.lines().filter(line -> !line.startsWith("-----")).toList());
        try {
            return KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key just made can be read", e);
        }
    }
}
