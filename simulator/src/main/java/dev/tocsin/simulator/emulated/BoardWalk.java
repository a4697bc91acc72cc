package dev.tocsin.simulator.emulated;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.port.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A board from its first start on, without hands: it is set up with the claim on its label and tests itself, its button is
 * pressed, its power is cut around presses and in its starts, and in the end both ledgers are compared with what was done
 * and with what its own words prove.
 *
 * <p>What was not yet kept when the power was cut, and no centre's receipt verified, is no alarm lost (promise 1): it is
 * counted as undurable.
 */
public final class BoardWalk {

    /** How long after a press a cut may fall at first. */
    private static final double FIRST_WINDOW_MS = 500;

    /** Every this many lives is cut somewhere in its start. */
    private static final int EARLY_EVERY = 5;

    private static final int MAX_START_MS = 40_000;

    /**
     * What to do.
     *
     * @param presses with the power on, 0 or more
     * @param cuts 0 or more
     */
    public record Plan(int presses, int cuts) {}

    private final Plan plan;
    private final RandomGenerator random;
    private final Phases phases;
    private final EmulatedBoard board;
    private final BoardCentres centres;
    private final Witness witness;
    private final BoardHands hands;

    private final CutWindow window = new CutWindow(FIRST_WINDOW_MS);
    private final List<Double> toLamp = new ArrayList<>();
    private final List<Double> toLedger = new ArrayList<>();
    private final List<Double> toReceipt = new ArrayList<>();
    private final List<Double> toArmed = new ArrayList<>();
    private int delivered;
    private int cutArmed;
    private int pressedAtCuts;
    private int cutsBeforeKept;
    private int cutsBeforeReceipts;

    private BoardWalk(
            Plan plan,
            RandomGenerator random,
            Clock clock,
            Phases phases,
            EmulatedBoard board,
            BoardCentres centres,
            Witness witness) {
        this.plan = plan;
        this.random = random;
        this.phases = phases;
        this.board = board;
        this.centres = centres;
        this.witness = witness;
        hands = new BoardHands(board, witness, random, clock);
    }

    /**
     * Walks. Blocks for minutes; an interrupt ends it and the board with it.
     *
     * @param folder an empty one, a short path: its sockets lie there. Keeps the ledgers, the disk and {@code console.log}
     * @param progress told how far it is, a sentence each
     * @throws IOException if the board does not come up, or does not answer; says what it said last
     */
    public static WalkResult walk(
            BoardImage image, Path folder, Plan plan, RandomGenerator random, Clock clock, Consumer<String> progress)
            throws IOException, InterruptedException {
        try (ConsoleLog log = new ConsoleLog(folder.resolve("console.log"))) {
            Witness witness = new Witness(clock, log::line);
            try (BoardCentres centres = BoardCentres.start(folder, clock, witness)) {
                BoardDisks.make(image, centres.seed(), folder);
                try (EmulatedBoard board = new EmulatedBoard(image, folder, witness)) {
                    Phases phases = new Phases(clock, progress);
                    return new BoardWalk(plan, random, clock, phases, board, centres, witness).walk();
                }
            }
        }
    }

    private WalkResult walk() throws IOException, InterruptedException {
        phases.begin("first start: it enrols with its label, tests itself, and arms");
        toArmed.add(hands.setUp());
        phases.begin(plan.presses() + " presses with power");
        for (int press = 1; press <= plan.presses(); press++) {
            deliver(press);
        }
        phases.begin(plan.cuts() + " power cuts");
        for (int cut = 1; cut <= plan.cuts(); cut++) {
            cut(cut);
        }
        phases.begin("a last start, and what is kept is delivered");
        if (plan.cuts() > 0) {
            hands.switchOn();
            toArmed.add(hands.arm());
        }
        hands.settle();
        board.cut();
        phases.end();
        return judge();
    }

    private void deliver(int press) throws IOException, InterruptedException {
        Optional<BoardHands.Delivery> came = hands.deliver();
        if (came.isPresent()) {
            delivered++;
            toLedger.add(came.get().toLedger());
            toReceipt.add(came.get().toReceipt());
            came.get().toLamp().ifPresent(toLamp::add);
        }
        if (press == plan.presses() || press % 10 == 0) {
            phases.say("press %d of %d: %d delivered, median press to receipt %.0f ms"
                    .formatted(press, plan.presses(), delivered, WalkResult.median(toReceipt)));
        }
    }

    /** A life that ends in its start, or around a press. The first is the one that the presses before were in. */
    private void cut(int number) throws IOException, InterruptedException {
        boolean early = number % EARLY_EVERY == 0;
        if (!board.isOn()) {
            hands.switchOn();
            if (!early) {
                toArmed.add(hands.arm());
            }
        }
        if (early) {
            hands.pause(random.nextInt(MAX_START_MS));
        } else {
            pressedAtCuts++;
            var unused = hands.closeContact();
            hands.pause(window.draw(random));
        }
        cutArmed += witness.isArmed() ? 1 : 0;
        board.cut();
        if (!early) {
            fellAt(witness.reached());
        }
        hands.openContact();
        phases.say("cut %d of %d, %s: %d events so far, %d of them durable"
                .formatted(
                        number,
                        plan.cuts(),
                        early ? "in its start" : "around a press",
                        witness.diary().raised(),
                        durable().size()));
    }

    private void fellAt(Witness.Reached reached) {
        switch (reached) {
            case NOTHING -> window.wasEarly();
            case RAISED -> {
                window.wasMet();
                cutsBeforeKept++;
            }
            case KEPT -> {
                window.wasMet();
                cutsBeforeReceipts++;
            }
            case ALL -> window.wasLate();
        }
    }

    private Set<AlarmId> durable() {
        Set<AlarmId> durable = new HashSet<>();
        BoardCentres.CENTRES.forEach(c -> durable.addAll(witness.diary().durableFor(c)));
        return durable;
    }

    private WalkResult judge() {
        return new WalkResult(
                plan.presses(),
                delivered,
                plan.cuts(),
                cutArmed,
                pressedAtCuts,
                cutsBeforeKept,
                cutsBeforeReceipts,
                witness.diary().raised(),
                durable().size(),
                witness.diary().undurable(BoardCentres.CENTRES),
                LedgerCount.of(centres.ledgers(), witness.diary()),
                toLamp,
                toLedger,
                toReceipt,
                toArmed,
                phases.over());
    }
}
