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
import java.util.function.Consumer;
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
            " 3:nothing was, but too few cuts met a press between its contact and its receipts; or stopped before its end",
            "69:this machine lacks something, or the board does not start"
        })
final class BoardWalkCommand implements Callable<Integer>, WalkOptions.Walk<WalkResult> {

    private static final int MOST = 10_000;

    @Mixin
    private WalkOptions options = new WalkOptions();

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

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        return options.play(this, spec);
    }

    @Override
    public Optional<String> mistake() {
        if (presses < 0 || presses > MOST) {
            return Optional.of("--presses " + presses + ": 0 to " + MOST);
        }
        return cuts < 0 || cuts > MOST ? Optional.of("--cuts " + cuts + ": 0 to " + MOST) : Optional.empty();
    }

    @Override
    public WalkResult play(BoardImage image, Path deb, Path home, long seed, Consumer<String> progress)
            throws IOException, InterruptedException {
        return BoardWalk.walk(
                image,
                home,
                new BoardWalk.Plan(presses, cuts),
                new SplittableRandom(seed),
                new SystemClock(),
                progress);
    }

    @Override
    public Verdict verdict(WalkResult result) {
        return result.verdict();
    }

    @Override
    public String tooLittle() {
        return "too few cuts met a press between its contact and its receipts";
    }

    @Override
    public void tell(WalkResult r, PrintWriter out) {
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

    @Override
    public void put(WalkResult r, Map<String, Object> fields) {
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
