package dev.tocsin.simulator.run;

import dev.tocsin.sdk.port.Clock;
import dev.tocsin.simulator.check.FaultSpan;
import dev.tocsin.simulator.check.Lane;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** Lets things go wrong when their time comes. One thread runs it; any thread may ask. */
final class FaultSchedule {

    private static final long LONGEST_SLEEP_NS = 50_000_000;

    private record Event(long atNs, String centre, boolean kill) {}

    private final List<Event> events = new ArrayList<>();
    private final Map<String, RunningCentre> centres;
    private final Clock clock;
    private final Map<String, Long> returnedNs = new ConcurrentHashMap<>();
    private final Map<String, Long> downSinceNs = new ConcurrentHashMap<>();
    private final Queue<FaultSpan> spans = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> remarks = new ConcurrentLinkedQueue<>();
    private volatile Optional<String> trouble = Optional.empty();
    private volatile boolean stopped;
    private volatile boolean over;

    FaultSchedule(List<CentreKill> kills, Map<String, RunningCentre> centres, Clock clock) {
        this.centres = Map.copyOf(centres);
        this.clock = clock;
        for (CentreKill k : kills) {
            events.add(new Event(k.at().toNanos(), k.centre(), true));
            events.add(new Event(k.at().plus(k.downFor()).toNanos(), k.centre(), false));
        }
        events.sort(Comparator.comparingLong(Event::atNs));
    }

    /** Runs to the end, or until it is stopped. */
    void run(long startNs) {
        try {
            for (Event event : events) {
                if (!waitUntil(startNs + event.atNs)) {
                    return;
                }
                RunningCentre centre = centres.get(event.centre);
                if (centre == null) {
                    throw new IOException("there is no centre " + event.centre);
                }
                if (event.kill) {
                    downSinceNs.put(event.centre, clock.nanoTime());
                    centre.kill();
                    remarks.add(event.centre + " killed (SIGKILL)");
                } else {
                    long beganNs = clock.nanoTime();
                    centre.restart();
                    long nowNs = clock.nanoTime();
                    returnedNs.put(event.centre, nowNs);
                    Long sinceNs = downSinceNs.remove(event.centre);
                    spans.add(killed(event.centre, sinceNs == null ? nowNs : sinceNs, OptionalLong.of(nowNs)));
                    remarks.add(event.centre + " is back, " + (nowNs - beganNs) / 1_000_000
                            + " ms after its process was started again");
                }
            }
        } catch (IOException e) {
            trouble = Optional.of(String.valueOf(e.getMessage()));
        } finally {
            over = true;
        }
    }

    private boolean waitUntil(long dueNs) {
        for (long leftNs = dueNs - clock.nanoTime(); leftNs > 0 && !stopped; leftNs = dueNs - clock.nanoTime()) {
            LockSupport.parkNanos(Math.min(leftNs, LONGEST_SLEEP_NS));
        }
        return !stopped;
    }

    /** Stops before the next event. */
    void stop() {
        stopped = true;
    }

    /** Whether nothing more will happen. */
    boolean isOver() {
        return over;
    }

    /** What could not be done; empty if nothing. */
    Optional<String> trouble() {
        return trouble;
    }

    /** When a centre that was killed listened again. */
    Map<String, Long> returnedNs() {
        return returnedNs;
    }

    /** What was really in force, and when. */
    List<FaultSpan> spans() {
        List<FaultSpan> all = new ArrayList<>(spans);
        downSinceNs.forEach((centre, sinceNs) -> all.add(killed(centre, sinceNs, OptionalLong.empty())));
        return all;
    }

    private static FaultSpan killed(String centre, long fromNs, OptionalLong toNs) {
        return new FaultSpan(centre + " killed", Lane.of(Lane.Kind.LEDGER, centre), Set.of(), fromNs, toNs);
    }

    /** The oldest remark that nobody has taken yet. */
    Optional<String> nextRemark() {
        return Optional.ofNullable(remarks.poll());
    }
}
