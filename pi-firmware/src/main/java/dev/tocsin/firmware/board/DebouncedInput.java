package dev.tocsin.firmware.board;

import dev.tocsin.sdk.port.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A button, a key switch: an input of the board with the bounce taken out.
 *
 * <pre>{@code
 * DebouncedInput panic = new DebouncedInput(board, "panic", timers, clock::nanoTime, DebouncedInput.Settings.DEFAULT);
 * panic.onPressed((edgeNs, decidedNs) -> session.press(edgeNs, decidedNs));
 * panic.start();
 * }</pre>
 *
 * <p><b>Held at power-on.</b> An input that is active when {@link #start} is called counts as pressed from then on, and is
 * told as a press like any other. It may be somebody who pressed before the device was up, or during a reboot; a press is
 * never lost for having come early. A contact that is welded shut raises an alarm at each boot, and {@link #onStuck} says
 * why.
 *
 * <p><b>Lost edges.</b> The line is read again {@link #SETTLE} after the last edge, before every decision, and each
 * {@link Board#recheck}. If it does not show what the last edge said, and no edge explains that within {@link #GRACE}, the
 * level that is read counts, and {@link #onEdgeLost} is told. So a press is recognised even when no edge comes any more.
 *
 * <p>Everything happens on the device's event loop: calls, timers and listeners. No thread of its own.
 */
public final class DebouncedInput implements AutoCloseable {

    /** After the last edge, until the line is read again. */
    static final Duration SETTLE = Duration.ofMillis(3);

    /** What an edge that has been stamped may need to get through the event loop. */
    static final Duration GRACE = Duration.ofMillis(1);

    private final Board board;
    private final String input;
    private final Timers timers;
    private final LongSupplier nanoTime;
    private final Debouncer debouncer;
    private final long heldAfterNs;
    private final long stuckAfterNs;
    private final long recheckNs;

    private final List<DecisionListener> pressedListeners = new ArrayList<>();
    private final List<DecisionListener> releasedListeners = new ArrayList<>();
    private final List<DecisionListener> heldListeners = new ArrayList<>();
    private final List<StuckListener> stuckListeners = new ArrayList<>();
    private final List<Runnable> edgeLostListeners = new ArrayList<>();

    private boolean started;
    private boolean closed;
    /** What the last edge, or the last reading that was believed, said. */
    private boolean active;
    /** The line read differently from {@link #active} a moment ago. */
    private boolean suspect;

    private boolean stuck;
    private long pressEdgeNs;
    private long decisionDueNs = Debouncer.NEVER;
    private long readDueNs = Debouncer.NEVER;
    private long heldDueNs = Debouncer.NEVER;
    private long stuckDueNs = Debouncer.NEVER;
    private long timerDueNs = Debouncer.NEVER;
    private Timers.Cancellable timer = () -> {};

    /**
     * Nothing happens before {@link #start}.
     *
     * @param board where the input is
     * @param input its name in the board's profile
     * @param timers the event loop's
     * @param nanoTime the clock that the board stamps with, nanoseconds
     * @param settings times
     */
    public DebouncedInput(Board board, String input, Timers timers, LongSupplier nanoTime, Settings settings) {
        this.board = board;
        this.input = input;
        this.timers = timers;
        this.nanoTime = nanoTime;
        this.heldAfterNs = settings.heldAfter().toNanos();
        this.stuckAfterNs = settings.stuckAfter().toNanos();
        this.recheckNs = board.recheck().toNanos();
        this.debouncer = new Debouncer(settings.debounce(), new Decisions());
    }

    /** Adds a listener for presses. */
    public DebouncedInput onPressed(DecisionListener listener) {
        pressedListeners.add(listener);
        return this;
    }

    /** Adds a listener for releases. */
    public DebouncedInput onReleased(DecisionListener listener) {
        releasedListeners.add(listener);
        return this;
    }

    /**
     * Adds a listener for an input that is held: pressed for {@link Settings#heldAfter} without a break that the debouncer
     * would not take for bounce. Told once a press, with the instant at which the time was full.
     */
    public DebouncedInput onHeld(DecisionListener listener) {
        heldListeners.add(listener);
        return this;
    }

    /** Adds a listener for an input that stays pressed for too long, and for the end of that. */
    public DebouncedInput onStuck(StuckListener listener) {
        stuckListeners.add(listener);
        return this;
    }

    /**
     * Adds a listener for a level that no edge announced. Now and then is normal on a Pi, where a bouncing contact outruns
     * the reader; at each press it means that edges have stopped coming, and is a fault.
     */
    public DebouncedInput onEdgeLost(Runnable listener) {
        edgeLostListeners.add(listener);
        return this;
    }

    /** Starts listening and looks at the input's level. Listeners come first. Once. */
    public void start() {
        if (started) {
            throw new IllegalStateException("input " + input + " was started before");
        }
        started = true;
        board.onEdge(input, this::edge);
        if (board.isActive(input)) {
            edge(nanoTime.getAsLong(), true);
        } else {
            readDueNs = nextRecheck(nanoTime.getAsLong());
            arm();
        }
    }

    /** Whether it is pressed. */
    public boolean isPressed() {
        return debouncer.isPressed();
    }

    /** Stops listening. */
    @Override
    public void close() {
        closed = true;
        timer.cancel();
    }

    private void edge(long timeNs, boolean nowActive) {
        if (closed) {
            return;
        }
        suspect = false;
        take(timeNs, nowActive);
        arm();
    }

    private void take(long timeNs, boolean nowActive) {
        active = nowActive;
        decisionDueNs = debouncer.edge(timeNs, nowActive);
        readDueNs = timeNs + SETTLE.toNanos();
    }

    /**
     * Looks at clock and line at once, but draws conclusions only behind the edges that wait by now: a loop that was held up
     * must not take the contact for open while a press lies in its queue.
     */
    private void timerFired() {
        timerDueNs = Debouncer.NEVER;
        long nowNs = nanoTime.getAsLong();
        boolean level = board.isActive(input);
        timers.schedule(0, () -> look(nowNs, level));
    }

    private void look(long nowNs, boolean level) {
        if (closed) {
            return;
        }
        if (nowNs >= readDueNs || nowNs >= decisionDueNs || nowNs >= heldDueNs) {
            read(nowNs, level);
        }
        if (nowNs >= heldDueNs) {
            held(nowNs);
        }
        if (nowNs >= stuckDueNs) {
            stuckDueNs = Debouncer.NEVER;
            stuck = true;
            stuckListeners.forEach(listener -> listener.stuck(true, pressEdgeNs));
        }
        arm();
    }

    /** While the contact is open, or may be, the next decision tells whether that was bounce or the release. */
    private void held(long nowNs) {
        if (!active || suspect) {
            long askedNs = Math.min(decisionDueNs, readDueNs);
            heldDueNs = Math.max(askedNs, nowNs + GRACE.toNanos());
            return;
        }
        heldDueNs = Debouncer.NEVER;
        heldListeners.forEach(listener -> listener.decided(pressEdgeNs + heldAfterNs, nowNs));
    }

    private void read(long nowNs, boolean level) {
        if (level == active) {
            suspect = false;
            decisionDueNs = debouncer.step(nowNs);
            readDueNs = nextRecheck(nowNs);
        } else if (!suspect) {
            suspect = true;
            decisionDueNs = Debouncer.NEVER;
            readDueNs = nowNs + GRACE.toNanos();
        } else {
            suspect = false;
            edgeLostListeners.forEach(Runnable::run);
            take(nowNs, level);
        }
    }

    private long nextRecheck(long nowNs) {
        return recheckNs == 0 ? Debouncer.NEVER : nowNs + recheckNs;
    }

    /** One timer, for whatever comes first; one that is too early is left to fire and look. */
    private void arm() {
        long dueNs = Math.min(Math.min(decisionDueNs, readDueNs), Math.min(heldDueNs, stuckDueNs));
        if (closed || dueNs >= timerDueNs) {
            return;
        }
        timer.cancel();
        timerDueNs = dueNs;
        timer = timers.schedule(dueNs - nanoTime.getAsLong(), this::timerFired);
    }

    /** Turns the debouncer's instants into what could be known: no decision is older than this moment. */
    private final class Decisions implements Debouncer.Sink {
        @Override
        public void pressed(long edgeNs, long decidedNs) {
            pressEdgeNs = edgeNs;
            heldDueNs = heldListeners.isEmpty() ? Debouncer.NEVER : edgeNs + heldAfterNs;
            stuckDueNs = edgeNs + stuckAfterNs;
            long nowNs = Math.max(decidedNs, nanoTime.getAsLong());
            pressedListeners.forEach(listener -> listener.decided(edgeNs, nowNs));
        }

        @Override
        public void released(long edgeNs, long decidedNs) {
            heldDueNs = Debouncer.NEVER;
            stuckDueNs = Debouncer.NEVER;
            long nowNs = Math.max(decidedNs, nanoTime.getAsLong());
            if (stuck) {
                stuck = false;
                stuckListeners.forEach(listener -> listener.stuck(false, edgeNs));
            }
            releasedListeners.forEach(listener -> listener.decided(edgeNs, nowNs));
        }
    }

    /** Takes presses or releases. */
    @FunctionalInterface
    public interface DecisionListener {
        /**
         * It was decided.
         *
         * @param edgeNs the first edge of it (t0)
         * @param decidedNs now, when it is certain (t1)
         */
        void decided(long edgeNs, long decidedNs);
    }

    /** Takes stuck inputs. */
    @FunctionalInterface
    public interface StuckListener {
        /**
         * It is stuck, or no longer.
         *
         * @param isStuck whether it has been pressed for {@link Settings#stuckAfter}
         * @param sinceNs since when it is pressed, or open
         */
        void stuck(boolean isStuck, long sinceNs);
    }

    /**
     * Times.
     *
     * @param debounce of press and release
     * @param heldAfter how long a press must last to count as held; above 0
     * @param stuckAfter how long it may stay pressed before it is a fault; above 0
     */
    public record Settings(Debouncer.Settings debounce, Duration heldAfter, Duration stuckAfter) {

        /** The recordings' debounce times; held after 3 s, stuck after 10 minutes. */
        public static final Settings DEFAULT =
                new Settings(Debouncer.Settings.DEFAULT, Duration.ofSeconds(3), Duration.ofMinutes(10));

        /** Throws {@link IllegalArgumentException} outside the ranges. */
        public Settings {
            requirePositive("heldAfter", heldAfter);
            requirePositive("stuckAfter", stuckAfter);
        }

        private static void requirePositive(String what, Duration value) {
            if (value.isZero() || value.isNegative()) {
                throw new IllegalArgumentException(what + " is " + value + "; it must be above 0");
            }
        }
    }
}
