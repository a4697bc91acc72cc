package dev.tocsin.simulator.cli;

import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.check.Verdict;
import dev.tocsin.simulator.emulated.BoardImage;
import dev.tocsin.simulator.emulated.BoardWalk;
import dev.tocsin.simulator.emulated.WalkResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin board walk}: an emulated board without hands. */
@Command(
        name = "walk",
        description = {
            "Sets an emulated board up with the claim on its label, presses its button, cuts its power around presses and in its"
                    + " starts, and compares both centres' ledgers with what was done and with what the board's words prove.",
            "Takes minutes. Times are those of an emulation: a board is many times faster."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = Exit.LIST_HEADING,
        exitCodeList = {
            " 0:nothing durable was lost, doubled or reused",
            " 1:something was",
            " 2:an option is wrong, or there is no package",
            " 3:nothing was, but no cut met a press between its contact and its receipts; or stopped before its end",
            "69:this machine lacks something, or the board does not start"
        })
final class BoardWalkCommand implements Callable<Integer> {

    private static final int MOST = 10_000;

    @Mixin
    private BoardOptions options = new BoardOptions();

    @Option(
            names = "--presses",
            paramLabel = "N",
            defaultValue = "100",
            description = "with the power on; default: ${DEFAULT-VALUE}")
    private int presses;

    @Option(
            names = "--cuts",
            paramLabel = "N",
            defaultValue = "20",
            description = "of the power; default: ${DEFAULT-VALUE}")
    private int cuts;

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

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Optional<String> mistake = mistake();
        if (mistake.isPresent()) {
            err.println(mistake.get());
            return Exit.INVALID;
        }
        BoardOptions.Choice deb = options.find();
        if (deb instanceof BoardOptions.Choice.Missing(String why)) {
            err.println(why);
            return Exit.INVALID;
        }
        Thread main = Thread.currentThread();
        try (Interrupt interrupt = Interrupt.onSignal();
                WorkFolder work = WorkFolder.open(folder)) {
            interrupt.onCome(main::interrupt);
            BoardImage image = BoardImage.prepare(options.checkout(), ((BoardOptions.Choice.Found) deb).file());
            WalkResult result = walk(image, work, out);
            tell(result, out);
            if (json != null) {
                BoardReport.write(json, fields(result));
            }
            if (result.verdict() != Verdict.HELD) {
                work.keep();
            }
            BoardReport.conclude(
                    result.verdict(), "no cut met a press between its contact and its receipts", work.path(), out);
            return Exit.of(result.verdict());
        } catch (InterruptedException e) {
            out.println("stopped before its end: nothing is known");
            out.flush();
            return Exit.INCONCLUSIVE;
        }
    }

    private WalkResult walk(BoardImage image, WorkFolder work, PrintWriter out)
            throws IOException, InterruptedException {
        try {
            return BoardWalk.walk(
                    image,
                    work.path().toAbsolutePath(),
                    new BoardWalk.Plan(presses, cuts, seed),
                    new SplittableRandom(seed),
                    new SystemClock(),
                    BoardReport.to(out));
        } catch (IOException e) {
            work.keep();
            throw new IOException(e.getMessage() + " (all of it: " + work.path().resolve("console.log") + ")", e);
        }
    }

    private Optional<String> mistake() {
        if (presses < 0 || presses > MOST) {
            return Optional.of("--presses " + presses + ": 0 to " + MOST);
        }
        if (cuts < 0 || cuts > MOST) {
            return Optional.of("--cuts " + cuts + ": 0 to " + MOST);
        }
        if (folder != null && !WorkFolder.isFree(folder)) {
            return Optional.of("--folder " + folder + " is no empty folder: name a new one");
        }
        return Optional.ofNullable(json).flatMap(file -> Outputs.file("--json", file));
    }

    private static void tell(WalkResult r, PrintWriter out) {
        out.printf(
                "%d presses, %d delivered to both ledgers with both receipts verified, %d lit the lamp%n",
                r.pressed(), r.delivered(), r.toLamp().size());
        out.printf(
                "%d power cuts, %d of them armed, %d around a press: %d between contact and kept, %d between kept and the"
                        + " receipts, %d elsewhere, as far as the board had told%n",
                r.cuts(),
                r.cutArmed(),
                r.pressedAtCuts(),
                r.cutsBeforeKept(),
                r.cutsBeforeReceipts(),
                r.cutsElsewhere());
        out.printf(
                "events raised %d, durable %d, undurable %d; lost %d, duplicated %d, ids reused %d, conflicts %d; presses in the ledgers: %s%n",
                r.raised(),
                r.durable(),
                r.undurable(),
                r.ledgers().lost().size(),
                r.ledgers().duplicated(),
                r.ledgers().reused().size(),
                r.ledgers().conflicts(),
                r.ledgers().presses());
        out.printf(
                "median ms: press to lamp %.0f, to both ledgers %.0f, to both receipts told %.0f; switched on to armed %.0f%n",
                WalkResult.median(r.toLamp()),
                WalkResult.median(r.toLedger()),
                WalkResult.median(r.toReceipt()),
                WalkResult.median(r.toArmed()));
        BoardReport.tell(r.phases(), out);
        r.ledgers().lost().forEach(id -> out.println("lost: " + id));
        r.ledgers().reused().forEach(id -> out.println("reused: " + id));
    }

    private static Map<String, Object> fields(WalkResult r) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("seed", r.seed());
        fields.put("verdict", r.verdict().word());
        fields.put("held", r.verdict() == Verdict.HELD);
        fields.put("presses", r.pressed());
        fields.put("delivered", r.delivered());
        fields.put("cuts", r.cuts());
        fields.put("cuts_armed", r.cutArmed());
        fields.put("presses_at_cuts", r.pressedAtCuts());
        fields.put("cuts_between_contact_and_kept", r.cutsBeforeKept());
        fields.put("cuts_between_kept_and_receipts", r.cutsBeforeReceipts());
        fields.put("cuts_at_presses_elsewhere", r.cutsElsewhere());
        fields.put("raised", r.raised());
        fields.put("durable", r.durable());
        fields.put("undurable", r.undurable());
        fields.put("lost", r.ledgers().lost().size());
        fields.put("duplicated", r.ledgers().duplicated());
        fields.put("reused", r.ledgers().reused().size());
        fields.put("conflicts", r.ledgers().conflicts());
        fields.put("presses_in_ledgers", r.ledgers().presses());
        fields.put("press_to_lamp_ms", times(r.toLamp()));
        fields.put("press_to_ledgers_ms", times(r.toLedger()));
        fields.put("press_to_receipts_ms", times(r.toReceipt()));
        fields.put("switched_on_to_armed_ms", times(r.toArmed()));
        fields.put("seconds", BoardReport.fields(r.phases()));
        fields.put("caveat", BoardReport.CAVEAT);
        return fields;
    }

    private static Map<String, Object> times(List<Double> values) {
        Map<String, Object> times = new LinkedHashMap<>();
        times.put("count", values.size());
        if (!values.isEmpty()) {
            times.put("median", WalkResult.median(values));
            times.put("max", values.stream().mapToDouble(v -> v).max().orElseThrow());
        }
        return times;
    }
}
