package dev.tocsin.simulator.run;

import dev.tocsin.firmware.board.DeskControls;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.simulator.check.Deed;
import dev.tocsin.simulator.check.Distribution;
import dev.tocsin.simulator.check.DistributionRecorder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;

/**
 * The hand: moves contacts at the planned times, edges microseconds apart included, and notes when it really did. Sleeps
 * until shortly before a move and spins the rest; where it is late all the same it says so. One thread plays; any thread may ask how far it is.
 */
final class Player {

    /** This long before a move it stops sleeping: a sleeping thread may wake this much too late. */
    private static final long SPIN_NS = 300_000;

    private static final long LONGEST_SLEEP_NS = 50_000_000;

    /** Between two deeds at one device. */
    private static final long LEAST_PAUSE_NS = 200_000_000;

    /** A move and its time; what is planned first moves first at the same instant. */
    private record Due(long atNs, int move) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return atNs == other.atNs ? Integer.compare(move, other.move) : Long.compare(atNs, other.atNs);
        }
    }

    private final Plan plan;
    private final IntFunction<DeskControls> hands;
    private final Clock clock;
    private final LongConsumer sleep;
    private final List<Deed> done = new ArrayList<>();
    private final DistributionRecorder lateness = new DistributionRecorder();
    private final AtomicInteger presses = new AtomicInteger();
    private volatile boolean stopped;

    /**
     * A player.
     *
     * @param hands reaches the controls of a device by its place in the plan
     * @param sleep sleeps for about so many nanoseconds
     */
    Player(Plan plan, IntFunction<DeskControls> hands, Clock clock, LongConsumer sleep) {
        this.plan = plan;
        this.hands = hands;
        this.clock = clock;
        this.sleep = sleep;
    }

    /** Plays to the end, or until it is stopped. */
    void play(long startNs) {
        PriorityQueue<Due> queue = new PriorityQueue<>();
        List<Deque<Integer>> ahead = new ArrayList<>();
        plan.devices().forEach(d -> ahead.add(new ArrayDeque<>()));
        for (int i = 0; i < plan.moves().size(); i++) {
            ahead.get(plan.moves().get(i).device()).add(i);
        }
        for (Deque<Integer> ofDevice : ahead) {
            Integer first = ofDevice.poll();
            if (first != null) {
                queue.add(new Due(startNs + plan.moves().get(first).atNs(), first));
            }
        }
        for (Due due = queue.poll(); due != null && waitUntil(due.atNs); due = queue.poll()) {
            Plan.Move move = plan.moves().get(due.move);
            long nowNs = clock.nanoTime();
            hands.apply(move.device()).set(move.input(), move.closed());
            lateness.record(nowNs - startNs - move.atNs());
            if (move.begins() != Plan.NOTHING) {
                note(plan.deeds().get(move.begins()), nowNs);
            }
            Integer next = ahead.get(move.device()).poll();
            if (next != null) {
                queue.add(new Due(dueNs(plan.moves().get(next), move, nowNs, startNs), next));
            }
        }
    }

    /**
     * When a device's next move is due. A hand that comes late does not hold a button for a shorter time: what has begun
     * goes on at its own pace, and only the pauses between deeds shrink until it is on time again.
     */
    private static long dueNs(Plan.Move next, Plan.Move before, long beforeNs, long startNs) {
        long gapNs = next.atNs() - before.atNs();
        long leastNs = next.begins() == Plan.NOTHING ? gapNs : Math.min(gapNs, LEAST_PAUSE_NS);
        return Math.max(startNs + next.atNs(), beforeNs + leastNs);
    }

    private void note(Plan.PlannedDeed deed, long atNs) {
        synchronized (done) {
            done.add(new Deed(deed.id(), plan.devices().get(deed.device()), deed.kind(), atNs));
        }
        if (deed.kind() == Deed.Kind.PRESS) {
            presses.incrementAndGet();
        }
    }

    private boolean waitUntil(long dueNs) {
        for (long leftNs = dueNs - clock.nanoTime(); leftNs > 0; leftNs = dueNs - clock.nanoTime()) {
            if (stopped) {
                return false;
            }
            if (leftNs > SPIN_NS) {
                sleep.accept(Math.min(leftNs - SPIN_NS, LONGEST_SLEEP_NS));
            } else {
                Thread.onSpinWait();
            }
        }
        return !stopped;
    }

    /** Stops before the next move. */
    void stop() {
        stopped = true;
    }

    /** How many presses have begun. */
    int presses() {
        return presses.get();
    }

    /** What was done so far, with its true times. */
    List<Deed> done() {
        synchronized (done) {
            return List.copyOf(done);
        }
    }

    /** How much later than planned the moves were. After the end of {@link #play}. */
    Distribution lateness() {
        return lateness.distribution();
    }
}
