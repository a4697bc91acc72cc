package dev.tocsin.simulator.machine;

import dev.tocsin.sdk.RaisedAlarm;
import dev.tocsin.simulator.machine.SmallCity.Plan;
import dev.tocsin.simulator.network.Conditions;
import dev.tocsin.simulator.network.Fate;
import dev.tocsin.simulator.network.Latency;
import dev.tocsin.simulator.world.jvm.Determinism;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;

/**
 * How fast one thread runs a fleet that sends heartbeats, real sessions, journals, Californium and Scandium included. Not a
 * test. Arguments: devices, {@code plain} or {@code dtls}, simulated seconds to measure, centres, heartbeat in seconds.
 */
final class FleetSpeed {

    private static final double NS = 1e9;
    private static final double MIB = 1 << 20;

    private FleetSpeed() {}

    private static final class Stopwatch {
        private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        private long wallNs;
        private long cpuNs;

        void start() {
            wallNs = System.nanoTime();
            cpuNs = threads.getCurrentThreadCpuTime();
        }

        double wallS() {
            return (System.nanoTime() - wallNs) / NS;
        }

        double cpuS() {
            return (threads.getCurrentThreadCpuTime() - cpuNs) / NS;
        }
    }

    public static void main(String... args) throws Exception {
        Determinism.install();
        int devices = Integer.parseInt(args[0]);
        boolean secure = args[1].equals("dtls");
        Duration measured = Duration.ofSeconds(Long.parseLong(args[2]));
        List<String> centres = List.of("police", "education").subList(0, Integer.parseInt(args[3]));
        Duration heartbeat = Duration.ofSeconds(Long.parseLong(args[4]));
        PrintStream out = System.out;
        Stopwatch watch = new Stopwatch();
        watch.start();
        try (SmallCity city = new SmallCity(new Plan(42, devices, centres, secure, heartbeat))) {
            long[] answers = new long[1];
            city.network.tap((nowNs, datagram, fate) -> {
                if (fate == Fate.DELIVERED && centres.contains(datagram.sender())) {
                    answers[0]++;
                }
            });
            city.network.conditions(Conditions.GOOD
                    .withLatency(new Latency.LogNormal(Duration.ofMillis(60), 0.5))
                    .withLoss(0.05));
            out.printf("built in %.1f s%n", watch.wallS());
            watch.start();
            city.on(Duration.ofMinutes(2));
            city.world.run(Duration.ofMinutes(5));
            out.printf("up, and 5 min, in %.1f s, cpu %.1f s%n", watch.wallS(), watch.cpuS());
            answers[0] = 0;
            long eventsBefore = city.world.events();
            watch.start();
            city.world.run(measured);
            double cpuS = watch.cpuS();
            double wallS = watch.wallS();
            System.gc();
            Runtime jvm = Runtime.getRuntime();
            out.printf(
                    "%d devices %s: %.0f simulated s/s (cpu %.0f), %d answers, %.0f a cpu-s, %.1f events each,"
                            + " heap %.0f MiB, failures %d%n",
                    devices,
                    args[1],
                    measured.toSeconds() / wallS,
                    measured.toSeconds() / cpuS,
                    answers[0],
                    answers[0] / cpuS,
                    (double) (city.world.events() - eventsBefore) / answers[0],
                    (jvm.totalMemory() - jvm.freeMemory()) / MIB,
                    city.failures.size());
            List<RaisedAlarm> raised = city.raiseAll(Duration.ofSeconds(30));
            city.world.run(Duration.ofMinutes(3));
            long received =
                    raised.stream().filter(alarm -> alarm.received().isDone()).count();
            out.printf("alarms receipted by all: %d of %d; digest %s%n", received, devices, city.digest.hex());
        }
    }
}
