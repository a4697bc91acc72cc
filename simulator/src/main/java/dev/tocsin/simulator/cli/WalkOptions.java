package dev.tocsin.simulator.cli;

import dev.tocsin.simulator.check.Verdict;
import dev.tocsin.simulator.emulated.BoardImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What walks with an emulated board have in common: options, and how one is played and told. */
final class WalkOptions {

    @Mixin
    private BoardOptions board = new BoardOptions();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "of the instants; default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "write the result there")
    private @Nullable Path json;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "keep disk, ledgers and console there; default: thrown away if all held")
    private @Nullable Path folder;

    /**
     * One kind of walk.
     *
     * @param <R> what came of it
     */
    interface Walk<R> {

        /** Why it cannot be played as it is asked for. */
        Optional<String> mistake();

        /** Plays it. Blocks. */
        R play(BoardImage image, Path deb, Path home, long seed, Consumer<String> progress)
                throws IOException, InterruptedException;

        Verdict verdict(R result);

        /** Why it may be inconclusive. */
        String tooLittle();

        void tell(R result, PrintWriter out);

        /** Puts what its JSON has beside seed, verdict and caveat. */
        void put(R result, Map<String, Object> fields);
    }

    /** Plays a walk to its end. Blocks for minutes. Returns the exit code. */
    <R> int play(Walk<R> walk, CommandSpec spec) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Optional<String> mistake = walk.mistake().or(this::mistake);
        BoardOptions.Choice deb = board.find();
        if (mistake.isEmpty() && deb instanceof BoardOptions.Choice.Missing(String why)) {
            mistake = Optional.of(why);
        }
        if (mistake.isPresent()) {
            spec.commandLine().getErr().println(mistake.get());
            return Exit.INVALID;
        }
        Thread main = Thread.currentThread();
        try (Interrupt interrupt = Interrupt.onSignal();
                WorkFolder work = WorkFolder.open(folder)) {
            interrupt.onCome(main::interrupt);
            R result = play(walk, ((BoardOptions.Choice.Found) deb).file(), work, out);
            walk.tell(result, out);
            Verdict verdict = walk.verdict(result);
            if (json != null) {
                BoardReport.write(json, fields(walk, result));
            }
            if (verdict != Verdict.HELD) {
                work.keep();
            }
            BoardReport.conclude(verdict, walk.tooLittle(), work.path(), out);
            return Exit.of(verdict);
        } catch (InterruptedException e) {
            out.println("stopped before its end: nothing is known");
            out.flush();
            return Exit.INCONCLUSIVE;
        }
    }

    private Optional<String> mistake() {
        if (folder != null && !WorkFolder.isFree(folder)) {
            return Optional.of("--folder " + folder + " is no empty folder: name a new one");
        }
        return Optional.ofNullable(json).flatMap(file -> Outputs.file("--json", file));
    }

    private <R> R play(Walk<R> walk, Path deb, WorkFolder work, PrintWriter out)
            throws IOException, InterruptedException {
        BoardImage image = BoardImage.prepare(board.checkout(), deb);
        try {
            return walk.play(image, deb, work.path().toAbsolutePath(), seed, BoardReport.to(out));
        } catch (IOException e) {
            work.keep();
            throw new IOException(e.getMessage() + " (all of it: " + work.path().resolve("console.log") + ")", e);
        }
    }

    private <R> Map<String, Object> fields(Walk<R> walk, R result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("seed", seed);
        fields.put("verdict", walk.verdict(result).word());
        fields.put("held", walk.verdict(result) == Verdict.HELD);
        walk.put(result, fields);
        fields.put("caveat", BoardReport.CAVEAT);
        return fields;
    }
}
