package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.model.Bytes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.eclipse.californium.elements.util.DatagramReader;
import org.eclipse.californium.elements.util.DatagramWriter;
import org.eclipse.californium.scandium.dtls.DTLSSession;

/**
 * A DTLS session as bytes: what was agreed on in a handshake, the master secret included. Nothing of a connection is in it,
 * neither keys nor sequence numbers: taking those up again after a crash would use a nonce twice (RFC 5288, section 3).
 */
final class SessionBytes {

    /** Length of {@link #binding}. */
    static final int BINDING_BYTES = 32;

    private SessionBytes() {}

    /** Longest session that is kept, bytes: about 700 are usual, nearly all of it the peer's certificate. */
    static final int MAX_BYTES = 3 << 10;

    static Bytes of(DTLSSession session) {
        DatagramWriter writer = new DatagramWriter(true);
        session.writeTo(writer);
        Bytes bytes = Bytes.wrap(writer.toByteArray());
        writer.close();
        return bytes;
    }

    /** The session; empty if the bytes are none, or one that must not be resumed. */
    static Optional<DTLSSession> read(Bytes bytes) {
        try {
            DTLSSession session = DTLSSession.fromReader(new DatagramReader(bytes.toArray()));
            return session == null
                            || session.getSessionIdentifier().isEmpty()
                            || session.getPeerIdentity() == null
                            || !session.useExtendedMasterSecret()
                    ? Optional.empty()
                    : Optional.of(session);
        } catch (RuntimeException e) { // whatever a parser of damaged bytes throws
            return Optional.empty();
        }
    }

    /** What ties sessions to who took part in them: the own certificate or key, and the authorities trusted. SHA-256. */
    static Bytes binding(DtlsIdentity identity) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            add(sha256, identity.publicKey().getEncoded());
            for (X509Certificate certificate : identity.chain()) {
                add(sha256, certificate.getEncoded());
            }
            add(sha256, new byte[0]);
            for (X509Certificate authority : identity.trusted()) {
                add(sha256, authority.getEncoded());
            }
            return Bytes.wrap(sha256.digest());
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(MessageDigest sha256, byte[] part) {
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        sha256.update(part);
    }
}
