package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.model.Bytes;
import java.security.cert.CertPath;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.eclipse.californium.elements.auth.X509CertPath;
import org.eclipse.californium.scandium.dtls.ClientHello;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.DTLSSession;
import org.eclipse.californium.scandium.dtls.ExtendedMasterSecretMode;
import org.eclipse.californium.scandium.dtls.ResumptionVerificationResult;
import org.eclipse.californium.scandium.dtls.SessionId;
import org.eclipse.californium.scandium.dtls.resumption.ConnectionStoreResumptionVerifier;
import org.eclipse.californium.scandium.util.SecretUtil;
import org.eclipse.californium.scandium.util.ServerNames;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks of a session's peer what a full handshake would ask, for an abbreviated one shows no certificate: that it is trusted,
 * for a client, and not revoked. Who does not pass gets a full handshake, in the same exchange. Any thread.
 */
final class CheckedResumption extends ConnectionStoreResumptionVerifier {

    private static final Logger LOG = LoggerFactory.getLogger(CheckedResumption.class);

    private final ChainVerifier chains;
    private final Resumption.Revoked revoked;

    CheckedResumption(ChainVerifier chains, Resumption.Revoked revoked) {
        this.chains = chains;
        this.revoked = revoked;
    }

    /**
     * No: a session's id is seen on the way, and who repeats it from a false address must get no further than to the cookie.
     * That costs a round trip; it would cost the device behind the address its handshakes otherwise.
     */
    @Override
    public boolean skipRequestHelloVerify(SessionId sessionId) {
        return false;
    }

    @Override
    public boolean skipRequestHelloVerify(ClientHello hello, boolean serverNames, ExtendedMasterSecretMode mode) {
        return false;
    }

    @Override
    public ResumptionVerificationResult verifyResumptionRequest(
            ConnectionId cid, @Nullable ServerNames serverName, SessionId sessionId) {
        ResumptionVerificationResult found = super.verifyResumptionRequest(cid, serverName, sessionId);
        DTLSSession session = found.getDTLSSession();
        Optional<String> refusal = session == null ? Optional.empty() : refusal(session);
        if (refusal.isEmpty()) {
            return found;
        }
        LOG.debug("A session is not resumed: {}", refusal.get());
        SecretUtil.destroy(session);
        return new ResumptionVerificationResult(cid, null, null);
    }

    private Optional<String> refusal(DTLSSession session) {
        if (!(session.getPeerIdentity() instanceof X509CertPath shown)) {
            return Optional.of("its peer showed no certificate");
        }
        CertPath path = shown.getPath();
        List<? extends Certificate> chain = path.getCertificates();
        if (chain.isEmpty() || !(chain.get(0) instanceof X509Certificate leaf)) {
            return Optional.of("its peer showed no certificate");
        }
        String name = DtlsIdentity.commonName(leaf);
        if (revoked.isRevoked(name, Bytes.wrap(leaf.getPublicKey().getEncoded()))) {
            return Optional.of("the certificate of " + ChainVerifier.harmless(name) + " is revoked");
        }
        return chains.refusalOf(path);
    }
}
