package dev.tocsin.firmware.board;

import java.time.Duration;

/**
 * Tells a press from a bounce and from a spark, on the time of the edges themselves.
 *
 * <p><b>Press.</b> An integrator collects how long the contact was closed. While the contact is open it drains,
 * {@value #DRAIN} times more slowly than it fills. Once it holds {@link Settings#press} the press is decided. The usual
 * rule, "unchanged for so long" (J. Ganssle, <i>A Guide to Debouncing</i>), waits for the last bounce; a button that calls
 * for help must not: on a worn switch that was recorded (data set "bounce", sessionB_079) the last bounce came 974 ms
 * after the first edge; this rule had decided after 3.1 ms.
 *
 * <p><b>Release.</b> Decided once the contact was open without a break for {@link Settings#release}. So a bounce inside a
 * press is not a second press.
 *
 * <p><b>Sparks.</b> Contact that is closed for less than {@link Settings#press} in a burst never decides anything. A train
 * of pulses adds up only if it keeps the contact closed for more than a fifth of the time (1 / ({@value #DRAIN} + 1));
 * below that it drains faster than it fills, however long it goes on. Above it, it counts as a press: in doubt somebody
 * is calling.
 *
 * <p><b>Edge time.</b> A decision carries the first edge of the burst that led to it. A press's burst ends when the
 * integrator is empty and the first edge is older than it takes to drain a full one; a release's burst ends when the
 * contact closes again for {@link Settings#press}.
 *
 * <p><b>Time.</b> Nanoseconds from any start. A time before the last one seen is taken as the last one seen; equal times
 * are fine. An edge that repeats the level stands for a pulse too short to be sampled: none of it counts as closed time,
 * and while pressed and open it starts the release time anew.
 *
 * <p>Pure and bounded: no clock, no thread, a handful of numbers, nothing allocated per edge. Not thread-safe: one thread
 * at a time, which is also the one the sink is called on.
 */
public final class Debouncer {

    /** What {@link #step} and {@link #edge} return when only an edge can bring something new. */
    public static final long NEVER = Long.MAX_VALUE;

    /** How many times more slowly the integrator drains than it fills. */
    static final int DRAIN = 4;

    private final long pressNs;
    private final long releaseNs;
    private final Sink sink;

    private boolean pressed;
    private boolean closed;
    private long lastNs = Long.MIN_VALUE;
    /** When the contact took the level it has. */
    private long levelSinceNs;
    /**
     * The integrator, in units of 1 / {@link #DRAIN} ns, so that steps in between change nothing by rounding. Only used
     * until the press is decided.
     */
    private long charge;

    private boolean inBurst;
    private long burstNs;

    /** An open contact, not pressed. If it is closed at the start, say so with a first {@link #edge}. */
    public Debouncer(Settings settings, Sink sink) {
        this.pressNs = settings.press().toNanos();
        this.releaseNs = settings.release().toNanos();
        this.sink = sink;
    }

    /**
     * The contact changed, or was seen again at the same level.
     *
     * @param timeNs when, nanoseconds
     * @param nowClosed whether the contact is closed (pressed) after this edge
     * @return when {@link #step} wants to be called, or {@link #NEVER}
     */
    public long edge(long timeNs, boolean nowClosed) {
        advance(timeNs);
        if (nowClosed && !closed) {
            closes();
        } else if (!nowClosed && closed) {
            opens();
        } else if (!nowClosed && pressed) {
            levelSinceNs = lastNs;
        }
        closed = nowClosed;
        return dueNs();
    }

    /**
     * Time has passed without an edge.
     *
     * @param nowNs how far, nanoseconds
     * @return when to be called next, or {@link #NEVER}
     */
    public long step(long nowNs) {
        advance(nowNs);
        return dueNs();
    }

    /** Whether a press was decided and its release not yet. */
    public boolean isPressed() {
        return pressed;
    }

    private void closes() {
        if (!pressed && inBurst && charge == 0 && lastNs - burstNs > pressNs * DRAIN) {
            inBurst = false;
        }
        if (!pressed && !inBurst) {
            inBurst = true;
            burstNs = lastNs;
        }
        levelSinceNs = lastNs;
    }

