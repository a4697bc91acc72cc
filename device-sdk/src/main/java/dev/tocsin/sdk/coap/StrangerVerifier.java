package dev.tocsin.sdk.coap;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.eclipse.californium.scandium.dtls.AlertMessage;
import org.eclipse.californium.scandium.dtls.AlertMessage.AlertDescription;
import org.eclipse.californium.scandium.dtls.AlertMessage.AlertLevel;
import org.eclipse.californium.scandium.dtls.CertificateMessage;
import org.eclipse.californium.scandium.dtls.CertificateType;
import org.eclipse.californium.scandium.dtls.CertificateVerificationResult;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.HandshakeException;
import org.eclipse.californium.scandium.dtls.HandshakeResultHandler;
import org.eclipse.californium.scandium.dtls.x509.CertificateConfigurationHelper;
import org.eclipse.californium.scandium.dtls.x509.ConfigurationHelperSetup;
import org.eclipse.californium.scandium.dtls.x509.NewAdvancedCertificateVerifier;
import org.eclipse.californium.scandium.util.ServerNames;
import org.jspecify.annotations.Nullable;

/**
 * Lets anybody in who proves to hold a key. A certificate that a known authority issued makes a name; any other certificate,
 * and a raw public key (RFC 7250), is a key without one. For an enrolment, where strangers come in and nothing is done on
 * their word. Stateless; any thread.
 */
final class StrangerVerifier implements NewAdvancedCertificateVerifier, ConfigurationHelperSetup {

    private final Optional<ChainVerifier> known;
    private final List<CertificateType> types;

    /**
     * @param known verifies those who have a name; empty: nobody has
     * @param types what the peer may show
     */
    StrangerVerifier(Optional<ChainVerifier> known, List<CertificateType> types) {
        this.known = known;
        this.types = types;
    }

    @Override
    public CertificateVerificationResult verifyCertificate(
            ConnectionId cid,
            @Nullable ServerNames serverNames,
            InetSocketAddress peer,
            boolean clientUsage,
            boolean verifySubject,
            boolean truncatePath,
            CertificateMessage message) {
        if (known.isPresent() && message.getCertificateChain() != null) {
            CertificateVerificationResult result = known.get()
                    .verifyCertificate(cid, serverNames, peer, clientUsage, verifySubject, truncatePath, message);
            if (result.getException() == null) {
                return result;
            }
        }
        if (message.getPublicKey() == null) {
            return new CertificateVerificationResult(
                    cid,
                    new HandshakeException(
                            "no key", new AlertMessage(AlertLevel.FATAL, AlertDescription.BAD_CERTIFICATE)),
                    null);
        }
        return new CertificateVerificationResult(cid, message.getPublicKey(), null);
    }

    @Override
    public List<CertificateType> getSupportedCertificateTypes() {
        return types;
    }

    /** Nobody in particular: a stranger's certificate may be anybody's. */
    @Override
    public List<X500Principal> getAcceptedIssuers() {
        return List.of();
    }

    @Override
    public void setupConfigurationHelper(CertificateConfigurationHelper helper) {
        known.ifPresent(verifier -> verifier.setupConfigurationHelper(helper));
    }

    @Override
    public void setResultHandler(HandshakeResultHandler handler) {
        // answers at once
    }
}
