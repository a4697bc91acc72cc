package dev.tocsin.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How fast one thread plays fleets of different sizes, in exchanges for a second of its CPU time, beside bare Californium
 * of the same size: same virtual network, 5 % loss each way, a heartbeat a minute to each of two centres. Both are measured
 * warm and in one process, in turns, so that their ratio means something on a machine that does other things, too.
 *
 * <p>Arguments: {@code plain} or {@code dtls}, how many exchanges to measure, then numbers of devices. Prints a line of JSON for each.
 */
public final class FleetSpeed {

    private static final Duration PERIOD = Duration.ofMinutes(1);

    /** So that every device knows its paths, and fleets of any size are of one age: a young path is taken for one without loss. */
    private static final Duration LEAD = Duration.ofMinutes(30);

    private static final Duration BETWEEN_BOOTS = Duration.ofMillis(20);
    private static final List<String> CENTRES = List.of("police", "education");
    private static final Conditions ROUGH = Conditions.GOOD
            .withLatency(new Latency.LogNormal(Duration.ofMillis(60), 0.5))
            .withLoss(0.05);

    /** Devices of the fleet that is played first and not measured; less before a tiny one. */
    private static final int WARM_UP = 1_000;

    private static final long MORE = 10;

    private static final double NS = 1e9;
    private static final double SECOND_US = 1e6;
    private static final double KIB = 1024;

    private FleetSpeed() {}

    /** Prints it. */
    public static void main(String... args) {
        Determinism.install();
        boolean secure = args[0].equals("dtls");
        long exchanges = Long.parseLong(args[1]);
        PrintStream out = System.out;
        int first = (int) Math.min(WARM_UP, MORE * Long.parseLong(args[2]));
        double warm = bare(first, exchanges) + fleet(first, secure, exchanges).perCpuSecond;
        for (String arg : List.of(args).subList(2, args.length)) {
            int devices = Integer.parseInt(arg);
            double bare = bare(devices, exchanges);
            Fleet fleet = fleet(devices, secure, exchanges);
            out.println(new ObjectMapper()
                    .createObjectNode()
                    .put("devices", devices)
                    .put("warm_up_per_cpu_s", warm)
                    .put("fleet_per_cpu_s", fleet.perCpuSecond)
                    .put("bare_per_cpu_s", bare)
                    .put("exchange_cpu_us", SECOND_US / fleet.perCpuSecond)
                    .put("bare_exchange_cpu_us", SECOND_US / bare)
                    .put("heap_kib_each", fleet.heapBytes / KIB / devices));
        }
    }

    /**
     * What a fleet costs.
     *
     * @param perCpuSecond exchanges
     * @param heapBytes that all of it lives in
     */
    private record Fleet(double perCpuSecond, double heapBytes) {}

    private static Duration measured(int devices, long exchanges) {
        return PERIOD.multipliedBy(Math.max(1, exchanges / ((long) devices * CENTRES.size())));
    }

    private static double bare(int devices, long exchanges) {
        try (BareCalifornium bare = new BareCalifornium(devices, CENTRES.size(), PERIOD, ROUGH)) {
            bare.run(LEAD);
            long answersBefore = bare.answers();
            long cpuNs = cpuNs();
            bare.run(measured(devices, exchanges));
            return (bare.answers() - answersBefore) * NS / (cpuNs() - cpuNs);
        }
    }

    /** A device beats once a period, whatever is lost: so many exchanges there are. */
    private static Fleet fleet(int devices, boolean secure, long exchanges) {
        Duration lead = LEAD.plus(BETWEEN_BOOTS.multipliedBy(devices));
        Duration measured = measured(devices, exchanges);
        long emptyBytes = heapBytes();
        try (County county = new County(plan(devices, secure, measured), lead, BETWEEN_BOOTS)) {
            long[] from = new long[3];
            boolean unused = county.play(standing -> {
                if (from[0] == 0 && standing.played().compareTo(lead) >= 0) {
                    from[0] = standing.played().toNanos();
                    from[2] = heapBytes();
                    from[1] = cpuNs();
                }
                return true;
            });
            double playedS = (lead.plus(measured).toNanos() - from[0]) / NS;
            double cpuS = (cpuNs() - from[1]) / NS;
            return new Fleet(
                    playedS / PERIOD.toSeconds() * devices * CENTRES.size() / cpuS, Math.max(0, from[2] - emptyBytes));
        }
    }

    /** What lives, after a collection. */
    private static long heapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static CountyPlan plan(int devices, boolean secure, Duration measured) {
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
                measured,
                Duration.ZERO);
    }

    private static long cpuNs() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.getCurrentThreadCpuTime();
    }
}