    private void opens() {
        if (pressed && (!inBurst || lastNs - levelSinceNs >= pressNs)) {
            inBurst = true;
            burstNs = lastNs;
        }
        levelSinceNs = lastNs;
    }

    private void advance(long timeNs) {
        if (timeNs <= lastNs) {
            return;
        }
        long dueNs = dueNs();
        if (dueNs <= timeNs) {
            decide(dueNs);
        }
        if (!pressed && closed) {
            charge += (timeNs - lastNs) * DRAIN;
        } else if (!pressed && charge > 0) {
            charge = Math.max(0, charge - (timeNs - lastNs));
        }
        lastNs = timeNs;
    }

    private void decide(long decidedNs) {
        pressed = !pressed;
        charge = 0;
        inBurst = false;
        if (pressed) {
            sink.pressed(burstNs, decidedNs);
        } else {
            sink.released(burstNs, decidedNs);
        }
    }

    private long dueNs() {
        if (pressed == closed) {
            return NEVER;
        }
        return closed ? lastNs + pressNs - charge / DRAIN : levelSinceNs + releaseNs;
    }

    /** Where decisions go. Called inside {@link #edge} or {@link #step}; must not call back into the debouncer. */
    public interface Sink {
        /**
         * Somebody pressed.
         *
         * @param edgeNs first edge of the burst
         * @param decidedNs the instant from which it was certain, by the edges' time; never after the call's own time
         */
        void pressed(long edgeNs, long decidedNs);

        /**
         * They let go.
         *
         * @param edgeNs first edge of the burst
         * @param decidedNs the instant from which it was certain, by the edges' time; never after the call's own time
         */
        void released(long edgeNs, long decidedNs);
    }

    /**
     * The two times.
     *
     * @param press how long the contact must have been closed, in total, {@link #SHORTEST_PRESS} to
     *     {@link #LONGEST_PRESS}. Sparks and induced pulses that close it for less than 2 ms must stay without effect; 3 ms
     *     leaves 1 ms for edges that are stamped late
     * @param release how long it must then have been open, {@link #SHORTEST_RELEASE} to {@link #LONGEST_RELEASE}. A
     *     sound switch (recorded session "rocker") opens for 0.2 ms at most inside a press, so the shortest would do. The
     *     worn one ("sessionB") opens for up to 287 ms: of its 40 presses 5 were told more than once with 50 ms, 2 with 100
     *     or 150 ms, none with 300 ms. But two real presses that follow each other faster than this are one, and in a drill
     *     it is the second press that makes the alarm live; so 100 ms, which a hand hardly undercuts on a wall button
     */
    public record Settings(Duration press, Duration release) {

        /** Below this, what must count as a spark would count as a press. */
        public static final Duration SHORTEST_PRESS = Duration.ofMillis(2);

        /** Above this, a short honest press would be missed. */
        public static final Duration LONGEST_PRESS = Duration.ofMillis(50);

        /** Below this, bounces become presses. */
        public static final Duration SHORTEST_RELEASE = Duration.ofMillis(20);

        /** Above this, presses that follow each other become one. */
        public static final Duration LONGEST_RELEASE = Duration.ofMillis(500);

        /** What the recordings speak for: 3 ms and 100 ms. */
        public static final Settings DEFAULT = new Settings(Duration.ofMillis(3), Duration.ofMillis(100));

        /** Throws {@link IllegalArgumentException} outside the ranges. */
        public Settings {
            requireWithin("press", press, SHORTEST_PRESS, LONGEST_PRESS);
            requireWithin("release", release, SHORTEST_RELEASE, LONGEST_RELEASE);
        }

        private static void requireWithin(String what, Duration value, Duration shortest, Duration longest) {
            if (value.compareTo(shortest) < 0 || value.compareTo(longest) > 0) {
                throw new IllegalArgumentException("%s is %d ms; it must be %d to %d ms"
                        .formatted(what, value.toMillis(), shortest.toMillis(), longest.toMillis()));
            }
        }
    }
}
