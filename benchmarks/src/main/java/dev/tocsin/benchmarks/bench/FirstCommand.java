package dev.tocsin.benchmarks.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tocsin.benchmarks.apart.Child;
import dev.tocsin.benchmarks.apart.DeviceMain;
import dev.tocsin.benchmarks.bench.Sheet.Column;
import dev.tocsin.benchmarks.bench.Sheet.Row;
import dev.tocsin.benchmarks.load.Latencies;
import dev.tocsin.benchmarks.path.Cast;
import dev.tocsin.benchmarks.path.CastFile;
import dev.tocsin.benchmarks.path.Paths;
import dev.tocsin.benchmarks.path.Site;
import dev.tocsin.benchmarks.path.Tocsin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tocsin bench first}. */
@Command(
        name = "first",
        description = {
            "The first alarm of a fresh process: with its session up, as a device that has been armed has it, and without,",
            "handshake included, resumed or full; beside a device that has raised thousands. A process for each, in turns.",
            "A few minutes.",
            ""
        })
final class FirstCommand extends SheetCommand {

    private static final int PROCESSES = 50;
    private static final int FEW_PROCESSES = 5;
    private static final int WARM_UP = 5_000;
    private static final int SHORT_WARM_UP = 500;
    private static final int TURN = 100;
    private static final double PER_SECOND = 125;
    private static final double NS_IN_US = 1e3;

    @Option(
            names = "--processes",
            paramLabel = "N",
            description = "fresh processes of each kind; default: 50, with --quick 5")
    private int processes;

    /** What fresh processes took. */
    private static final class Fresh {
        private final Latencies first = new Latencies();
        private final Histogram armedMs = new Histogram(3);
        private final Histogram readyMs = new Histogram(3);
        private final Histogram signedUs = new Histogram(3);
        private final Histogram sentUs = new Histogram(3);

        void add(JsonNode answer) {
            first.took((long) (answer.get("first_us").asDouble() * NS_IN_US));
            armedMs.recordValue(answer.get("armed_ms").asLong());
            readyMs.recordValue(answer.get("ready_ms").asLong());
            signedUs.recordValue(answer.get("signed_us").asLong());
            sentUs.recordValue(answer.get("sent_us").asLong());
        }

        Map<String, Double> values(Latencies warm) {
            Map<String, Double> values = FirstCommand.values(first, warm);
            values.put("signed_us", (double) signedUs.getValueAtPercentile(50));
            values.put("sent_us", (double) sentUs.getValueAtPercentile(50));
            values.put("armed_ms", (double) armedMs.getValueAtPercentile(50));
            values.put("ready_ms", (double) readyMs.getValueAtPercentile(50));
            return values;
        }
    }

    @Override
    Sheet measure(boolean less, Folders folders, Progress progress, BooleanSupplier interrupted) throws IOException {
        Path folder = folders.disk();
        int count = processes > 0 ? processes : less ? FEW_PROCESSES : PROCESSES;
        Cast cast = Cast.of("127.0.0.1", 1 + 2 * count);
        CastFile.write(cast, folder.resolve("cast.json"));
        Latencies warm = new Latencies();
        Fresh session = new Fresh();
        Fresh resumed = new Fresh();
        Fresh cold = new Fresh();
        boolean cut = false;
        Site site = Site.loopback(folder);
        try (Tocsin centre = Paths.ours(site, cast);
                Child old = start(folder, 0, centre.addresses(site).getFirst(), DeviceMain.SESSION)) {
            progress.phase("warming one device and the centre");
            JsonNode unused = old.answer();
            more(old, less ? SHORT_WARM_UP : WARM_UP, 2 * PER_SECOND);
            progress.phase(count + " fresh processes with a session, as many that resume it, and as many without");
            for (int i = 0; i < count && !cut; i++) {
                String address = centre.addresses(site).getFirst();
                session.add(once(folder, 1 + 2 * i, address, DeviceMain.SESSION));
                resumed.add(once(folder, 1 + 2 * i, address, DeviceMain.COLD)); // the same device, started again
                cold.add(once(folder, 2 + 2 * i, address, DeviceMain.COLD));
                warm.add(more(old, TURN, PER_SECOND));
                progress.still("process " + (i + 1) + " of " + count);
                cut = interrupted.getAsBoolean();
            }
        } catch (IOException e) {
            cut = interrupted.getAsBoolean();
            if (!cut) {
                throw e;
            }
        }
        return sheet(warm, session, resumed, cold, cut);
    }

    private static Child start(Path folder, int device, String address, String kind) throws IOException {
        return Child.start(
                DeviceMain.class,
                List.of(),
                folder.resolve("device-" + device + ".log"),
                List.of(
                        folder.resolve("cast.json").toString(),
                        String.valueOf(device),
                        address,
                        Files.createDirectories(folder.resolve("devices").resolve(String.valueOf(device)))
                                .toString(),
                        kind));
    }

    private static JsonNode once(Path folder, int device, String address, String kind) throws IOException {
        try (Child child = start(folder, device, address, kind)) {
            return child.answer();
        }
    }

    private static Latencies more(Child device, int alarms, double perSecond) throws IOException {
        device.ask(alarms + " " + perSecond);
        return Latencies.decoded(device.answer().get("latencies").asText());
    }

    private static Map<String, Double> values(Latencies latencies, Latencies warm) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("alarms", (double) latencies.count());
        values.put("p50_us", latencies.p50Us());
        values.put("p99_us", latencies.p99Us());
        values.put("max_us", latencies.maxUs());
        values.put("ratio_p50", latencies.p50Us() / warm.p50Us());
        values.put("ratio_p99", latencies.p99Us() / warm.p99Us());
        return values;
    }

    private static Sheet sheet(Latencies warm, Fresh session, Fresh resumed, Fresh cold, boolean cut) {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("warm, thousands before it", values(warm, warm)));
        rows.add(new Row("first, session up", session.values(warm)));
        rows.add(new Row("first, session resumed", resumed.values(warm)));
        rows.add(new Row("first, full handshake", cold.values(warm)));
        return new Sheet(
                "first",
                "The first alarm of a fresh process",
                "A signed alarm over DTLS to its verified receipt, the device in a process of its own, the centre in another"
                        + " and warm. Each fresh process raises one alarm, the first of its life; in between the warm one raises"
                        + " " + TURN + " at " + (int) PER_SECOND
                        + " a second. Armed and ready are medians from the start of the"
                        + " JVM: armed means that a press counts, ready that the centre has answered. x is times the warm"
                        + " device. What has a session raises its alarm "
                        + DeviceMain.REST_S
                        + " s after the centre's first answer, when nothing of its start goes on any more; what has none raises its alarm as soon as it is armed: all that speaks with a centre is loaded"
                        + " only then.",
                List.of(
                        new Column("alarms", "alarms", 0),
                        new Column("p50_us", "p50 us", 0),
                        new Column("p99_us", "p99 us", 0),
                        new Column("max_us", "slowest us", 0),
                        new Column("ratio_p50", "p50 x", 2),
                        new Column("ratio_p99", "p99 x", 2),
                        new Column("signed_us", "p50 to signature us", 0),
                        new Column("sent_us", "p50 to datagram us", 0),
                        new Column("armed_ms", "armed ms", 0),
                        new Column("ready_ms", "ready ms", 0)),
                rows,
                List.of("p99_us"),
                warm.failed() == 0,
                cut);
    }
}
