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
import org.openjdk.jmh.annotations.Warmup;

/** What an edge costs the debouncer, with the step that it asks for: a press that bounces, and its release, all over again. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DebounceCost {

    private static final long BOUNCE_NS = 50_000;
    private static final long HELD_NS = 200_000_000;
    private static final int EDGES = 8;

    private final Counting counting = new Counting();
    private Debouncer debouncer = new Debouncer(Debouncer.Settings.DEFAULT, counting);
    private long nowNs;
    private int edge;

    /** Makes the debouncer. */
    @Setup
    public void make() {
        debouncer = new Debouncer(Debouncer.Settings.DEFAULT, counting);
    }

    /** An edge and a step. */
    @Benchmark
    public long edge() {
        edge = (edge + 1) % EDGES;
        nowNs += edge == 0 || edge == EDGES / 2 ? HELD_NS : BOUNCE_NS;
        long dueNs = debouncer.edge(nowNs, edge % 2 == 0);
        return (dueNs == Debouncer.NEVER ? debouncer.step(nowNs) : dueNs) + counting.decisions;
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
