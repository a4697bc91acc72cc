package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.SessionVault;
import java.util.Arrays;
import org.eclipse.californium.scandium.dtls.DTLSSession;
import org.eclipse.californium.scandium.dtls.SessionId;
import org.eclipse.californium.scandium.dtls.SessionStore;
import org.jspecify.annotations.Nullable;

/**
 * Scandium's sessions in a {@link SessionVault}, tied to the centre's certificate and the authorities it trusts. Any thread.
 */
final class CentreSessions implements SessionStore {

    private final SessionVault vault;
    private final Bytes binding;

    CentreSessions(SessionVault vault, DtlsIdentity identity) {
        this.vault = vault;
        this.binding = SessionBytes.binding(identity);
    }

    @Override
    public void put(DTLSSession session) {
        byte[] bytes = SessionBytes.of(session).toArray();
        if (bytes.length > SessionBytes.MAX_BYTES) {
            return; // whoever shows that much makes full handshakes
        }
        byte[] bound = new byte[SessionBytes.BINDING_BYTES + bytes.length];
        System.arraycopy(binding.toArray(), 0, bound, 0, SessionBytes.BINDING_BYTES);
        System.arraycopy(bytes, 0, bound, SessionBytes.BINDING_BYTES, bytes.length);
        vault.keep(id(session.getSessionIdentifier()), Bytes.wrap(bound));
    }

    @Override
    public @Nullable DTLSSession get(SessionId id) {
        return vault.find(id(id))
                .filter(this::isBound)
                .map(bound -> part(bound, SessionBytes.BINDING_BYTES, bound.size()))
                .flatMap(SessionBytes::read)
                .orElse(null);
    }

    private boolean isBound(Bytes bound) {
        return bound.size() > SessionBytes.BINDING_BYTES
                && part(bound, 0, SessionBytes.BINDING_BYTES).equals(binding);
    }

    private static Bytes part(Bytes of, int from, int to) {
        return Bytes.wrap(Arrays.copyOfRange(of.readOnlyArray(), from, to));
    }

    @Override
    public void remove(SessionId id) {
        vault.forget(id(id));
    }

    private static Bytes id(SessionId id) {
        return Bytes.wrap(id.getBytes());
    }
}
