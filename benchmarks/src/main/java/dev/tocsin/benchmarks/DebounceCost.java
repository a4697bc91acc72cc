package dev.tocsin.benchmarks;

import dev.tocsin.firmware.board.Debouncer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What an edge costs the debouncer, with the steps that it asks for: a press that bounces, and its release, all over again. */
@State(Scope.Thread)
@BenchmarkMode({Mode.Throughput, Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DebounceCost {

    private static final long BOUNCE_NS = 50_000;
    private static final long HELD_NS = 200_000_000;
    /** Even ones close the contact. It is held after the third and left alone after the last. */
    private static final int EDGES = 8;

    private static final int HELD_AFTER = 2;

    private final Counting counting = new Counting();
    private Debouncer debouncer = new Debouncer(Debouncer.Settings.DEFAULT, counting);
    private long nowNs;
    private long edges;
    private long dueNs = Debouncer.NEVER;
    private int edge = EDGES - 1;

    /** Makes the debouncer. */
    @Setup
    public void make() {
        debouncer = new Debouncer(Debouncer.Settings.DEFAULT, counting);
    }

    /** What was due before it, and an edge. */
    @Benchmark
    public long edge() {
        nowNs += edge == HELD_AFTER || edge == EDGES - 1 ? HELD_NS : BOUNCE_NS;
        while (dueNs <= nowNs) {
            dueNs = debouncer.step(dueNs);
        }
        edge = (edge + 1) % EDGES;
        edges++;
        dueNs = debouncer.edge(nowNs, edge % 2 == 0);
        return dueNs;
    }

    /** Each eight edges were a press and a release. */
    @TearDown
    public void decided() {
        long whole = 2 * (edges / EDGES);
        if (Math.abs(counting.decisions - whole) > 2) {
            throw new IllegalStateException(counting.decisions + " decisions after " + edges + " edges");
        }
    }

    private static final class Counting implements Debouncer.Sink {

        private long decisions;

        @Override
        public void pressed(long edgeNs, long decidedNs) {
            decisions++;
        }

        @Override
        public void released(long edgeNs, long decidedNs) {
            decisions++;
        }
    }
}
