package dev.tocsin.simulator.cli;

import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.eval.FallManifest;
import dev.tocsin.simulator.eval.FallsJson;
import dev.tocsin.simulator.eval.FallsPage;
import dev.tocsin.simulator.eval.FallsRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin eval falls}. */
@Command(
        name = "falls",
        description = {
            "Plays recordings of falls and of daily activities through the device's own fall detector, and counts.",
            "A fall is recognised where an alarm's impact lies within its label (0.5 s around it allowed).",
            "Blocks of samples that came late are put where they belong and counted; any other step back in time is refused."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = Exit.LIST_HEADING,
        exitCodeList = {
            " 0:played and counted",
            " 2:the recordings cannot be used",
            " 3:none of the recordings is there: nothing is said"
        })
final class FallsCommand implements Callable<Integer> {

    private static final long QUIET_NS = 2_000_000_000L;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "DIR",
            description = "a folder with manifest.csv (file,label,activity,subject,fall_start_s,fall_end_s,dataset,"
                    + "placement,acc_unit,gyro_unit,…) and the recordings that it lists (t_s,ax,ay,az,…)")
    private Path folder = Path.of("");

    @Option(names = "--json", paramLabel = "FILE", description = "writes the figures as JSON")
    private @Nullable Path json;

    @Option(
            names = "--plot",
            paramLabel = "FILE",
            description =
                    "writes a page with signal, label and the detector's inner states: of each miss and each false"
                            + " alarm, or of the recording that --only names")
    private @Nullable Path plot;

    @Option(names = "--only", paramLabel = "RECORDING", description = "plays only this one, as the manifest names it")
    private @Nullable String only;

    @Option(
            names = "--leave-subjects-out",
            description = "also leaves each subject out once, chooses thresholds on the others from a small grid, and"
                    + " tries them on the one")
    private boolean leaveOut;

    @Option(
            names = "--wet",
            paramLabel = "COLUMN",
            description = "tells the detector that it is under water wherever this column is neither empty nor null: a"
                    + " wet contact made from labels, not a recorded one")
    private @Nullable String wet;

    @ArgGroup(exclusive = false)
    private @Nullable Daily daily;

    /** What a manifest does not say that was not made for falls. */
    static final class Daily {
        @Option(
                names = "--adl",
                paramLabel = "KIND",
                required = true,
                description =
                        "takes the rows of this kind of a manifest with file,kind,activity,subject as daily activities")
        private String kind = "";

        @Option(
                names = "--placement",
                paramLabel = "WHERE",
                required = true,
                description = "where their sensor was: waist, belt, wrist, rail")
        private String placement = "";

        @Option(
                names = "--acc-unit",
                paramLabel = "UNIT",
                required = true,
                description = "what their acceleration is in: m/s^2, g, \"LSB (x 32/8192 g)\"")
        private String unit = "";
    }

    @Override
    public Integer call() {
        ResultFiles.tryOut(spec, "--json", json);
        ResultFiles.tryOut(spec, "--plot", plot);
        return switch (manifest()) {
            case FallManifest.Reading.Unusable(String why) -> invalid(why);
            case FallManifest.Reading.Read(FallManifest manifest) -> played(narrowed(manifest));
        };
    }

    private FallManifest.Reading manifest() {
        Path file = folder.resolve("manifest.csv");
        if (daily == null) {
            return FallManifest.read(file);
        }
        return FallManifest.readDaily(
                file,
                new FallManifest.Daily(
                        daily.kind,
                        FallManifest.profile(daily.placement)
                                .orElseThrow(() -> misuse("--placement is waist, belt, wrist or rail")),
                        FallManifest.unitG(daily.unit)
                                .orElseThrow(() -> misuse("--acc-unit is m/s^2, g or \"LSB (x 32/8192 g)\""))));
    }

    private FallManifest narrowed(FallManifest manifest) {
        if (only == null) {
            return manifest;
        }
        FallManifest one = manifest.only(only);
        if (one.rows().isEmpty()) {
            throw misuse("--only: the manifest lists no recording " + only + " that is there");
        }
        return one;
    }

    private ParameterException misuse(String why) {
        return new ParameterException(spec.commandLine(), why);
    }

    private int played(FallManifest manifest) {
        if (manifest.rows().isEmpty()) {
            err().println("tocsin: inconclusive: none of the recordings is there"
                    + (manifest.skipped() > 0 ? "; " + manifest.skipped() + " are listed" : ""));
            return Exit.INCONCLUSIVE;
        }
        Optional<String> wetColumn = Optional.ofNullable(wet);
        return switch (FallsRun.play(
                manifest, wetColumn, leaveOut, progress(manifest.rows().size()))) {
            case FallsRun.Result.Unusable(String why) -> invalid(why);
            case FallsRun.Result.Played(FallsRun run) -> {
                FallsText.lines(run, this::replay).forEach(spec.commandLine().getOut()::println);
                spec.commandLine().getOut().flush();
                yield written(manifest, run, wetColumn);
            }
        };
    }

    private int written(FallManifest manifest, FallsRun run, Optional<String> wetColumn) {
        boolean isWritten = ResultFiles.write(spec, json, file -> FallsJson.write(run, file))
                && ResultFiles.write(
                        spec,
                        plot,
                        file -> FallsPage.write(
                                run,
                                only == null ? run.mistaken() : manifest.rows(),
                                wetColumn,
                                this::replay,
                                Main.VERSION,
                                file));
        if (!isWritten) {
            return Exit.INVALID;
        }
        if (plot != null) {
            err().println("page in " + plot);
        }
        return Exit.OK;
    }

    /** The command that plays a recording again and draws it. */
    private String replay(String recording) {
        String name = Path.of(recording).getFileName().toString();
        List<String> words = new ArrayList<>(List.of("./tocsin", "eval", "falls", folder.toString()));
        if (daily != null) {
            words.addAll(List.of("--adl", daily.kind, "--placement", daily.placement, "--acc-unit", daily.unit));
        }
        if (wet != null) {
            words.addAll(List.of("--wet", wet));
        }
        words.addAll(List.of("--only", recording, "--plot", name.replaceFirst("\\.csv$", "") + ".html"));
        return words.stream().map(RunOutput::quoted).collect(Collectors.joining(" "));
    }

    private IntConsumer progress(int of) {
        Clock clock = new SystemClock();
        long startNs = clock.nanoTime();
        long[] nextNs = {startNs + QUIET_NS};
        return done -> {
            long nowNs = clock.nanoTime();
            if (nowNs >= nextNs[0]) {
                nextNs[0] = nowNs + QUIET_NS;
                err().printf(Locale.ROOT, "… %.0f s: %d of %d recordings%n", (nowNs - startNs) / 1e9, done, of);
                err().flush();
            }
        };
    }

    private int invalid(String why) {
        err().println("tocsin: " + why);
        return Exit.INVALID;
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
