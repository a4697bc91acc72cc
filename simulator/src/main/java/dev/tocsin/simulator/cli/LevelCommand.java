package dev.tocsin.simulator.cli;

import dev.tocsin.simulator.eval.LevelEvaluation;
import dev.tocsin.simulator.eval.WaterJson;
import dev.tocsin.simulator.eval.WaterPages;
import dev.tocsin.simulator.eval.WaterRecordings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin eval level}. */
@Command(
        name = "level",
        description = {
            "Plays recorded water gauges through the water level detector.",
            "Beside it a plain count of crossings, which shares no code with it, says what was to be found. Then the same",
            "with spikes, gaps and frozen stretches put in."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = Exit.LIST_HEADING,
        exitCodeList = {
            " 0:played and counted",
            " 2:the recordings cannot be used",
            " 3:no gauge crossed its level: nothing is said"
        })
final class LevelCommand implements Callable<Integer> {

    private static final int MOST_RUNS = 10_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "DIR",
            description =
                    "a folder with manifest.csv (file,kind,…) and the recordings of kind water_level that it lists")
    private Path folder = Path.of("");

    @Option(names = "--json", paramLabel = "FILE", description = "writes the figures as JSON")
    private @Nullable Path json;

    @Option(
            names = "--plot",
            paramLabel = "FILE",
            description = "draws the recordings, and when alarms stood, on a page")
    private @Nullable Path plot;

    @Option(
            names = "--warning",
            paramLabel = "METRES",
            description = "the warning level; default: what 90 %% of a series stay below, to the centimetre")
    private @Nullable Double warningM;

    @Option(names = "--danger", paramLabel = "METRES", description = "the danger level; default: what 99 %% stay below")
    private @Nullable Double dangerM;

    @Option(
            names = "--fastest",
            paramLabel = "M/H",
            defaultValue = "1.2",
            description = "faster this water never goes, metres an hour; default: 1.2")
    private double fastestMPerHour = 1.2;

    @Option(
            names = "--frozen-hours",
            paramLabel = "H",
            defaultValue = "168",
            description = "the same reading for so long is a frozen gauge; default: 168")
    private int frozenHours = 168;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "20",
            description = "how often disturbances are drawn for each gauge; default: 20")
    private int runs = 20;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "draws them; default: 1")
    private long seed = 1;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        ResultFiles.tryOut(spec, "--json", json);
        ResultFiles.tryOut(spec, "--plot", plot);
        LevelEvaluation.Options options = options();
        return switch (WaterRecordings.read(folder, List.of(WaterRecordings.LEVEL))) {
            case WaterRecordings.Reading.Unusable(String why) -> {
                err.println("tocsin: " + why);
                yield Exit.INVALID;
            }
            case WaterRecordings.Reading.Read(WaterRecordings recordings) ->
                evaluate(LevelEvaluation.of(recordings, options), err);
        };
    }

    private LevelEvaluation.Options options() {
        Misuse misuse = what -> new ParameterException(spec.commandLine(), what);
        misuse.requireWithin("--fastest", fastestMPerHour, 0.001, 1_000);
        misuse.requireWithin("--frozen-hours", frozenHours, 1, 90 * 24);
        misuse.requireWithin("--runs", runs, 0, MOST_RUNS);
        if (warningM != null) {
            misuse.requireWithin("--warning", warningM, -20, 100);
        }
        if (dangerM != null) {
            misuse.requireWithin("--danger", dangerM, warningM == null ? -20 : warningM, 100);
        }
        return new LevelEvaluation.Options(
                optional(warningM), optional(dangerM), fastestMPerHour, Duration.ofHours(frozenHours), runs, seed);
    }

    private static OptionalDouble optional(@Nullable Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private int evaluate(LevelEvaluation evaluation, PrintWriter err) {
        print(evaluation, spec.commandLine().getOut());
        boolean isWritten = ResultFiles.write(spec, json, file -> WaterJson.write(evaluation, file))
                && ResultFiles.write(
                        spec, plot, file -> WaterPages.write(evaluation, ResultFiles.replay(spec), Main.VERSION, file));
        if (!isWritten) {
            return Exit.INVALID;
        }
        if (plot != null) {
            err.println("page in " + plot);
        }
        if (evaluation.isEmpty()) {
            err.println(
                    "tocsin: inconclusive: " + evaluation.scores().size() + " gauges, and none that crosses its level");
            return Exit.INCONCLUSIVE;
        }
        return Exit.OK;
    }

    private static void print(LevelEvaluation evaluation, PrintWriter out) {
        for (LevelEvaluation.Score s : evaluation.scores()) {
            out.printf(
                    Locale.ROOT,
                    "%s: %d rows in %.0f h, %d gaps; warning %.2f m, danger %.2f m, fastest %.2f m/h%n",
                    s.series().file(),
                    s.series().timesNs().length,
                    s.series().hours(),
                    s.gaps(),
                    s.settings().warningM(),
                    s.settings().dangerM(),
                    s.settings().fastestMPerHour());
            print("as recorded", s.recorded(), out);
            print("disturbed", s.disturbed(), out);
            out.printf(
                    "  put in: %d spikes of one row, 3 to 10 m; %d gaps; %d frozen stretches, %d told as frozen%n",
                    s.spikes(), s.holes(), s.stretches(), s.frozenTold());
        }
        if (evaluation.skipped() > 0) {
            out.println(evaluation.skipped() + " files of the manifest are not there and were skipped");
        }
        out.flush();
    }

    private static void print(String name, LevelEvaluation.Count c, PrintWriter out) {
        out.printf(
                "  %-12s %6d crossings: %d found, %d while it stands, %d late, %d missed; %d false; at most %d rows late%n",
                name, c.crossings(), c.found(), c.standing(), c.late(), c.missed(), c.wrong(), c.longestDelay());
    }
}
