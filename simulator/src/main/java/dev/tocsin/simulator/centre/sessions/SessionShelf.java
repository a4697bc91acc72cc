package dev.tocsin.simulator.centre.sessions;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.SessionVault;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Sessions in memory, at most so many and so old. Times are arguments. Any thread. */
public final class SessionShelf {

    /**
     * Most sessions: as many as a centre holds connections. Some 100 MB with usual certificates, 330 MB at most. The next one
     * takes the oldest one's place.
     */
    public static final int MAX = 100_000;

    /** How long after its full handshake a session is resumed, whatever a clock does meanwhile. */
    public static final Duration MAX_AGE = Duration.ofHours(24);

    private final Map<Bytes, Kept> kept = new LinkedHashMap<>();

    /** A session, and when its full handshake was. */
    private record Kept(Bytes session, Instant since) {}

    /** Keeps a session; false if it is there already. */
    public synchronized boolean keep(Bytes id, Bytes session, Instant now) {
        if (kept.containsKey(id)) {
            return false;
        }
        kept.put(id, new Kept(session, now));
        if (kept.size() > MAX) {
            Iterator<Bytes> oldest = kept.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return true;
    }

    /** The session of this id; none that is too old, or from a future further away than that. */
    public synchronized Optional<Bytes> find(Bytes id, Instant now) {
        Kept found = kept.get(id);
        if (found == null) {
            return Optional.empty();
        }
        // What is too old stays until its place is needed: once gone, it could be kept anew as if it were young.
        return isTooOld(found.since, now) ? Optional.empty() : Optional.of(found.session);
    }

    /** Whether one of then is not resumed any more now. */
    public static boolean isTooOld(Instant then, Instant now) {
        return Duration.between(then, now).abs().compareTo(MAX_AGE) > 0;
    }

    /** Forgets a session; false if it is not there. */
    public synchronized boolean forget(Bytes id) {
        return kept.remove(id) != null;
    }

    /** How many there are. */
    public synchronized int size() {
        return kept.size();
    }

    /** The shelf by itself as a vault: what outlives a restart of a centre in the virtual world. */
    public SessionVault by(Clock clock) {
        return new SessionVault() {
            @Override
            public void keep(Bytes id, Bytes session) {
                var unused = SessionShelf.this.keep(id, session, clock.wallTime());
            }

            @Override
            public Optional<Bytes> find(Bytes id) {
                return SessionShelf.this.find(id, clock.wallTime());
            }

            @Override
            public void forget(Bytes id) {
                var unused = SessionShelf.this.forget(id);
            }
        };
    }
}
