package dev.tocsin.simulator.emulated;

import dev.tocsin.sdk.model.UpdatePhase;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.simulator.centre.rollout.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Updates of a board, without hands: from the installed package on, newer versions are rolled out to it while its power is
 * cut in the download and at the switch; one crashes at its start and has to be left by the board itself, and the centre told;
 * in the end its button is pressed.
 */
public final class BoardUpdateWalk {

    /** Kilobyte by kilobyte, and more than once where the power is cut. */
    private static final Duration FETCHING = Duration.ofMinutes(20);

    private static final Duration OFFER = Duration.ofMinutes(3);

    /** Three tries at most, each as long as the unit lets a start take. */
    private static final Duration PROVING = Duration.ofMinutes(20);

    private static final Duration TELLING = Duration.ofMinutes(2);

    /** A version may be started three times: so many cuts at its switch leave it one. */
    private static final int CUTS_AT_A_SWITCH = 2;

    private static final int CUTS_IN_A_DOWNLOAD = 2;
    private static final int CUTS_AN_UPDATE = CUTS_IN_A_DOWNLOAD + CUTS_AT_A_SWITCH;

    /** Versions more than the cuts need, for those whose cut came too late for its phase. */
    private static final int SPARE_UPDATES = 2;

    private static final int LOOK_MS = 500;
    private static final double NS_PER_S = 1e9;
    private static final Set<String> CONFIRMED = Set.of("confirmed");

    /** Whole in its slot. A board cut between its record and the first of these words says the next one only. */
    private static final Set<String> WHOLE = Set.of("restarting", "trying", "confirmed");

    private static final Set<String> FETCH = Set.of("fetching");
    private static final Set<String> ROLLED_BACK = Set.of("rolled back");

    /**
     * What to do.
     *
     * @param cuts 0 or more, half of them in downloads: up to four in each version that is rolled out but the first, which
     *     shows how long download and switch take on this machine
     */
    public record Plan(int cuts) {
        int inDownload() {
            return cuts - atSwitch();
        }

        int atSwitch() {
            return cuts / 2;
        }

        int mostUpdates() {
            return 1 + (cuts == 0 ? 0 : Math.ceilDiv(cuts, CUTS_AN_UPDATE) + SPARE_UPDATES);
        }
    }

    private final Plan plan;
    private final RandomGenerator random;
    private final Clock clock;
    private final Phases phases;
    private final EmulatedBoard board;
    private final BoardCentres centres;
    private final Witness witness;
    private final UpdateWatch watch;
    private final BoardHands hands;
    private final BoardRollout rollout;
    private final UpdatePrograms programs;

    private final List<Double> toConfirmed = new ArrayList<>();
    private int startMs;
    private int fetchMs; // that of the first version, undisturbed; and the next
    private int switchMs;
    private int cutsInDownload;
    private int cutsAtSwitch;
    private int cutsInStarts;
    private int confirmed;
    private int updates;
    private long sequence = 1;

    private BoardUpdateWalk(
            Plan plan,
            RandomGenerator random,
            Clock clock,
            Phases phases,
            EmulatedBoard board,
            BoardCentres centres,
            Witness witness,
            UpdateWatch watch,
            BoardRollout rollout,
            UpdatePrograms programs) {
        this.plan = plan;
        this.random = random;
        this.clock = clock;
        this.phases = phases;
        this.board = board;
        this.centres = centres;
        this.witness = witness;
        this.watch = watch;
        this.rollout = rollout;
        this.programs = programs;
        hands = new BoardHands(board, witness, random, clock);
    }

    /**
     * Walks. Blocks for many minutes; an interrupt ends it and the board with it.
     *
     * @param deb the package that the image has been made with
     * @param folder an empty one, a short path: its sockets lie there. Keeps the ledgers, the disk and {@code console.log}
     * @param progress told how far it is, a sentence each
     * @throws IOException if the board does not come up, or does not go on; says what it said last
     */
    public static UpdateWalkResult walk(
            BoardImage image,
            Path deb,
            Path folder,
            Plan plan,
            RandomGenerator random,
            Clock clock,
            Consumer<String> progress)
            throws IOException, InterruptedException {
        try (ConsoleLog log = new ConsoleLog(folder.resolve("console.log"))) {
            Witness witness = new Witness(clock, log::line);
            UpdateWatch watch = new UpdateWatch(witness);
            UpdatePrograms programs = UpdatePrograms.of(deb, Files.createDirectories(folder.resolve("programs")));
            try (BoardCentres centres = BoardCentres.start(folder, clock, witness);
                    BoardRollout rollout =
                            BoardRollout.beside(centres.config(BoardCentres.CENTRES.getFirst()), clock)) {
                BoardDisks.make(image, centres.seed(), folder);
                try (EmulatedBoard board = new EmulatedBoard(image, folder, watch)) {
                    Phases phases = new Phases(clock, progress);
                    return new BoardUpdateWalk(
                                    plan, random, clock, phases, board, centres, witness, watch, rollout, programs)
                            .walk();
                }
            }
        }
    }

