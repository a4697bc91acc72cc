package dev.tocsin.simulator.fuzz;

import dev.tocsin.simulator.fuzz.FuzzTarget.Feeding;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the fuzzer calls, by name: Jazzer finds {@code fuzzerInitialize} and {@code fuzzerTestOneInput} (its README, "Using
 * Jazzer standalone"). One target a process.
 */
public final class Fuzzed {

    /** The most time of a processor that an input may take: what a stranger's datagram may cost. */
    static final long MOST_NS = 1_000_000_000L;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static @Nullable Feeding feeding; // as Jazzer wants it: it knows no instance

    private Fuzzed() {}

    /**
     * Takes the target's name, and feeds it its honest inputs once: loading and instrumenting classes is not what an input
     * costs, and the first would pay for it.
     */
    public static void fuzzerInitialize(String[] args) throws Exception {
        FuzzTarget target = FuzzTargets.named(args[0]).orElseThrow();
        Feeding opened = target.opening().get();
        for (byte[] honest : target.seeds().get()) {
            opened.feed(honest);
        }
        feeding = opened;
    }

    /** Takes an input. */
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        if (feeding == null) {
            throw new IllegalStateException("no target was named");
        }
        feed(feeding, input);
    }

    /**
     * Feeds one input.
     *
     * @throws AssertionError if it took more than a second of the processor
     */
    static void feed(Feeding target, byte[] input) throws Exception {
        long beforeNs = THREADS.getCurrentThreadCpuTime();
        target.feed(input);
        long tookNs = THREADS.getCurrentThreadCpuTime() - beforeNs;
        if (tookNs > MOST_NS) {
            throw new AssertionError(String.format(Locale.ROOT, "%d bytes took %.1f s", input.length, tookNs / 1e9));
        }
    }
}
