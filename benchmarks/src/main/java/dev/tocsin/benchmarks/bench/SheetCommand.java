package dev.tocsin.benchmarks.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the commands have in common that ask one question each. */
@Command(
        mixinStandardHelpOptions = true,
        version = "tocsin 0.1.0",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:measured",
            " 1:something did not come back that should",
            " 2:an option cannot be used",
            "69:this machine lacks something, or the run was stopped"
        })
abstract class SheetCommand implements Callable<Integer> {

    @Option(names = "--quick", description = "less of everything: a first impression")
    private boolean quick;

    @Option(names = "--json", paramLabel = "FILE", description = "write the figures as JSON")
    private @Nullable Path json;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "write them into RESULTS.md there, a section of its own; the project's is in benchmarks")
    private @Nullable Path report;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "a folder on the disk whose syncs are meant; default: target/bench of the checkout")
    private @Nullable Path dir;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /**
     * Measures.
     *
     * @param folders empty, removed afterwards
     */
    abstract Sheet measure(boolean less, Folders folders, Progress progress, BooleanSupplier interrupted)
            throws IOException;

    /** Measures one row of a sheet. */
    interface RowMeasurement {
        Map<String, Double> values() throws IOException;
    }

    /** A row, or none once a signal has come: it ends the processes that measure, too, and what there is by then is printed. */
    static Optional<Map<String, Double>> unlessStopped(BooleanSupplier interrupted, RowMeasurement row)
            throws IOException {
        if (interrupted.getAsBoolean()) {
            return Optional.empty();
        }
        try {
            return Optional.of(row.values());
        } catch (IOException e) {
            if (interrupted.getAsBoolean()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public Integer call() throws IOException {
        try (Stopped interrupted = Stopped.onSignal();
                Folders folders = Folders.make(dir == null ? BenchCommand.besideTheBuild() : dir)) {
            Machine machine = Machine.here(folders);
            PrintWriter err = spec.commandLine().getErr();
            BenchCommand.warn(machine, err);
            Sheet sheet = measure(quick, folders, new Progress(err), interrupted);
            SheetText.print(sheet, spec.commandLine().getOut());
            if (sheet.cutShort()) {
                return BenchCommand.UNAVAILABLE; // half a run takes no whole one's place
            }
            String typed = ("./tocsin bench "
                            + String.join(
                                    " ",
                                    spec.root().commandLine().getParseResult().originalArgs()))
                    .strip();
            if (json != null) {
                Files.writeString(json, SheetText.json(sheet, machine, typed));
            }
            if (report != null) {
                SheetText.writeSection(sheet, machine, typed, report);
            }
            return sheet.whole() ? BenchCommand.OK : BenchCommand.VIOLATED;
        }
    }
}
