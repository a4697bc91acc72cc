package dev.tocsin.simulator.cli;

import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.check.Verdict;
import dev.tocsin.simulator.emulated.BoardImage;
import dev.tocsin.simulator.emulated.BoardUpdateWalk;
import dev.tocsin.simulator.emulated.UpdateWalkResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
final class BoardUpdateCommand implements Callable<Integer> {

    private static final int MOST = 1_000;

    @Mixin
    private BoardOptions options = new BoardOptions();

    @Option(
            names = "--cuts",
            paramLabel = "N",
            defaultValue = "4",
            description = "of the power, up to four for each version after the first; default: ${DEFAULT-VALUE}")
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
        Optional<String> mistake = mistake();
        BoardOptions.Choice deb = options.find();
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
            UpdateWalkResult result = walk(((BoardOptions.Choice.Found) deb).file(), work, out);
            tell(result, out);
            if (json != null) {
                BoardReport.write(json, fields(result));
            }
            if (result.verdict() != Verdict.HELD) {
                work.keep();
            }
            BoardReport.conclude(result.verdict(), "too few power cuts fell where they were asked", work.path(), out);
            return Exit.of(result.verdict());
        } catch (InterruptedException e) {
            out.println("stopped before its end: nothing is known");
            out.flush();
            return Exit.INCONCLUSIVE;
        }
    }

    private UpdateWalkResult walk(Path deb, WorkFolder work, PrintWriter out) throws IOException, InterruptedException {
        BoardImage image = BoardImage.prepare(options.checkout(), deb);
        try {
            return BoardUpdateWalk.walk(
                    image,
                    deb,
                    work.path().toAbsolutePath(),
                    new BoardUpdateWalk.Plan(cuts, seed),
                    new SplittableRandom(seed),
                    new SystemClock(),
                    BoardReport.to(out));
        } catch (IOException e) {
            work.keep();
            throw new IOException(e.getMessage() + " (all of it: " + work.path().resolve("console.log") + ")", e);
        }
    }

    private Optional<String> mistake() {
        if (cuts < 0 || cuts > MOST) {
            return Optional.of("--cuts " + cuts + ": 0 to " + MOST);
        }
        if (folder != null && !WorkFolder.isFree(folder)) {
            return Optional.of("--folder " + folder + " is no empty folder: name a new one");
        }
        return Optional.ofNullable(json).flatMap(file -> Outputs.file("--json", file));
    }

    private static void tell(UpdateWalkResult r, PrintWriter out) {
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

    private static Map<String, Object> fields(UpdateWalkResult r) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("seed", r.seed());
        fields.put("verdict", r.verdict().word());
        fields.put("held", r.verdict() == Verdict.HELD);
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
        fields.put("caveat", BoardReport.CAVEAT);
        return fields;
    }
}
