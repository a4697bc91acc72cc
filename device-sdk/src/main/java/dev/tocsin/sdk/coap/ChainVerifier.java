package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.ClockQuality;
import dev.tocsin.sdk.port.Clock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.eclipse.californium.elements.util.CertPathUtil;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Verifies a peer's certificate chain by PKIX (RFC 5280, section 6) without revocation, its key usage, and of a server that
 * it is the one addressed (RFC 7252, section 9.1.3.3). Of dates it only tells, by the given clock, and only while that is
 * synchronized: they refuse nobody. A chain that was proven is not verified again ({@link ProvenChains}). Any thread.
 */
final class ChainVerifier implements NewAdvancedCertificateVerifier, ConfigurationHelperSetup {

    /** How loud to be about a certificate outside its dates. */
    enum Expiry {
        /** A warning. For a device: a centre's certificate has lapsed, or somebody has put this clock wrong. */
        WARN,
        /** A line for whoever looks for it. For a centre, which has the remark in its ledger. */
        NOTE
    }

    /** Longest name of a peer in a sentence, characters. */
    private static final int MAX_NAME = 200;

    private static final Logger LOG = LoggerFactory.getLogger(ChainVerifier.class);

    /** A subjectAltName of type iPAddress (RFC 5280, section 4.2.1.6). */
    private static final Integer SUBJECT_IP_ADDRESS = 7;

    private final List<X509Certificate> trusted;
    private final Expiry expiry;
    private final Clock clock;
    private final ProvenChains proven = new ProvenChains();

    ChainVerifier(List<X509Certificate> trusted, Expiry expiry, Clock clock) {
        this.trusted = trusted;
        this.expiry = expiry;
        this.clock = clock;
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
        try {
            CertPath path = message.getCertificateChain();
            if (path == null || path.getCertificates().isEmpty()) {
                throw refusal(AlertDescription.BAD_CERTIFICATE, "no certificate");
            }
            List<X509Certificate> chain = CertPathUtil.toX509CertificatesList(path.getCertificates());
            X509Certificate leaf = chain.get(0);
            String who = who(leaf);
            checkUse(leaf, clientUsage, who);
            if (verifySubject && !isIssuedTo(leaf, peer)) {
                throw refusal(AlertDescription.BAD_CERTIFICATE, who + " is not for " + peer.getHostString());
            }
            checkTrust(chain, who);
            lookAtDates(chain, who);
            return new CertificateVerificationResult(cid, CertPathUtil.generateCertPath(chain), null);
        } catch (HandshakeException e) {
            LOG.info("{} refused: {}", peer, e.getMessage());
            return new CertificateVerificationResult(cid, e, null);
        }
    }

    private static boolean isIssuedTo(X509Certificate leaf, InetSocketAddress peer) {
        String host = peer.getHostString();
        if (!CentreAddress.isLiteral(host)) {
            return CertPathUtil.matchDestination(leaf, host);
        }
        // Californium compares IPv4 addresses only.
        try {
            Collection<List<?>> names = leaf.getSubjectAlternativeNames();
            for (List<?> name : names == null ? List.<List<?>>of() : names) {
                if (name.get(0).equals(SUBJECT_IP_ADDRESS)
                        && InetAddress.getByName((String) name.get(1)).equals(peer.getAddress())) {
                    return true;
                }
            }
        } catch (CertificateParsingException | UnknownHostException e) {
            LOG.debug("no usable address in {}: {}", leaf.getSubjectX500Principal(), e.toString());
        }
        return false;
    }

    /** Checks everything but the dates, by checking at a time when all of them were valid. */
    private void checkPath(List<X509Certificate> untrusted, String who) throws HandshakeException {
        if (untrusted.isEmpty()) {
            return; // the certificate itself is trusted
        }
        try {
            Bytes fingerprint = ProvenChains.fingerprint(untrusted);
            if (proven.contains(fingerprint)) {
                return;
            }
            PKIXParameters parameters = new PKIXParameters(trusted.stream()
                    .map(certificate -> new TrustAnchor(certificate, null))
                    .collect(Collectors.toSet()));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Collections.max(
                    untrusted.stream().map(X509Certificate::getNotBefore).toList()));
            CertPathValidator.getInstance("PKIX").validate(CertPathUtil.generateCertPath(untrusted), parameters);
            proven.add(fingerprint);
        } catch (CertPathValidatorException e) {
            throw refusal(
                    AlertDescription.UNKNOWN_CA,
                    who + " is not trusted: no authority known here signed it (" + e.getMessage() + ")");
        } catch (GeneralSecurityException e) {
            throw refusal(AlertDescription.BAD_CERTIFICATE, who + " cannot be verified: " + e.getMessage());
        }
    }

    /** Whoever asks for a session wrote it, and it goes to logs and terminals. */
    static String harmless(String name) {
        String line = name.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
        return line.length() > MAX_NAME ? line.substring(0, MAX_NAME) + "…" : line;
    }

    private void lookAtDates(List<X509Certificate> chain, String who) {
        if (clock.quality() != ClockQuality.SYNCHRONIZED) {
            return; // a battery clock gone wrong has nothing to say
        }
        Instant now = clock.wallTime();
        for (X509Certificate certificate : chain) {
            Date from = certificate.getNotBefore();
            Date until = certificate.getNotAfter();
            if (now.isBefore(from.toInstant()) || now.isAfter(until.toInstant())) {
                String problem = who
                        + (now.isAfter(until.toInstant()) ? " expired at " : " is not valid before ")
                        + (now.isAfter(until.toInstant()) ? until : from).toInstant();
                LOG.atLevel(expiry == Expiry.WARN ? Level.WARN : Level.INFO).log("{}; let in all the same", problem);
            }
        }
    }

    private static HandshakeException refusal(AlertDescription alert, String why) {
        return new HandshakeException(why, new AlertMessage(AlertLevel.FATAL, alert));
    }

    /** Why a client that showed this chain before would not be let in with it now; empty if it would. */
    Optional<String> refusalOf(CertPath path) {
        try {
            List<X509Certificate> chain = CertPathUtil.toX509CertificatesList(path.getCertificates());
            String who = who(chain.get(0));
            checkUse(chain.get(0), true, who);
            checkTrust(chain, who);
            return Optional.empty();
        } catch (HandshakeException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static String who(X509Certificate leaf) {
        return "certificate " + harmless(leaf.getSubjectX500Principal().toString());
    }

    private static void checkUse(X509Certificate leaf, boolean client, String who) throws HandshakeException {
        if (!CertPathUtil.canBeUsedForAuthentication(leaf, client)) {
            throw refusal(AlertDescription.BAD_CERTIFICATE, who + " is not for a " + (client ? "client" : "server"));
        }
    }

    private void checkTrust(List<X509Certificate> chain, String who) throws HandshakeException {
        checkPath(
                chain.stream()
                        .takeWhile(certificate -> !trusted.contains(certificate))
                        .toList(),
                who);
    }

    @Override
    public List<CertificateType> getSupportedCertificateTypes() {
        return List.of(CertificateType.X_509);
    }

    @Override
    public List<X500Principal> getAcceptedIssuers() {
        return CertPathUtil.toSubjects(trusted);
    }

    @Override
    public void setupConfigurationHelper(CertificateConfigurationHelper helper) {
        helper.addConfigurationDefaultsForTrusts(trusted.toArray(X509Certificate[]::new));
    }

    @Override
    public void setResultHandler(HandshakeResultHandler handler) {
        // answers at once
    }
}
