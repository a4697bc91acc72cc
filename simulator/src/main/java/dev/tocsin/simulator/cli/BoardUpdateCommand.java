package dev.tocsin.simulator.cli;

import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.check.Verdict;
import dev.tocsin.simulator.emulated.BoardImage;
import dev.tocsin.simulator.emulated.BoardUpdateWalk;
import dev.tocsin.simulator.emulated.UpdateWalkResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
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

/** {@code tocsin board update}: updates of an emulated board, without hands. */
@Command(
        name = "update",
        description = {
            "Sets an emulated board up, rolls newer versions out to it and cuts its power in their download and at their switch;"
                    + " then rolls out one that crashes at its start, which the board has to leave by itself; and presses its"
                    + " button in the end.",
            "Takes many minutes: each cut is a start of an emulated machine, and the program comes kilobyte by kilobyte."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = Exit.LIST_HEADING,
        exitCodeList = {
            " 0:each good version was confirmed, the bad one rolled back, and the press is in both ledgers",
            " 1:not so",
            " 2:an option is wrong, or there is no package",
            " 3:all of that, but the power was cut less often than asked where it was asked; or stopped before its end",
            "69:this machine lacks something, or the board does not start or go on"
        })
final class BoardUpdateCommand implements Callable<Integer>, WalkOptions.Walk<UpdateWalkResult> {

    private static final int MOST = 1_000;

    @Mixin
    private WalkOptions options = new WalkOptions();

    @Option(
            names = "--cuts",
            paramLabel = "N",
            defaultValue = "4",
            description = "of the power, up to four for each version after the first; default: ${DEFAULT-VALUE}")
    private int cuts;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        return options.play(this, spec);
    }

    @Override
    public Optional<String> mistake() {
        return cuts < 0 || cuts > MOST ? Optional.of("--cuts " + cuts + ": 0 to " + MOST) : Optional.empty();
    }

    @Override
    public UpdateWalkResult play(BoardImage image, Path deb, Path home, long seed, Consumer<String> progress)
            throws IOException, InterruptedException {
        return BoardUpdateWalk.walk(
                image,
                deb,
                home,
                new BoardUpdateWalk.Plan(cuts),
                new SplittableRandom(seed),
                new SystemClock(),
                progress);
    }

    @Override
    public Verdict verdict(UpdateWalkResult result) {
        return result.verdict();
    }

    @Override
    public String tooLittle() {
        return "too few power cuts fell where they were asked";
    }

    @Override
    public void tell(UpdateWalkResult r, PrintWriter out) {
        out.printf(
                "%d versions rolled out, %d confirmed and told to the centre; power cut %d times of %d in the download, %d of %d"
                        + " at the switch; %d of all cuts in a start%n",
                r.updates(),
                r.confirmed(),
                r.cutsInDownload(),
                r.askedInDownload(),
                r.cutsAtSwitch(),
                r.askedAtSwitch(),
                r.cutsInStarts());
        out.printf(
                "the one that crashes: %s; the centre was told: %s%n",
                r.crashRolledBack() ? "rolled back" : "NOT rolled back",
                r.crashTold().isEmpty() ? "nothing" : r.crashTold());
        out.printf(
                "the press in the end: %s; lost %d, duplicated %d, ids reused %d, conflicts %d, undurable %d; presses in the"
                        + " ledgers: %s%n",
                r.delivered() ? "in both ledgers, both receipts verified" : "NOT delivered",
                r.ledgers().lost().size(),
                r.ledgers().duplicated(),
                r.ledgers().reused().size(),
                r.ledgers().conflicts(),
                r.undurable(),
                r.ledgers().presses());
        BoardReport.tell(r.phases(), out);
    }

    @Override
    public void put(UpdateWalkResult r, Map<String, Object> fields) {
        fields.put("updates", r.updates());
        fields.put("confirmed", r.confirmed());
        fields.put("cuts_asked_in_download", r.askedInDownload());
        fields.put("cuts_asked_at_switch", r.askedAtSwitch());
        fields.put("cuts_in_download", r.cutsInDownload());
        fields.put("cuts_at_switch", r.cutsAtSwitch());
        fields.put("cuts_in_starts", r.cutsInStarts());
        fields.put("crash_rolled_back", r.crashRolledBack());
        fields.put("crash_told", r.crashTold());
        fields.put("delivered", r.delivered());
        fields.put("lost", r.ledgers().lost().size());
        fields.put("duplicated", r.ledgers().duplicated());
        fields.put("reused", r.ledgers().reused().size());
        fields.put("conflicts", r.ledgers().conflicts());
        fields.put("undurable", r.undurable());
        fields.put("presses_in_ledgers", r.ledgers().presses());
        fields.put("to_confirmed_s", r.toConfirmed());
        fields.put("seconds", BoardReport.fields(r.phases()));
    }
}
