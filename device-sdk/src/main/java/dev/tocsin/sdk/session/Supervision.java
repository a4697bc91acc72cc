package dev.tocsin.sdk.session;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.port.Timers.Cancellable;
import dev.tocsin.sdk.port.Transport;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.sdk.port.Transport.Outcome;
import dev.tocsin.sdk.port.Transport.Post;
import dev.tocsin.sdk.port.Transport.Retransmission;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The heartbeat to one centre: shows the centre that the device is there, and the device whether the centre is. Belongs to
 * the event loop.
 */
final class Supervision {

    /** Heartbeats that may go unanswered before the centre counts as silent. */
    static final int PERIODS = 3;

    /** Time for the last of them to be answered after one retransmission. */
    static final long GRACE_NS = 4_000_000_000L;

    /** Pause between heartbeats while the centre is not heard of. */
    static final long UNLINKED_BEAT_NS = 10_000_000_000L;

    /** Told what comes of it. */
    interface Listener {
        /**
         * The centre answered a heartbeat.
         *
         * @return whether the answer proves, under the centre's signature, that the centre heard it
         */
        boolean beatAnswered(Bytes payload);

        /** Whether the centre is heard of has changed. */
        void linkChanged();

        /** The centre answered a heartbeat that was sent since the settings are what they are. */
        void reached();
    }

    private final Paths paths;
    private final Transport transport;
    private final Timers timers;
    private final Clock clock;
    private final Listener listener;
    private final Echoes echoes;
    private final boolean[] beating;
    private @Nullable Pulse pulse;
    private @Nullable Cancellable next;
    private long periodNs;
    private long everyNs; // the period, or less with a keep-alive
    private int tuned; // how often
    private boolean probing; // not reached since it was tuned
    private long heardNs;
    private boolean linked; // only since a signature of the centre was verified
    private boolean closed;

    Supervision(Paths paths, Transport transport, Timers timers, Clock clock, Echoes echoes, Listener listener) {
        this.paths = paths;
        this.transport = transport;
        this.timers = timers;
        this.clock = clock;
        this.echoes = echoes;
        this.listener = listener;
        this.beating = new boolean[paths.count()];
    }

    /** Whether the centre has been heard of within three heartbeats. */
    boolean isLinked() {
        return linked;
    }

    /**
     * Beats from then on, once a period, and more often if there is a keep-alive.
     *
     * @param keepAlive zero: none
     */
    void start(Duration period, Duration keepAlive, long firstInNs, Pulse beats) {
        set(period, keepAlive);
        pulse = beats;
        next = timers.schedule(firstInNs, () -> beat(beats));
    }

    /** Beats now and from now on so. Until the centre has answered one of these it beats as if the centre were not heard of. */
    void tune(Duration period, Duration keepAlive) {
        set(period, keepAlive);
        tuned++;
        probing = true;
        Pulse beats = pulse;
        if (beats != null && next != null) {
            next.cancel();
            next = timers.schedule(0, () -> beat(beats));
        }
    }

    private void set(Duration period, Duration keepAlive) {
        periodNs = period.toNanos();
        everyNs = keepAlive.isZero() ? periodNs : Math.min(periodNs, keepAlive.toNanos());
    }

    /** The centre has shown that it is there and takes what this device sends. */
    void heard() {
        heardNs = clock.nanoTime();
        if (!linked) {
            linked = true;
            watch();
            listener.linkChanged();
        }
    }

    void close() {
        closed = true;
    }

    private void beat(Pulse pulse) {
        if (closed) {
            return;
        }
        int current = paths.current();
        beatOn(current, pulse);
        if (current != 0) {
            beatOn(0, pulse); // is the primary back?
        }
        next = timers.schedule(linked && !probing ? everyNs : Math.min(everyNs, UNLINKED_BEAT_NS), () -> beat(pulse));
    }

    private void beatOn(int path, Pulse pulse) {
        if (beating[path]) {
            return; // the one before is still being sent again
        }
        beating[path] = true;
        long echo = echoes.next(clock.nanoTime());
        Bytes heartbeat = pulse.heartbeat(!linked, echo);
        Retransmission timing = Pacing.regular(paths.isLossy(path));
        int since = tuned;
        Post post = new Post(paths.address(path), "heartbeat", Content.PROTOBUF, heartbeat, timing);
        transport.post(post, outcome -> {
            beating[path] = false;
            if (!(outcome instanceof Outcome.Answered a)) {
                paths.failed(path, outcome);
                return;
            }
            paths.answered(path, a);
            if (a.code() / 100 == 2) {
                paths.works(path);
                boolean proven = listener.beatAnswered(a.payload());
                if (linked || proven) {
                    heard();
                    if (since == tuned) {
                        probing = false;
                        listener.reached();
                    }
                }
            }
        });
    }

    private void watch() {
        long silentInNs = PERIODS * periodNs + GRACE_NS - (clock.nanoTime() - heardNs);
        if (silentInNs > 0) {
            timers.schedule(silentInNs, this::watch);
        } else if (!closed) {
            linked = false;
            listener.linkChanged();
        }
    }
}
