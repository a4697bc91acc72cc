package dev.tocsin.benchmarks;

import com.sun.management.ThreadMXBean;
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
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * What one alarm costs, counted instead of timed, so that it means something on a machine that does other things, too: CPU
 * time, bytes allocated and waits of a thread (voluntary context switches, Linux), for the device's threads and the
 * centre's, each alarm after the one before and as fast as it goes. From the centre's CPU time follows how many alarms a
 * second two cores could take in, without what the devices and the garbage collector use, beside the floor: a verification
 * and a signature.
 *
 * <p>Arguments: a folder on a disk, the name of one of our paths ({@code tocsin-dtls}), devices at once, seconds.
 */
public final class AlarmCost {

    private static final int WARM_UP = 4_000;
    private static final int ALARMS = 2_000;
    private static final int CORES = 2;
    private static final long FLOOR_NS = 2_000_000_000L;
    private static final double US = 1e3;
    private static final double SECOND_US = 1e6;

    private AlarmCost() {}

    /** Prints it. */
    public static void main(String... args) throws IOException {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of(args[0])), "cost-");
        int devices = Integer.parseInt(args[2]);
        Duration duration = Duration.ofSeconds(Integer.parseInt(args[3]));
        Cast cast = Cast.of("127.0.0.1", devices);
        Paths.Candidate path = Paths.all().stream()
                .filter(candidate -> candidate.name().equals(args[1]))
                .findFirst()
                .orElseThrow(() -> new IOException("no path " + args[1]));
        List<Sender> senders = new ArrayList<>();
        PrintStream out = System.out;
        try (Carrier carrier = path.opening().open(Site.loopback(folder), cast)) {
            for (int i = 0; i < devices; i++) {
                senders.add(carrier.connect(i));
                Saturation.warm(senders.get(i), 1);
            }
            Saturation.warm(senders.getFirst(), WARM_UP);
            double floorUs = floorUs(cast);
            out.printf(Locale.ROOT, "%s, for each alarm%n%-26s%10s%10s%10s%n", args[1], "", "CPU us", "bytes", "waits");
            Count before = Count.now();
            Saturation.warm(senders.getFirst(), ALARMS);
            Count.now().minus(before).print("one at a time", ALARMS, out);
            before = Count.now();
            AtomicLong alarms = new AtomicLong();
            double perSecond = Saturation.perSecond(
                    senders.stream().map(s -> counting(s, alarms)).toList(), duration);
            Count cost = Count.now().minus(before);
            cost.print(devices + " devices", alarms.get(), out);
            double centreUs = cost.of("centre").cpuNs / US / alarms.get();
            out.printf(
                    Locale.ROOT,
                    "%nbrought in %.0f a second beside its own devices%n"
                            + "centre alone on %d cores: %.0f a second; verify and sign alone: %.0f; %.0f %%%n",
                    perSecond,
                    CORES,
                    CORES * SECOND_US / centreUs,
                    CORES * SECOND_US / floorUs,
                    100 * floorUs / centreUs);
            senders.forEach(Sender::close);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
        System.exit(0);
    }

    private static Sender counting(Sender sender, AtomicLong alarms) {
        return new Sender() {
            @Override
            public CompletableFuture<Long> raise() {
                alarms.incrementAndGet();
                return sender.raise();
            }

            @Override
            public void close() {
                sender.close();
            }
        };
    }

    /**
     * CPU time of one verification and one signature, warm, microseconds, by the code that both ends use, while all {@value
     * #CORES} cores do the same: a core beside a busy one does less in its time than a core alone, and no centre under load has
     * one alone. Blocks for some seconds.
     */
    public static double floorUs(Cast cast) {
        long warmNs = System.nanoTime() + FLOOR_NS;
        List<CompletableFuture<Double>> cores = new ArrayList<>();
        for (int i = 0; i < CORES; i++) {
            cores.add(CompletableFuture.supplyAsync(
                    () -> verifyAndSignUs(cast.devices().getFirst(), warmNs),
                    task -> Thread.ofPlatform().name("floor").start(task)));
        }
        return cores.stream().mapToDouble(CompletableFuture::join).average().orElseThrow();
    }

    private static double verifyAndSignUs(Cast.Party party, long warmNs) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] message = new byte[200];
        byte[] signature = party.signer().sign(message);
        long beganNs = 0;
        long count = -1;
        for (long nowNs = System.nanoTime(); nowNs < warmNs + FLOOR_NS; nowNs = System.nanoTime()) {
            if (!party.verifier().verify(message, signature)) {
                throw new IllegalStateException("a signature that does not hold");
            }
            signature = party.signer().sign(message);
            if (nowNs >= warmNs && ++count == 0) {
                beganNs = threads.getCurrentThreadCpuTime();
            }
        }
        return (threads.getCurrentThreadCpuTime() - beganNs) / US / count;
    }

    private record Cost(long cpuNs, long bytes, long waits) {
        private static final Cost NONE = new Cost(0, 0, 0);

        Cost plus(Cost o) {
            return new Cost(cpuNs + o.cpuNs, bytes + o.bytes, waits + o.waits);
        }

        Cost minus(Cost o) {
            return new Cost(cpuNs - o.cpuNs, bytes - o.bytes, waits - o.waits);
        }
    }

    /** What threads have cost so far, by whose they are. */
    private record Count(Map<String, Cost> byOwner) {

        static Count now() {
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            Map<String, Cost> sums = new TreeMap<>();
            Map<String, Long> waits = waits();
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                long id = thread.threadId();
                sums.merge(
                        owner(thread.getName()),
                        new Cost(Math.max(0, threads.getThreadCpuTime(id)), threads.getThreadAllocatedBytes(id), 0),
                        Cost::plus);
            }
            waits.forEach((owner, n) -> sums.merge(owner, new Cost(0, 0, n), Cost::plus));
            return new Count(sums);
        }

        private static String owner(String thread) {
            return thread.startsWith("centre-") || thread.startsWith("ledger-writer") || thread.equals("tocsin-net")
                    ? "centre"
                    : thread.equals("tocsin-loop") || thread.equals("tocsin-disk") ? "device" : "other";
        }

        private static Map<String, Long> waits() {
            Map<String, Long> sums = new TreeMap<>();
            try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
                for (Path task : tasks.toList()) {
                    String name = Files.readString(task.resolve("comm")).strip();
                    long waits = Files.readAllLines(task.resolve("status")).stream()
                            .filter(line -> line.startsWith("voluntary_ctxt_switches"))
                            .mapToLong(line -> Long.parseLong(
                                    line.substring(line.indexOf(':') + 1).strip()))
                            .sum();
                    sums.merge(owner(name), waits, Long::sum);
                }
            } catch (IOException e) {
                sums.clear(); // no Linux, or a thread that ended meanwhile
            }
            return sums;
        }

        Cost of(String owner) {
            return byOwner.getOrDefault(owner, Cost.NONE);
        }

        Count minus(Count before) {
            Map<String, Cost> rest = new TreeMap<>();
            byOwner.forEach((owner, cost) -> rest.put(owner, cost.minus(before.of(owner))));
            return new Count(rest);
        }

        void print(String title, long alarms, PrintStream out) {
            for (String owner : List.of("device", "centre")) {
                Cost cost = of(owner);
                out.printf(
                        Locale.ROOT,
                        "%-26s%10.0f%10.0f%10.2f%n",
                        owner + ", " + title,
                        cost.cpuNs / US / alarms,
                        (double) cost.bytes / alarms,
                        (double) cost.waits / alarms);
            }
        }
    }
}