    private UpdateWalkResult walk() throws IOException, InterruptedException {
        phases.begin("first start: it enrols with its label, tests itself, and arms");
        var unused = hands.setUp();
        phases.begin("a second start, to see how long one takes");
        board.cut();
        hands.switchOn();
        startMs = (int) hands.arm();
        good(0, 0);
        while ((downloadLeft() > 0 || switchLeft() > 0) && updates < plan.mostUpdates()) {
            good(Math.min(downloadLeft(), CUTS_IN_A_DOWNLOAD), Math.min(switchLeft(), CUTS_AT_A_SWITCH));
        }
        Optional<Progress> crash = crashing("2.0.0");
        phases.begin("a press, and what is kept is delivered");
        boolean delivered = hands.deliver().isPresent();
        hands.settle();
        board.cut();
        phases.end();
        return new UpdateWalkResult(
                updates,
                confirmed,
                plan.inDownload(),
                plan.atSwitch(),
                cutsInDownload,
                cutsAtSwitch,
                cutsInStarts,
                crash.filter(p -> p.phase() == UpdatePhase.ROLLED_BACK).isPresent(),
                crash.map(Progress::why).orElse(""),
                delivered,
                witness.diary().undurable(BoardCentres.CENTRES),
                LedgerCount.of(centres.ledgers(), witness.diary()),
                toConfirmed,
                phases.over());
    }

    /** A version that is as good as the one before, with so many cuts on its way. */
    private void good(int inDownload, int atSwitch) throws IOException, InterruptedException {
        String version = "1." + (updates + 1) + ".0";
        phases.begin(version + " is rolled out, fetched, tried and confirmed");
        updates++;
        sequence++;
        long beganNs = clock.nanoTime();
        rollout.start(programs.version(version), version, sequence);
        need(FETCH, OFFER);
        long fetchingNs = clock.nanoTime();
        cutUntil(WHOLE, inDownload, fetchMs / CUTS_IN_A_DOWNLOAD); // what is fetched stays: each leaves less
        need(WHOLE, FETCHING);
        long wholeNs = clock.nanoTime();
        cutUntil(CONFIRMED, atSwitch, switchMs);
        need(CONFIRMED, PROVING);
        if (updates == 1) {
            fetchMs = ms(wholeNs - fetchingNs);
            switchMs = ms(clock.nanoTime() - wholeNs);
        }
        toConfirmed.add((clock.nanoTime() - beganNs) / NS_PER_S);
        confirmed += isTold(UpdatePhase.CONFIRMED) ? 1 : 0;
        phases.say(version + " is confirmed");
    }

    private static int ms(long ns) {
        return (int) Math.max(CUTS_IN_A_DOWNLOAD, TimeUnit.NANOSECONDS.toMillis(ns));
    }

    private int downloadLeft() {
        return plan.inDownload() - cutsInDownload;
    }

    private int switchLeft() {
        return plan.atSwitch() - cutsAtSwitch;
    }

    /**
     * So many cuts, the first at any instant from here on, each further one at any instant of the start and what follows it;
     * none any more once the board has said this.
     */
    private void cutUntil(Set<String> said, int cuts, int mostMs) throws IOException, InterruptedException {
        for (int cut = 0; cut < cuts; cut++) {
            int withinMs = cut == 0 ? mostMs : startMs + mostMs;
            if (watch.await(said, sequence, Duration.ofMillis(random.nextInt(withinMs)))) {
                return;
            }
            cut();
        }
    }

    /** Counts by what the board had said when its power was gone. */
    private void cut() throws IOException, InterruptedException {
        boolean armed = witness.isArmed();
        board.cut();
        cutsInStarts += armed ? 0 : 1;
        String where;
        if (watch.isSaid(CONFIRMED, sequence)) {
            where = "after the confirmation, which does not count";
        } else if (watch.isSaid(WHOLE, sequence)) {
            cutsAtSwitch++;
            where = "at the switch";
        } else {
            cutsInDownload++;
            where = "in the download";
        }
        phases.say("power cut " + where + (armed ? "" : ", in its start") + "; it said last: update "
                + watch.last().orElse("nothing"));
        hands.switchOn();
    }

    /** A version that crashes: the board leaves it by itself, and says so. */
    private Optional<Progress> crashing(String version) throws IOException, InterruptedException {
        phases.begin(version + ", which crashes at its start, is rolled out and rolled back");
        sequence++;
        rollout.start(programs.crashing(version), version, sequence);
        need(ROLLED_BACK, PROVING);
        var unused = isTold(UpdatePhase.ROLLED_BACK);
        Optional<Progress> told = rollout.told(sequence);
        phases.say("the centre was told: " + told.map(Progress::why).orElse("nothing"));
        return told;
    }

    private void need(Set<String> words, Duration patience) throws IOException, InterruptedException {
        if (!watch.await(words, sequence, patience)) {
            throw new IOException("none of the words " + new TreeSet<>(words) + " of update " + sequence + " within "
                    + patience.toMinutes() + " min; of updates it said last: "
                    + watch.last().orElse("nothing") + "; and last of all: " + witness.last());
        }
        phases.say(watch.last().orElseThrow());
    }

    /** Whether its centre comes to know this of the newest rollout. */
    private boolean isTold(UpdatePhase phase) throws InterruptedException {
        for (int waited = 0; waited < TELLING.toMillis(); waited += LOOK_MS) {
            if (rollout.told(sequence).filter(p -> p.phase() == phase).isPresent()) {
                return true;
            }
            hands.pause(LOOK_MS);
        }
        return false;
    }
}
