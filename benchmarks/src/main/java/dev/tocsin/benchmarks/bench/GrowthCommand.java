package dev.tocsin.benchmarks.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tocsin.benchmarks.FleetSpeed;
import dev.tocsin.benchmarks.apart.Child;
import dev.tocsin.benchmarks.bench.Sheet.Column;
import dev.tocsin.benchmarks.bench.Sheet.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tocsin bench growth}. */
@Command(
        name = "growth",
        description = {
            "Whether a device and an exchange cost the same in a large fleet: fleets of growing size in virtual time, on one",
            "thread, CPU time for each exchange and heap for each device, beside bare Californium. Ten minutes or so; real",
            "sockets: tocsin bench fleet.",
            ""
        })
final class GrowthCommand extends SheetCommand {

    /** Exchanges to measure; the more devices, the shorter. */
    private static final int EXCHANGES = 400_000;

    private static final int FEW_EXCHANGES = 20_000;
    private static final double PERCENT = 100;

    private static final List<Column> COLUMNS = List.of(
            new Column("exchange_cpu_us", "CPU us an exchange", 1),
            new Column("growth_percent", "against the first, %", 0),
            new Column("bare_exchange_cpu_us", "bare Californium us", 1),
            new Column("heap_kib_each", "heap KiB a device", 1));

    @Option(
            names = "--devices",
            paramLabel = "N",
            split = ",",
            description = "how many; default: 100, 1000 and 10000, with --quick 100 and 1000")
    private List<Integer> devices = new ArrayList<>();

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            defaultValue = "4g",
            description = "the heap at most; 50,000 devices want 16g; default: ${DEFAULT-VALUE}")
    private String heap = "4g";

    @Override
    Sheet measure(boolean less, Folders folders, Progress progress, BooleanSupplier interrupted) throws IOException {
        List<Integer> sizes =
                !devices.isEmpty() ? devices : less ? List.of(100, 1_000) : List.of(100, 1_000, FleetCommand.COUNTY);
        List<Row> rows = new ArrayList<>();
        for (String channel : List.of("plain", "dtls")) {
            double first = 0;
            for (int size : sizes) {
                Optional<Map<String, Double>> measured = unlessStopped(
                        interrupted,
                        () -> row(folders.disk(), progress, channel, less ? FEW_EXCHANGES : EXCHANGES, size));
                if (measured.isEmpty()) {
                    break;
                }
                Map<String, Double> values = measured.get();
                double each = values.getOrDefault("exchange_cpu_us", 0.0);
                first = first == 0 ? each : first;
                values.put("growth_percent", PERCENT * (each / first - 1));
                Row row = new Row(channel + ", " + size + " devices", values);
                progress.phase("%s: %.1f us an exchange".formatted(row.label(), each));
                rows.add(row);
            }
        }
        return new Sheet(
                "growth",
                "Growth",
                "Fleets in virtual time on one thread, the whole firmware and two centres: 5 % loss each way, a heartbeat a"
                        + " minute to each centre. CPU time of that thread for each exchange, both ends, the virtual network's"
                        + " included, and the heap that lives for each device, both ends' included; each size in a process of its"
                        + " own that was warmed alike. Bare Californium is nothing but its two endpoints over plain CoAP on the same"
                        + " network.",
                COLUMNS,
                rows,
                List.of("exchange_cpu_us", "heap_kib_each"),
                true,
                interrupted.getAsBoolean());
    }

    private Map<String, Double> row(Path folder, Progress progress, String channel, int exchanges, int size)
            throws IOException {
        progress.phase("warming, then " + size + " devices over " + channel + " in virtual time");
        try (Child fleet = Child.start(
                FleetSpeed.class,
                List.of("-Xmx" + heap),
                folder.resolve("growth.log"),
                List.of(channel, String.valueOf(exchanges), String.valueOf(size)))) {
            JsonNode answer = fleet.answer();
            Map<String, Double> values = new LinkedHashMap<>();
            for (Column column : COLUMNS) {
                if (answer.has(column.key())) {
                    values.put(column.key(), answer.get(column.key()).asDouble());
                }
            }
            return values;
        }
    }
}
