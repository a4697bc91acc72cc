package dev.tocsin.benchmarks.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tocsin.benchmarks.RealFleet;
import dev.tocsin.benchmarks.apart.Child;
import dev.tocsin.benchmarks.bench.Sheet.Column;
import dev.tocsin.benchmarks.bench.Sheet.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tocsin bench fleet}. */
@Command(
        name = "fleet",
        description = {
            "Fleets on real sockets in one process, their centre with them: each device with its DTLS session, its journal, a",
            "heartbeat a minute and one alarm within a minute (--quick: 5 s). A process for each size, a minute and the handshakes each.",
            ""
        })
final class FleetCommand extends SheetCommand {

    private static final int MINUTE = 60;
    private static final int FEW_SECONDS = 5;

    /** A county's devices. */
    static final int COUNTY = 10_000;

    private static final List<Column> COLUMNS = List.of(
            new Column("alarms", "alarms", 0),
            new Column("failed", "failed", 0),
            new Column("p50_us", "p50 us", 0),
            new Column("p99_us", "p99 us", 0),
            new Column("p999_us", "p99.9 us", 0),
            new Column("cpu_us", "CPU us each", 0),
            new Column("rss_mib", "RSS MiB", 0),
            new Column("rss_kib_each", "RSS KiB each", 0),
            new Column("threads", "threads", 0),
            new Column("connected_s", "sessions s", 1));

    @Option(
            names = "--devices",
            paramLabel = "N",
            split = ",",
            description = "how many; default: 100, 1000 and 10000, with --quick 100")
    private List<Integer> devices = new ArrayList<>();

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            defaultValue = "1g",
            description = "the heap of the fleet's JVM at most; default: ${DEFAULT-VALUE}")
    private String heap = "1g";

    @Override
    Sheet measure(boolean less, Folders folders, Progress progress, BooleanSupplier interrupted) throws IOException {
        List<Integer> sizes = !devices.isEmpty() ? devices : less ? List.of(100) : List.of(100, 1_000, COUNTY);
        List<Row> rows = new ArrayList<>();
        boolean whole = true;
        for (int size : sizes) {
            Optional<Map<String, Double>> values =
                    unlessStopped(interrupted, () -> row(folders.disk(), size, less ? FEW_SECONDS : MINUTE, progress));
            if (values.isEmpty()) {
                break;
            }
            whole &= values.get().getOrDefault("alarms", 0.0) == size;
            rows.add(new Row(size + " devices", values.get()));
        }
        return sheet(rows, whole, interrupted.getAsBoolean());
    }

    private Map<String, Double> row(Path folder, int size, int seconds, Progress progress) throws IOException {
        progress.phase(size + " devices: keys and certificates, then a session each, then " + seconds + " s");
        Path own = Files.createDirectories(folder.resolve("fleet-" + size));
        try (Child fleet = Child.start(
                RealFleet.class,
                List.of("-Xmx" + heap, "-XX:+UseSerialGC"),
                folder.resolve("fleet-" + size + ".log"),
                List.of(own.toString(), String.valueOf(size), String.valueOf(seconds)))) {
            JsonNode answer = fleet.answer();
            while (answer.has("open")) {
                progress.still("sessions open: " + answer.get("open").asInt() + " of " + size);
                answer = fleet.answer();
            }
            Map<String, Double> values = new LinkedHashMap<>();
            for (Column column : COLUMNS) {
                values.put(column.key(), answer.get(column.key()).asDouble());
            }
            return values;
        }
    }

    private Sheet sheet(List<Row> rows, boolean whole, boolean cut) {
        return new Sheet(
                "fleet",
                "A fleet on real sockets",
                "Devices and their centre in one JVM (heap " + heap
                        + ", serial collector), each device with a UDP socket, a"
                        + " DTLS session, a journal on the disk and a heartbeat a minute. Within a minute (--quick: 5 s) each raises one alarm,"
                        + " at an instant fixed beforehand, from which it is counted. CPU is the whole process's in that time for"
                        + " each device: its alarm and its heartbeat, both ends. Journals are opened for each write (LeanDisk): a"
                        + " fleet in one process has more files than a system lets it open.",
                COLUMNS,
                rows,
                List.of("cpu_us", "rss_kib_each"),
                whole,
                cut);
    }
}
