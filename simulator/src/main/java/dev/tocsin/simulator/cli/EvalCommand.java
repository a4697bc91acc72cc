package dev.tocsin.simulator.cli;

import dev.tocsin.firmware.board.Debouncer;
import dev.tocsin.simulator.eval.BounceEvaluation;
import dev.tocsin.simulator.eval.BounceJson;
import dev.tocsin.simulator.eval.Recordings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin eval}: detectors on recordings, verifiers on vectors. */
@Command(
        name = "eval",
        description =
                "Plays recordings through a detector, or vectors through the verifiers, and counts what they make of them.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            EvalCommand.Bounce.class,
            FallsCommand.class,
            WaterCommand.class,
            LevelCommand.class,
            VectorsCommand.class
        })
final class EvalCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say what to evaluate: bounce, falls, water, level or vectors");
    }

    /** {@code bounce}. */
    @Command(
            name = "bounce",
            description = {
                "Plays recorded switches through the firmware's debouncer, edge by edge.",
                "Counts what it decides before any latch; the decision time starts at the first edge."
            },
            mixinStandardHelpOptions = true,
            exitCodeListHeading = Exit.LIST_HEADING,
            exitCodeList = {
                " 0:played and counted",
                " 2:the recordings cannot be used",
                " 3:there was no press among them: nothing is said"
            })
    static final class Bounce implements Callable<Integer> {

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(
                paramLabel = "DIR",
                description = "a folder with manifest.csv (file,session,action,…) and the recordings that it lists")
        private Path folder = Path.of("");

        @Option(names = "--json", paramLabel = "FILE", description = "writes the figures as JSON")
        private @Nullable Path json;

        @Option(
                names = "--seed",
                paramLabel = "N",
                defaultValue = "1",
                description = "draws the synthetic glitches; default: 1")
        private long seed = 1;

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            PrintWriter err = spec.commandLine().getErr();
            ResultFiles.tryOut(spec, "--json", json);
            return switch (Recordings.read(folder.resolve("manifest.csv"))) {
                case Recordings.Reading.Unusable(String why) -> {
                    err.println("tocsin: " + why);
                    yield Exit.INVALID;
                }
                case Recordings.Reading.Read(Recordings recordings) -> {
                    BounceEvaluation evaluation = BounceEvaluation.of(recordings, Debouncer.Settings.DEFAULT, seed);
                    print(evaluation, out);
                    yield ResultFiles.write(spec, json, file -> BounceJson.write(evaluation, file))
                            ? enough(evaluation, err)
                            : Exit.INVALID;
                }
            };
        }

        private static int enough(BounceEvaluation evaluation, PrintWriter err) {
            if (evaluation.all().expected() > 0) {
                return Exit.OK;
            }
            err.println("tocsin: inconclusive: " + evaluation.all().traces() + " recordings, and no press among them");
            return Exit.INCONCLUSIVE;
        }

        private static void print(BounceEvaluation evaluation, PrintWriter out) {
            out.printf(
                    "%-10s%8s%10s%12s%8s%9s%18s%8s%8s%n",
                    "session",
                    "traces",
                    "expected",
                    "recognised",
                    "missed",
                    "doubled",
                    "decision ms p50",
                    "p99",
                    "max");
            evaluation.by().forEach((session, score) -> print(session, score, out));
            print("all", evaluation.all(), out);
            if (evaluation.skipped() > 0) {
                out.println(evaluation.skipped() + " files of the manifest are not there and were skipped");
            }
            out.println(evaluation.glitches().count() + " synthetic glitches under 2 ms: "
                    + evaluation.glitches().alarms() + " alarms");
            out.flush();
        }

        private static void print(String name, BounceEvaluation.Score s, PrintWriter out) {
            if (s.recognised() == 0) {
                out.printf(
                        Locale.ROOT,
                        "%-10s%8d%10d%12d%8d%9d%18s%8s%8s%n",
                        name,
                        s.traces(),
                        s.expected(),
                        s.recognised(),
                        s.missed(),
                        s.doubled(),
                        "-",
                        "-",
                        "-");
                return;
            }
            out.printf(
                    Locale.ROOT,
                    "%-10s%8d%10d%12d%8d%9d%18.2f%8.2f%8.2f%n",
                    name,
                    s.traces(),
                    s.expected(),
                    s.recognised(),
                    s.missed(),
                    s.doubled(),
                    s.decision().p50Ms(),
                    s.decision().p99Ms(),
                    s.decision().maxMs());
        }
    }
}
