package dev.tocsin.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.tocsin.benchmarks.load.Latencies;
import dev.tocsin.benchmarks.load.ManyDevices;
import dev.tocsin.benchmarks.load.Saturation;
import dev.tocsin.benchmarks.path.Carrier;
import dev.tocsin.benchmarks.path.Cast;
import dev.tocsin.benchmarks.path.Paths;
import dev.tocsin.benchmarks.path.Sender;
import dev.tocsin.benchmarks.path.Site;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Fleets on real sockets, devices and their centre in one process: each device has its socket, its DTLS session, its journal
 * and its heartbeat a minute, and raises one alarm within the minute that is measured, at an instant fixed beforehand.
 *
 * <p>Arguments: a folder on a disk, then numbers of devices. A device needs four file descriptors: {@code ulimit -n 65536}
 * for 10,000.
 */
public final class RealFleet {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final double US = 1e3;
    private static final double KIB = 1024;

    private RealFleet() {}

    /** Prints a line for each number of devices. */
    public static void main(String... args) throws IOException {
        PrintStream out = System.out;
        out.printf(
                Locale.ROOT,
                "%8s%12s%10s%8s%10s%10s%10s%12s%10s%9s%n",
                "devices",
                "sessions s",
                "alarms",
                "failed",
                "p50 us",
                "p99 us",
                "p99.9 us",
                "CPU us each",
                "RSS MiB",
                "threads");
        for (String arg : List.of(args).subList(1, args.length)) {
            fleet(Path.of(args[0]), Integer.parseInt(arg), out);
        }
        System.exit(0);
    }

    private static void fleet(Path parent, int devices, PrintStream out) throws IOException {
        Path folder = Files.createTempDirectory(Files.createDirectories(parent), "fleet-");
        Cast cast = Cast.of("127.0.0.1", devices);
        Paths.Candidate ours = Paths.all().stream()
                .filter(candidate -> candidate.name().equals(Paths.OURS))
                .findFirst()
                .orElseThrow();
        List<Sender> senders = new ArrayList<>();
        try (Carrier carrier = ours.opening().open(Site.loopback(folder), cast)) {
            long beganNs = System.nanoTime();
            for (int i = 0; i < devices; i++) {
                senders.add(carrier.connect(i));
                Saturation.warm(senders.get(i), 1); // its session, and the code
            }
            double connectedS = (System.nanoTime() - beganNs) / (double) TimeUnit.SECONDS.toNanos(1);
            long cpuNs = cpuNs();
            Latencies latencies =
                    ManyDevices.run(Map.of(Paths.OURS, senders), MINUTE, 1).get(Paths.OURS);
            if (latencies == null) {
                throw new IllegalStateException("nothing was measured");
            }
            double eachUs = (cpuNs() - cpuNs) / US / devices;
            out.printf(
                    Locale.ROOT,
                    "%8d%12.1f%10d%8d%10.0f%10.0f%10.0f%12.0f%10.0f%9d%n",
                    devices,
                    connectedS,
                    latencies.count(),
                    latencies.failed(),
                    latencies.p50Us(),
                    latencies.p99Us(),
                    latencies.p999Us(),
                    eachUs,
                    rssKib() / KIB,
                    Thread.activeCount());
            out.flush();
            senders.forEach(Sender::close);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    /** Of the whole process: devices, centre, heartbeats, garbage collector. */
    private static long cpuNs() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** What the process has in memory, KiB; Linux. */
    private static long rssKib() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }
}
