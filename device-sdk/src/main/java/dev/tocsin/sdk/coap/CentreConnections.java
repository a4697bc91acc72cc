package dev.tocsin.sdk.coap;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.elements.util.ClockUtil;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.Connection;
import org.eclipse.californium.scandium.dtls.DTLSSession;
import org.eclipse.californium.scandium.dtls.InMemoryReadWriteLockConnectionStore;
import org.eclipse.californium.scandium.dtls.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * Scandium's connections, of a centre that keeps its sessions elsewhere, too. Scandium lets go of the connection that a
 * resumption replaces only where it alone keeps the sessions; where not, that stays until its room is needed and nothing has
 * come over it for long. Here it goes a minute later, when what was on its way has come: with the next handshake that begins.
 * Any thread.
 */
final class CentreConnections extends InMemoryReadWriteLockConnectionStore {

    private static final long LATE_NS = TimeUnit.MINUTES.toNanos(1);

    /** Which connection has which session; guarded by itself, and so is the next. */
    private final Map<SessionId, WeakReference<Connection>> latest;

    private final Deque<Replaced> replaced = new ArrayDeque<>();

    /** A connection, and since when another one has its session. */
    private record Replaced(Connection connection, long sinceNs) {}

    CentreConnections(DtlsConnectorConfig config) {
        super(
                config.get(DtlsConfig.DTLS_MAX_CONNECTIONS),
                config.get(DtlsConfig.DTLS_STALE_CONNECTION_THRESHOLD, TimeUnit.SECONDS),
                config.getSessionStore(),
                false);
        int most = config.get(DtlsConfig.DTLS_MAX_CONNECTIONS);
        latest = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<SessionId, WeakReference<Connection>> eldest) {
                return size() > most;
            }
        };
    }

    @Override
    public boolean put(@Nullable Connection connection) {
        letGo();
        return super.put(connection);
    }

    @Override
    public void putEstablishedSession(Connection connection) {
        super.putEstablishedSession(connection);
        DTLSSession session = connection.getEstablishedSession();
        if (session == null || session.getSessionIdentifier().isEmpty()) {
            return;
        }
        synchronized (latest) {
            WeakReference<Connection> before =
                    latest.put(session.getSessionIdentifier(), new WeakReference<>(connection));
            Connection previous = before == null ? null : before.get();
            if (previous != null && !previous.equals(connection)) {
                replaced.add(new Replaced(previous, ClockUtil.nanoRealtime()));
            }
        }
    }

    private void letGo() {
        List<Connection> gone = new ArrayList<>();
        synchronized (latest) {
            long nowNs = ClockUtil.nanoRealtime();
            for (Replaced next = replaced.peek();
                    next != null && nowNs - next.sinceNs >= LATE_NS;
                    next = replaced.peek()) {
                gone.add(replaced.remove().connection);
            }
        }
        for (Connection connection : gone) {
            if (connection.isExecuting()) {
                try {
                    connection.getExecutor().execute(() -> remove(connection, false));
                } catch (RejectedExecutionException e) {
                    // it went by itself meanwhile
                }
            } // else it has gone already
        }
    }
}
