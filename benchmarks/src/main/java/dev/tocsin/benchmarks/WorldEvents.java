package dev.tocsin.benchmarks;

import dev.tocsin.sdk.port.Timers.Cancellable;
import dev.tocsin.simulator.world.Seed;
import dev.tocsin.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Events a second of a virtual world in which nothing happens but time: so many machines each wake once a minute, set a timer
 * for an answer that comes, and cancel it.
 */
@State(Scope.Thread)
@BenchmarkMode({Mode.Throughput, Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WorldEvents {

    /** Wakings in a minute, each with its answer. */
    static final int EXCHANGES = 10_000;

    private static final int EVENTS_EACH = 2;
    private static final long MINUTE_NS = Duration.ofMinutes(1).toNanos();
    private static final long ANSWER_NS = Duration.ofMillis(80).toNanos();
    private static final long PATIENCE_NS = Duration.ofSeconds(2).toNanos();

    /** Machines. */
    @Param({"100", "10000"})
    public int machines = 100;

    private Optional<World> world = Optional.empty();

    /** Sets the machines' first wakings, spread over a minute. */
    @Setup(Level.Trial)
    public void open() {
        World opened = World.open(new Seed(1), Instant.parse("2027-03-01T00:00:00Z"));
        world = Optional.of(opened);
        for (int i = 0; i < machines; i++) {
            Cancellable unused = opened.schedule(MINUTE_NS * i / machines, () -> wake(opened));
        }
    }

    private static void wake(World world) {
        Cancellable patience = world.schedule(PATIENCE_NS, () -> {
            throw new IllegalStateException("the answer came first");
        });
        Cancellable unusedAnswer = world.schedule(ANSWER_NS, patience::cancel);
        Cancellable unusedNext = world.schedule(MINUTE_NS, () -> wake(world));
    }

    /** Virtual minutes, as many as make {@value #EXCHANGES} wakings; the figure is for each event. */
    @Benchmark
    @OperationsPerInvocation(EXCHANGES * EVENTS_EACH)
    public long minutes() {
        World passing = world.orElseThrow();
        passing.run(Duration.ofMinutes(EXCHANGES / machines));
        return passing.events();
    }

    /** Lets go of the thread. */
    @TearDown(Level.Trial)
    public void close() {
        world.orElseThrow().close();
    }
}
