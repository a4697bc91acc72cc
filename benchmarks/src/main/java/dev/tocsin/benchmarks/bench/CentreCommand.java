package dev.tocsin.benchmarks.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.OperatingSystemMXBean;
import dev.tocsin.benchmarks.AlarmCost;
import dev.tocsin.benchmarks.apart.Child;
import dev.tocsin.benchmarks.apart.CrowdMain;
import dev.tocsin.benchmarks.bench.Sheet.Column;
import dev.tocsin.benchmarks.bench.Sheet.Row;
import dev.tocsin.benchmarks.load.Latencies;
import dev.tocsin.benchmarks.path.Cast;
import dev.tocsin.benchmarks.path.CastFile;
import dev.tocsin.benchmarks.path.Paths;
import dev.tocsin.benchmarks.path.Site;
import dev.tocsin.benchmarks.path.Tocsin;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tocsin bench centre}. */
@Command(
        name = "centre",
        description = {
            "What a centre takes in: alarms a second that it accepts, verifies, syncs and receipts, by the CPU time of its",
            "whole process, beside the floor, a verification and a signature; and how long alarms take at half the rate, with",
            "all sessions open. Its devices run in a process of their own and are not counted. About ten minutes.",
            ""
        })
final class CentreCommand extends SheetCommand {

    private static final int ACTIVE = 32;
    private static final int CORES = 2;
    private static final int QUICK_SESSIONS = 500;
    private static final Duration WARM = Duration.ofSeconds(40);
    private static final Duration FAST = Duration.ofSeconds(30);
    private static final Duration HALF = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final long JOURNALS_BYTES = 512L << 20;
    private static final double NS_IN_US = 1e3;
    private static final double SECOND_US = 1e6;
    private static final double PERCENT = 100;

    @Option(
            names = "--sessions",
            paramLabel = "N",
            split = ",",
            description = "DTLS sessions that are open; default: 32 and 10000, with --quick 32 and 500")
    private List<Integer> sessions = new ArrayList<>();

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    @Override
    Sheet measure(boolean less, Folders folders, Progress progress, BooleanSupplier interrupted) throws IOException {
        List<Integer> counts =
                !sessions.isEmpty() ? sessions : List.of(ACTIVE, less ? QUICK_SESSIONS : FleetCommand.COUNTY);
        int most = counts.stream().max(Integer::compare).orElseThrow();
        progress.phase("making " + most + " devices' keys and certificates");
        Cast cast = Cast.of("127.0.0.1", most);
        Path castFile = folders.disk().resolve("cast.json");
        CastFile.write(cast, castFile);
        Optional<Path> memory = folders.memory().filter(CentreCommand::hasRoom);
        List<Row> rows = new ArrayList<>();
        boolean whole = true;
        for (int count : counts) {
            String name = "sessions-" + rows.size();
            Path ledger = Files.createDirectories(folders.disk().resolve(name));
            Path journals =
                    Files.createDirectories(memory.orElse(folders.disk()).resolve(name + "-journals"));
            Optional<Map<String, Double>> values =
                    unlessStopped(interrupted, () -> row(less, castFile, cast, ledger, journals, count, progress));
            if (values.isEmpty()) {
                break;
            }
            whole &= values.get().getOrDefault("failed", 0.0) == 0;
            rows.add(new Row(count + " sessions", values.get()));
        }
        return sheet(rows, memory.isPresent(), whole, interrupted.getAsBoolean());
    }

    private static boolean hasRoom(Path memory) {
        try {
            return Files.getFileStore(memory).getUsableSpace() >= JOURNALS_BYTES;
        } catch (IOException e) {
            return false;
        }
    }

    private static Map<String, Double> row(
            boolean less, Path castFile, Cast cast, Path ledger, Path journals, int count, Progress progress)
            throws IOException {
        Site site = Site.loopback(ledger);
        try (Tocsin centre = Paths.ours(site, cast);
                Child crowd = Child.start(
                        CrowdMain.class,
                        List.of("-XX:+UseSerialGC"),
                        ledger.resolve("crowd.log"),
                        List.of(
                                castFile.toString(),
                                String.valueOf(count),
                                centre.addresses(site).getFirst(),
                                journals.toString()))) {
            for (int open = 0; open < count; ) {
                open = crowd.answer().get("open").asInt();
                progress.still("sessions open: " + open + " of " + count);
            }
            progress.phase("warming, then as fast as it goes with " + Math.min(ACTIVE, count) + " devices");
            JsonNode unused = fast(crowd, less ? SHORT : WARM);
            long beganNs = SYSTEM.getProcessCpuTime();
            JsonNode fast = fast(crowd, less ? SHORT : FAST);
            double centreUs = (SYSTEM.getProcessCpuTime() - beganNs)
                    / NS_IN_US
                    / fast.get("alarms").asLong();
            double floorUs = AlarmCost.floorUs(cast);
            double perSecond = fast.get("per_second").asDouble();
            progress.phase("at half that rate, over all " + count + " sessions");
            crowd.ask("rate " + perSecond / 2 + " " + (less ? SHORT : HALF).toSeconds());
            Latencies half = Latencies.decoded(crowd.answer().get("latencies").asText());
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("brought_per_s", perSecond);
            values.put("centre_cpu_us", centreUs);
            values.put("capacity_per_s", CORES * SECOND_US / centreUs);
            values.put("floor_per_s", CORES * SECOND_US / floorUs);
            values.put("share_percent", PERCENT * floorUs / centreUs);
            values.put("half_rate_per_s", perSecond / 2);
            values.put("half_p50_us", half.p50Us());
            values.put("half_p99_us", half.p99Us());
            values.put("failed", (double) half.failed());
            values.put("crowd_rss_mib", crowd.residentMib());
            return values;
        }
    }

    private static JsonNode fast(Child crowd, Duration duration) throws IOException {
        crowd.ask("fast " + ACTIVE + " " + duration.toSeconds());
        return crowd.answer();
    }

    private static Sheet sheet(List<Row> rows, boolean journalsInMemory, boolean whole, boolean cut) {
        return new Sheet(
                "centre",
                "What a centre takes in",
                "Signed alarms over DTLS that one centre accepts, verifies, commits to its synced ledger and receipts. Its"
                        + " devices are in a process of their own, on the same machine, their journals "
                        + (journalsInMemory
                                ? "in memory, since no device syncs to its centre's disk"
                                : "on the ledger's disk, which no device has, since there is no room in memory")
                        + ": brought in is what both reach beside each"
                        + " other. Capacity is reckoned from the CPU time of the centre's whole process, garbage collector and"
                        + " compiler included, for " + CORES
                        + " cores that do nothing else and a disk that keeps up. The floor is a"
                        + " verification and a signature on the same cores, all of them busy with it. Half is half of what was brought in, spread evenly over"
                        + " all open sessions, each alarm counted from the instant at which it was due.",
                List.of(
                        new Column("brought_per_s", "brought in /s", 0),
                        new Column("centre_cpu_us", "centre CPU us", 0),
                        new Column("capacity_per_s", "capacity /s", 0),
                        new Column("floor_per_s", "floor /s", 0),
                        new Column("share_percent", "% of floor", 1),
                        new Column("half_rate_per_s", "half /s", 0),
                        new Column("half_p50_us", "p50 us", 0),
                        new Column("half_p99_us", "p99 us", 0),
                        new Column("failed", "failed", 0),
                        new Column("crowd_rss_mib", "devices' RSS MiB", 0)),
                rows,
                List.of(),
                whole,
                cut);
    }
}
