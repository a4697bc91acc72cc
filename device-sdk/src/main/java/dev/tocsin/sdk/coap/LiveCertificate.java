package dev.tocsin.sdk.coap;

import java.security.cert.X509Certificate;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.eclipse.californium.scandium.dtls.CertificateIdentityResult;
import org.eclipse.californium.scandium.dtls.CertificateType;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.HandshakeResultHandler;
import org.eclipse.californium.scandium.dtls.SignatureAndHashAlgorithm;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite.CertificateKeyAlgorithm;
import org.eclipse.californium.scandium.dtls.cipher.XECDHECryptography.SupportedGroup;
import org.eclipse.californium.scandium.dtls.x509.CertificateConfigurationHelper;
import org.eclipse.californium.scandium.dtls.x509.CertificateProvider;
import org.eclipse.californium.scandium.dtls.x509.ConfigurationHelperSetup;
import org.eclipse.californium.scandium.dtls.x509.SingleCertificateProvider;
import org.eclipse.californium.scandium.util.ServerNames;
import org.jspecify.annotations.Nullable;

/** What a node shows of itself within DTLS, which may change while it runs: the next handshake shows it. Any thread. */
final class LiveCertificate implements CertificateProvider, ConfigurationHelperSetup {

    private volatile SingleCertificateProvider now;

    LiveCertificate(DtlsIdentity identity) {
        this.now = provider(identity);
    }

    void show(DtlsIdentity identity) {
        now = provider(identity);
    }

    private static SingleCertificateProvider provider(DtlsIdentity identity) {
        return identity.chain().isEmpty()
                ? new SingleCertificateProvider(identity.key(), identity.publicKey())
                : new SingleCertificateProvider(
                        identity.key(), identity.chain().toArray(X509Certificate[]::new), CertificateType.X_509);
    }

    @Override
    public List<CertificateKeyAlgorithm> getSupportedCertificateKeyAlgorithms() {
        return now.getSupportedCertificateKeyAlgorithms();
    }

    @Override
    public List<CertificateType> getSupportedCertificateTypes() {
        return now.getSupportedCertificateTypes();
    }

    @Override
    public @Nullable CertificateIdentityResult requestCertificateIdentity(
            ConnectionId cid,
            boolean client,
            @Nullable List<X500Principal> issuers,
            @Nullable ServerNames serverNames,
            @Nullable List<CertificateKeyAlgorithm> keyAlgorithms,
            @Nullable List<SignatureAndHashAlgorithm> signatureAlgorithms,
            @Nullable List<SupportedGroup> curves) {
        return now.requestCertificateIdentity(
                cid, client, issuers, serverNames, keyAlgorithms, signatureAlgorithms, curves);
    }

    @Override
    public void setupConfigurationHelper(CertificateConfigurationHelper helper) {
        now.setupConfigurationHelper(helper);
    }

    @Override
    public void setResultHandler(HandshakeResultHandler handler) {
        // answers at once
    }
}
