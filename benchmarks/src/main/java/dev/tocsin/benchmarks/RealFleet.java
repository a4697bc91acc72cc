package dev.tocsin.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import dev.tocsin.benchmarks.apart.Child;
import dev.tocsin.benchmarks.load.Latencies;
import dev.tocsin.benchmarks.load.ManyDevices;
import dev.tocsin.benchmarks.path.Cast;
import dev.tocsin.benchmarks.path.OwnDevices;
import dev.tocsin.benchmarks.path.Paths;
import dev.tocsin.benchmarks.path.Sender;
import dev.tocsin.benchmarks.path.Site;
import dev.tocsin.benchmarks.path.Tocsin;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A fleet on real sockets, devices and their centre in one process: each device has its socket, its DTLS session, its journal
 * and its heartbeat a minute, and raises one alarm within the time that is measured, at an instant fixed beforehand.
 *
 * <p>Arguments: a folder on a disk, how many devices, seconds to measure. A device needs one file descriptor. Prints {@code {"open"}} now and
 * then, and in the end a line of figures, in JSON.
 */
public final class RealFleet {

    private static final double US = 1e3;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private RealFleet() {}

    /** Measures. */
    public static void main(String... args) throws IOException {
        Path folder = Path.of(args[0]);
        int count = Integer.parseInt(args[1]);
        Duration measured = Duration.ofSeconds(Long.parseLong(args[2]));
        PrintStream out = System.out;
        Cast cast = Cast.of("127.0.0.1", count);
        Site site = Site.loopback(folder);
        try (Tocsin centre = Paths.ours(site, cast)) {
            OwnDevices devices = OwnDevices.startMany(cast, centre.addresses(site), folder);
            long beganNs = System.nanoTime();
            List<Sender> senders = devices.connect(
                    count, open -> out.println(MAPPER.createObjectNode().put("open", open)));
            double connectedS = (System.nanoTime() - beganNs) / (double) TimeUnit.SECONDS.toNanos(1);
            long cpuNs = cpuNs();
            Latencies latencies = ManyDevices.run(Map.of("fleet", senders), measured, 1)
                    .values()
                    .iterator()
                    .next();
            out.println(MAPPER.createObjectNode()
                    .put("devices", count)
                    .put("connected_s", connectedS)
                    .put("alarms", latencies.count())
                    .put("failed", latencies.failed())
                    .put("p50_us", latencies.p50Us())
                    .put("p99_us", latencies.p99Us())
                    .put("p999_us", latencies.p999Us())
                    .put("cpu_us", (cpuNs() - cpuNs) / US / count)
                    .put("rss_mib", Child.ownResidentMib())
                    .put("rss_kib_each", Child.ownResidentMib() * 1024 / count)
                    .put("threads", Thread.activeCount()));
        }
        System.exit(0); // ten thousand devices are not closed one by one
    }

    /** Of the whole process: devices, centre, heartbeats, garbage collector. */
    private static long cpuNs() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
