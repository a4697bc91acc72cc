package dev.tocsin.simulator.cli;

import dev.tocsin.simulator.eval.WaterEvaluation;
import dev.tocsin.simulator.eval.WaterJson;
import dev.tocsin.simulator.eval.WaterPages;
import dev.tocsin.simulator.eval.WaterRecordings;
import dev.tocsin.simulator.run.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin eval water}. */
@Command(
        name = "water",
        description = {
            "Plays recorded distance series and swimmers' wrists through the detectors by the water.",
            "Then events and years without anybody that are made from models: no recording of a drowning exists."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = Exit.LIST_HEADING,
        exitCodeList = {
            " 0:played and counted",
            " 2:the recordings cannot be used",
            " 3:there was none of kind distance or swim: nothing is said"
        })
final class WaterCommand implements Callable<Integer> {

    private static final int MOST = 1_000_000;
    private static final double NS_PER_S = 1e9;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "DIR",
            description = "a folder with manifest.csv (file,kind,…) and the recordings of kinds distance and swim")
    private Path folder = Path.of("");

    @Option(names = "--json", paramLabel = "FILE", description = "writes the figures as JSON")
    private @Nullable Path json;

    @Option(
            names = "--plot",
            paramLabel = "FILE",
            description = "draws the recordings, and when alarms stood, on a page")
    private @Nullable Path plot;

    @Option(
            names = "--inside",
            paramLabel = "METRES",
            defaultValue = "2",
            description = "the zone of recorded distance series ends here; default: 2")
    private double insideM = 2;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "10000",
            description = "events of each kind from models; default: 10000")
    private int events = 10_000;

    @Option(
            names = "--years",
            paramLabel = "N",
            defaultValue = "2",
            description = "device-years of weather and wildlife from models; default: 2")
    private int years = 2;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "draws the models; default: 1")
    private long seed = 1;

    @Override
    public Integer call() {
        Misuse misuse = what -> new ParameterException(spec.commandLine(), what);
        misuse.requireWithin("--inside", insideM, 0.1, 20);
        misuse.requireWithin("--events", events, 1, MOST);
        misuse.requireWithin("--years", years, 1, 1_000);
        PrintWriter err = spec.commandLine().getErr();
        ResultFiles.tryOut(spec, "--json", json);
        ResultFiles.tryOut(spec, "--plot", plot);
        List<String> kinds = List.of(WaterRecordings.DISTANCE, WaterRecordings.SWIM);
        return switch (WaterRecordings.read(folder, kinds)) {
            case WaterRecordings.Reading.Unusable(String why) -> {
                err.println("tocsin: " + why);
                yield Exit.INVALID;
            }
            case WaterRecordings.Reading.Read(WaterRecordings recordings) -> {
                Progress progress = new PlainProgress(err);
                WaterEvaluation.Options options = new WaterEvaluation.Options(insideM, events, years, seed);
                yield told(WaterEvaluation.of(recordings, options, new Watcher(progress)), recordings, options, err);
            }
        };
    }

    private int told(
            WaterEvaluation evaluation, WaterRecordings recordings, WaterEvaluation.Options options, PrintWriter err) {
        print(evaluation, spec.commandLine().getOut());
        boolean isWritten = ResultFiles.write(spec, json, file -> WaterJson.write(evaluation, file))
                && ResultFiles.write(
                        spec,
                        plot,
                        file -> WaterPages.write(recordings, options, ResultFiles.replay(spec), Main.VERSION, file));
        if (!isWritten) {
            return Exit.INVALID;
        }
        if (plot != null) {
            err.println("page in " + plot);
        }
        if (evaluation.isEmpty()) {
            err.println("tocsin: inconclusive: no recording of kind distance or swim is there");
            return Exit.INCONCLUSIVE;
        }
        return Exit.OK;
    }

    private static void print(WaterEvaluation evaluation, PrintWriter out) {
        for (WaterEvaluation.Zone z : evaluation.zones()) {
            out.printf(
                    Locale.ROOT,
                    "%s: %d readings, %d time-outs; zone to %.2f m: %d intrusions, %d of them unexplained; from time-outs"
                            + " alone and in %d storms of them: %d%n",
                    z.file(),
                    z.readings(),
                    z.timeOuts(),
                    z.insideM(),
                    z.intrusions(),
                    z.unexplained(),
                    z.storms(),
                    z.fromTimeOuts());
        }
        WaterEvaluation.Swims s = evaluation.swims();
        if (s.recordings() > 0) {
            out.printf(
                    Locale.ROOT,
                    "swimmers' wrists, probe modelled wet: %d recordings, %.2f h: %d drowning alarms, %d of them while"
                            + " swimming%n",
                    s.recordings(),
                    s.hours(),
                    s.alarms(),
                    s.whileSwimming());
        }
        if (!evaluation.modelled().isEmpty()) {
            out.println("from models, not from recordings; no recording of a drowning exists in public:");
        }
        for (WaterEvaluation.Modelled m : evaluation.modelled()) {
            out.printf(
                    Locale.ROOT,
                    "  %-10s %6d events: %d found, %d missed, %d raised before; s to the alarm p50 %.1f, p99 %.1f, max %.1f%n",
                    m.event(),
                    m.events(),
                    m.found(),
                    m.missed(),
                    m.early(),
                    m.delay().p50Ms() / 1_000,
                    m.delay().p99Ms() / 1_000,
                    m.delay().maxMs() / 1_000);
        }
        for (WaterEvaluation.Falsely f : evaluation.falsely()) {
            out.printf(
                    Locale.ROOT,
                    "  %-24s %d device-years: %d false alarms, %.1f a device-year%n",
                    f.cause(),
                    f.years(),
                    f.alarms(),
                    f.perDeviceYear());
        }
        if (evaluation.skipped() > 0) {
            out.println(evaluation.skipped() + " files of the manifest are not there and were skipped");
        }
        out.flush();
    }

    /** Tells how far it is, with the time since its phase began. */
    private static final class Watcher implements WaterEvaluation.Watcher {
        private static final int EVERY = 64;

        private final Progress progress;
        private long startNs;

        Watcher(Progress progress) {
            this.progress = progress;
        }

        @Override
        public void phase(String what) {
            startNs = System.nanoTime();
            progress.phase(what);
        }

        @Override
        public void done(int done, int of) {
            if (done % EVERY == 0) {
                double elapsedS = (System.nanoTime() - startNs) / NS_PER_S;
                progress.counting(new Progress.Counting(elapsedS, done, of, "played", "from models"));
            }
        }
    }
}
