package dev.tocsin.simulator.network;

import dev.tocsin.simulator.world.SeededEntropy;
import java.util.ArrayDeque;
import java.util.Deque;

/** One direction of a host's access line: a queue in front of a bottleneck. */
final class Line {

    /** The packet found the queue full. */
    static final long DROPPED = -1;

    private static final long NS_PER_MS = 1_000_000;
    private static final double NS_PER_S = 1e9;

    private record Waiting(long untilNs, int bytes) {}

    private final Deque<Waiting> queue = new ArrayDeque<>();
    private final SeededEntropy entropy;
    private Capacity capacity = new Capacity.Unlimited();
    private int queuedBytes;

    /** Of a steady rate: until when it is busy. */
    private long busyUntilNs;

    /** Of a recorded one: when it began, the opportunity being used, and what it can still take. */
    private long originNs;

    private long lap;
    private int next;
    private int leftBytes;

    Line(SeededEntropy entropy) {
        this.entropy = entropy;
    }

    /** Changes it; what waits goes as it would have. */
    void set(Capacity newCapacity, long nowNs) {
        capacity = newCapacity;
        busyUntilNs = nowNs;
        if (newCapacity instanceof Capacity.Recorded(Capacity.Opportunities opportunities, int q)) {
            originNs = nowNs - entropy.below(opportunities.lengthMs()) * NS_PER_MS;
            lap = 0;
            next = 0;
            leftBytes = Capacity.Opportunities.BYTES;
        }
    }

    /** When a packet that comes now is through, or {@link #DROPPED}. */
    long pass(long nowNs, int bytes) {
        return switch (capacity) {
            case Capacity.Unlimited u -> nowNs;
            case Capacity.Rate(long bitsPerSecond, int queueBytes) -> {
                if (!fits(nowNs, bytes, queueBytes)) {
                    yield DROPPED;
                }
                busyUntilNs = Math.max(busyUntilNs, nowNs) + Math.round(bytes * (Byte.SIZE * NS_PER_S) / bitsPerSecond);
                yield queued(busyUntilNs, bytes);
            }
            case Capacity.Recorded(Capacity.Opportunities opportunities, int queueBytes) ->
                fits(nowNs, bytes, queueBytes) ? queued(opportunity(opportunities, nowNs, bytes), bytes) : DROPPED;
        };
    }

    private boolean fits(long nowNs, int bytes, int queueBytes) {
        for (Waiting w = queue.peek(); w != null && w.untilNs <= nowNs; w = queue.peek()) {
            queuedBytes -= queue.remove().bytes;
        }
        return queuedBytes + bytes <= queueBytes;
    }

    private long queued(long untilNs, int bytes) {
        queue.add(new Waiting(untilNs, bytes));
        queuedBytes += bytes;
        return untilNs;
    }

    private long opportunity(Capacity.Opportunities o, long nowNs, int bytes) {
        long sinceMs = (nowNs - originNs + NS_PER_MS - 1) / NS_PER_MS;
        if (timeMs(o) < sinceMs) { // what was not used is gone
            lap = sinceMs / o.lengthMs();
            next = o.firstAt(sinceMs % o.lengthMs());
            leftBytes = Capacity.Opportunities.BYTES;
            wrap(o);
        }
        int wanted = bytes;
        while (wanted > leftBytes) {
            wanted -= leftBytes;
            leftBytes = Capacity.Opportunities.BYTES;
            next++;
            wrap(o);
        }
        leftBytes -= wanted;
        return originNs + timeMs(o) * NS_PER_MS;
    }

    private void wrap(Capacity.Opportunities o) {
        if (next == o.timesMs.length) {
            next = 0;
            lap++;
        }
    }

    private long timeMs(Capacity.Opportunities o) {
        return lap * o.lengthMs() + o.timesMs[next];
    }
}
