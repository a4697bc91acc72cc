package dev.tocsin.benchmarks;

import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.session.AlarmTiming;
import dev.tocsin.simulator.county.County;
import dev.tocsin.simulator.county.CountyPlan;
import dev.tocsin.simulator.network.Conditions;
import dev.tocsin.simulator.network.Latency;
import dev.tocsin.simulator.world.jvm.Determinism;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How fast one thread plays fleets of different sizes, in exchanges for a second of its CPU time, beside bare Californium
 * of the same size: same virtual network, 5 % loss each way, a heartbeat a minute to each of two centres. Both are measured
 * warm and in one process, in turns, so that their ratio means something on a machine that does other things, too.
 *
 * <p>Arguments: {@code plain} or {@code dtls}, then numbers of devices.
 */
public final class FleetSpeed {

    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final Duration LEAD = Duration.ofMinutes(5);
    private static final Duration BETWEEN_BOOTS = Duration.ofMillis(20);
    private static final List<String> CENTRES = List.of("police", "education");
    private static final Conditions ROUGH = Conditions.GOOD
            .withLatency(new Latency.LogNormal(Duration.ofMillis(60), 0.5))
            .withLoss(0.05);

    /** Exchanges to measure; the more devices, the shorter. */
    private static final long EXCHANGES = 400_000;

    private static final double NS = 1e9;

    private FleetSpeed() {}

    /** Prints a line for each number of devices. */
    public static void main(String... args) {
        Determinism.install();
        boolean secure = args[0].equals("dtls");
        PrintStream out = System.out;
        double warm = bare(1_000) + fleet(1_000, secure);
        out.printf(Locale.ROOT, "%8s%16s%16s%8s  (a CPU-second; warm-up %.0f)%n", "devices", "fleet", "bare", "", warm);
        for (String arg : List.of(args).subList(1, args.length)) {
            int devices = Integer.parseInt(arg);
            double bare = bare(devices);
            double fleet = fleet(devices, secure);
            out.printf(Locale.ROOT, "%8d%16.0f%16.0f%8.2f%n", devices, fleet, bare, fleet / bare);
        }
    }

    private static Duration measured(int devices) {
        return PERIOD.multipliedBy(Math.max(1, EXCHANGES / ((long) devices * CENTRES.size())));
    }

    private static double bare(int devices) {
        try (BareCalifornium bare = new BareCalifornium(devices, CENTRES.size(), PERIOD, ROUGH)) {
            bare.run(LEAD);
            long answersBefore = bare.answers();
            long cpuNs = cpuNs();
            bare.run(measured(devices));
            return (bare.answers() - answersBefore) * NS / (cpuNs() - cpuNs);
        }
    }

    /** A device beats once a period, whatever is lost: so many exchanges there are. */
    private static double fleet(int devices, boolean secure) {
        Duration lead = LEAD.plus(BETWEEN_BOOTS.multipliedBy(devices));
        try (County county = new County(plan(devices, secure), lead, BETWEEN_BOOTS)) {
            long[] from = new long[2];
            boolean unused = county.play(standing -> {
                if (from[0] == 0 && standing.played().compareTo(lead) >= 0) {
                    from[0] = standing.played().toNanos();
                    from[1] = cpuNs();
                }
                return true;
            });
            double playedS = (lead.plus(measured(devices)).toNanos() - from[0]) / NS;
            double cpuS = (cpuNs() - from[1]) / NS;
            return playedS / PERIOD.toSeconds() * devices * CENTRES.size() / cpuS;
        }
    }

    private static CountyPlan plan(int devices, boolean secure) {
        return new CountyPlan(
                "530902",
                42,
                Instant.parse("2027-03-01T00:00:00Z"),
                CENTRES,
                IntStream.range(0, devices)
                        .mapToObj(i -> "school-%04d/button-%d".formatted(i / 10, i % 10))
                        .toList(),
                PERIOD,
                secure,
                AlarmTiming.QUICK,
                SignatureAlgorithm.ED25519,
                List.of(),
                ROUGH,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                measured(devices),
                Duration.ZERO);
    }

    private static long cpuNs() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.getCurrentThreadCpuTime();
    }
}
