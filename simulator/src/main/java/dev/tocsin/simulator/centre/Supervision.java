package dev.tocsin.simulator.centre;

import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.Timers;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Notices silence. A device is silent when three of its periods and a grace have passed since its last sign of life, or
 * since it was first expected.
 *
 * <p>A sign of life only moves a deadline; the queue is looked at when its head is due, and a device that was heard of since
 * goes back into it. So 10,000 devices cost one timer, and one queue operation each in three periods. On the loop.
 */
final class Supervision {

    /** A device that is expected. */
    private static final class Watched {
        final String device;
        Duration period;
        long lastNs;
        long deadlineNs;
        boolean silent;

        @Nullable
        Slot slot; // null while silent

        Watched(String device, Duration period, long nowNs) {
            this.device = device;
            this.period = period;
            this.lastNs = nowNs;
        }
    }

    /** When to look at a device; not before its deadline was, when this was queued. */
    private record Slot(long dueNs, long order, Watched watched) implements Comparable<Slot> {
        @Override
        public int compareTo(Slot other) {
            int byTime = Long.compare(dueNs - other.dueNs, 0);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final Clock clock;
    private final Timers timers;
    private final Settings settings;
    private final BiConsumer<String, Duration> silent;
    private final Map<String, Watched> watched = new HashMap<>();
    private final PriorityQueue<Slot> slots = new PriorityQueue<>();
    private long order;
    private long timerDueNs;
    private Timers.@Nullable Cancellable timer;

    /**
     * A supervision that expects nobody yet.
     *
     * @param silent told of a device and how long nothing was heard of it, once until it is heard of again
     */
    Supervision(Clock clock, Timers timers, Settings settings, BiConsumer<String, Duration> silent) {
        this.clock = clock;
        this.timers = timers;
        this.settings = settings;
        this.silent = silent;
    }

    /** Expects these devices, and no others, from now on. Those known before keep their time. */
    void expect(Collection<String> devices) {
        Set<String> wanted = new HashSet<>(devices);
        watched.keySet().removeIf(device -> !wanted.contains(device));
        slots.removeIf(slot -> !wanted.contains(slot.watched.device));
        long nowNs = clock.nanoTime();
        for (String device : devices) {
            if (!watched.containsKey(device)) {
                Watched w = new Watched(device, settings.heartbeat(), nowNs);
                watched.put(device, w);
                renew(w, nowNs);
            }
        }
        arm();
    }

    /**
     * A device gave a sign of life.
     *
     * @param period when to expect the next, where it said so; otherwise it keeps the period it had
     * @return whether it had been silent
     */
    boolean heard(String device, Optional<Duration> period) {
        Watched w = watched.get(device);
        if (w == null) {
            return false; // not expected: the registry dropped it just now
        }
        boolean wasSilent = w.silent;
        w.period = period.orElse(w.period);
        w.silent = false;
        renew(w, clock.nanoTime());
        arm();
        return wasSilent;
    }

    private void renew(Watched w, long nowNs) {
        w.lastNs = nowNs;
        w.deadlineNs = nowNs + settings.offlineAfter(w.period).toNanos();
        if (w.slot == null || w.deadlineNs - w.slot.dueNs < 0) {
            queue(w); // an older slot is skipped when its time comes
        }
    }

    private void queue(Watched w) {
        w.slot = new Slot(w.deadlineNs, order++, w);
        slots.add(w.slot);
    }

    private void arm() {
        Slot head = slots.peek();
        if (head == null || (timer != null && timerDueNs - head.dueNs <= 0)) {
            return; // an earlier timer will arm the next
        }
        if (timer != null) {
            timer.cancel();
        }
        timerDueNs = head.dueNs;
        timer = timers.schedule(head.dueNs - clock.nanoTime(), this::due);
    }

    private void due() {
        timer = null;
        long nowNs = clock.nanoTime();
        for (Slot head = slots.peek(); head != null && head.dueNs - nowNs <= 0; head = slots.peek()) {
            slots.remove();
            Watched w = head.watched;
            if (!head.equals(w.slot)) {
                continue;
            }
            if (w.deadlineNs - nowNs > 0) {
                queue(w);
            } else {
                w.slot = null;
                w.silent = true;
                silent.accept(w.device, Duration.ofNanos(nowNs - w.lastNs));
            }
        }
        arm();
    }

    /** Whether this device is silent now. */
    boolean isSilent(String device) {
        Watched w = watched.get(device);
        return w != null && w.silent;
    }
}
