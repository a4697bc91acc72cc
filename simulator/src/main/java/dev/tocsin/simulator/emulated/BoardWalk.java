package dev.tocsin.simulator.emulated;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.EntryType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

    /** Emulated, on a machine that does other things. */
    private static final Duration SETTING_UP = Duration.ofMinutes(10);

    private static final Duration ARMING = Duration.ofMinutes(4);
    private static final Duration DELIVERY = Duration.ofMinutes(2);
    private static final Duration SETTLING = Duration.ofMinutes(4);
    private static final Duration CALM = Duration.ofMinutes(1);

    private static final int MIN_HOLD_MS = 60;
    private static final int MAX_HOLD_MS = 240;

    /** Between a key's contact closing and opening. */
    private static final int KEY_MS = 300;

    /** After a press: half of the cuts within the first, while it is decided, signed, written and sent; the others within the second. */
    private static final int SOON_MS = 150;

    private static final int LATE_MS = 2_500;

    /** Every this many lives is cut somewhere in its start. */
    private static final int EARLY_EVERY = 5;

    private static final int MAX_START_MS = 40_000;
    private static final double NS_PER_MS = 1e6;
    private static final int PAGE = 1_000;
    private static final String PANIC = "panic";
    private static final String RESET = "reset";

    /**
     * What to do.
     *
     * @param presses with the power on, 0 or more
     * @param cuts 0 or more
     * @param seed of the instants, for the record
     */
    public record Plan(int presses, int cuts, long seed) {}

    private final Plan plan;
    private final RandomGenerator random;
    private final Clock clock;
    private final Consumer<String> progress;
    private final EmulatedBoard board;
    private final BoardCentres centres;
    private final Witness witness;
    private final CountDownLatch never = new CountDownLatch(1);

    private final List<Double> toLamp = new ArrayList<>();
    private final List<Double> toLedger = new ArrayList<>();
    private final List<Double> toReceipt = new ArrayList<>();
    private final List<Double> toArmed = new ArrayList<>();
    private int delivered;
    private int cutArmed;
    private int pressedAtCuts;
    private long switchedOnNs;

    private BoardWalk(
            Plan plan,
            RandomGenerator random,
            Clock clock,
            Consumer<String> progress,
            EmulatedBoard board,
            BoardCentres centres,
            Witness witness) {
        this.plan = plan;
        this.random = random;
        this.clock = clock;
        this.progress = progress;
        this.board = board;
        this.centres = centres;
        this.witness = witness;
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
                    return new BoardWalk(plan, random, clock, progress, board, centres, witness).walk();
                }
            }
        }
    }

    private WalkResult walk() throws IOException, InterruptedException {
        progress.accept("first start: it enrols with its label, and tests itself");
        switchOn();
        if (!witness.awaitSetUp(SETTING_UP) || !witness.isSetUpWell()) {
            throw new IOException("the board was not set up; it said last: " + witness.last());
        }
        arm();
        for (int press = 1; press <= plan.presses(); press++) {
            deliver(press);
        }
        for (int cut = 1; cut <= plan.cuts(); cut++) {
            cut(cut);
        }
        if (plan.cuts() > 0) {
            switchOn();
            arm();
        }
        settle();
        board.cut();
        return judge();
    }

    private void switchOn() throws IOException, InterruptedException {
        witness.newLife();
        switchedOnNs = clock.nanoTime();
        board.start();
    }

    private void arm() throws IOException, InterruptedException {
        if (!witness.awaitArmed(ARMING)) {
            throw new IOException(
                    "the board does not arm within " + ARMING.toMinutes() + " min; it said last: " + witness.last());
        }
        toArmed.add(msSince(switchedOnNs));
    }

    /** A press with time to be delivered, and the key that ends the alarm. */
    private void deliver(int press) throws IOException, InterruptedException {
        if (!witness.awaitLamp(lamp -> lamp.equals("ARMED") || lamp.equals("FAULT"), CALM)) {
            throw new IOException("the lamp does not show the board at rest; it said last: " + witness.last());
        }
        long pressNs = press();
        Optional<Witness.Seen> seen = witness.awaitDelivered(DELIVERY);
        if (seen.isPresent()) {
            delivered++;
            toLedger.add(latest(seen.get().enteredNs(), pressNs));
            toReceipt.add(latest(seen.get().receivedNs(), pressNs));
        }
        witness.redNs().ifPresent(ns -> toLamp.add((ns - pressNs) / NS_PER_MS));
        board.set(RESET, true);
        pause(KEY_MS);
        board.set(RESET, false);
        if (press == plan.presses() || press % 10 == 0) {
            progress.accept("press %d of %d: %d delivered, median press to receipt %.0f ms"
                    .formatted(press, plan.presses(), delivered, WalkResult.median(toReceipt)));
        }
    }

    private long press() throws IOException, InterruptedException {
        witness.pressComes();
        long pressNs = clock.nanoTime();
        board.set(PANIC, true);
        pause(random.nextInt(MIN_HOLD_MS, MAX_HOLD_MS));
        board.set(PANIC, false);
        return pressNs;
    }

    /** A life that ends in its start, or around a press. The first is the one that the presses before were in. */
    private void cut(int number) throws IOException, InterruptedException {
        boolean early = number % EARLY_EVERY == 0;
        if (!board.isOn()) {
            switchOn();
            if (!early) {
                arm();
            }
        }
        if (early) {
            pause(random.nextInt(MAX_START_MS));
        } else {
            witness.pressComes();
            pressedAtCuts++;
            board.set(PANIC, true);
            pause(random.nextInt(number % 2 == 0 ? SOON_MS : LATE_MS));
        }
        cutArmed += witness.isArmed() ? 1 : 0;
        board.cut();
        board.set(PANIC, false);
        progress.accept("cut %d of %d, %s: %d events so far, %d of them durable"
                .formatted(
                        number,
                        plan.cuts(),
                        early ? "in its start" : "around a press",
                        witness.diary().raised(),
                        durable().size()));
    }

    /** Everything that is durable has to come, and is waited for. */
    private void settle() throws InterruptedException {
        for (String centre : BoardCentres.CENTRES) {
            witness.awaitEntered(centre, witness.diary().durableFor(centre), SETTLING);
        }
        witness.awaitLamp(lamp -> !lamp.equals("RAISED") && !lamp.isEmpty(), CALM);
    }

    private Set<AlarmId> durable() {
        Set<AlarmId> durable = new HashSet<>();
        BoardCentres.CENTRES.forEach(c -> durable.addAll(witness.diary().durableFor(c)));
        return durable;
    }

    private WalkResult judge() {
        Set<AlarmId> lost = new HashSet<>();
        Map<String, Integer> presses = new LinkedHashMap<>();
        int duplicated = 0;
        int conflicts = 0;
        for (String centre : BoardCentres.CENTRES) {
            Map<AlarmId, Integer> seen = new HashMap<>();
            int pressed = 0;
            for (Entry entry : entries(centre)) {
                if (entry.type() == EntryType.ALARM) {
                    entry.fact().alarm().ifPresent(id -> seen.merge(id, 1, Integer::sum));
                }
                pressed += Witness.isPress(entry) ? 1 : 0;
                conflicts += entry.type() == EntryType.CONFLICT ? 1 : 0;
            }
            presses.put(centre, pressed);
            duplicated += (int) seen.values().stream().filter(n -> n > 1).count();
            witness.diary().durableFor(centre).stream()
                    .filter(id -> !seen.containsKey(id))
                    .forEach(lost::add);
        }
        return new WalkResult(
                plan.seed(),
                plan.presses(),
                delivered,
                plan.cuts(),
                cutArmed,
                pressedAtCuts,
                witness.diary().raised(),
                durable().size(),
                witness.diary().undurable(BoardCentres.CENTRES),
                lost,
                duplicated,
                witness.diary().reused(),
                conflicts,
                presses,
                toLamp,
                toLedger,
                toReceipt,
                toArmed);
    }

    private List<Entry> entries(String centre) {
        var server = centres.servers().get(centre);
        if (server == null) {
            throw new IllegalStateException("no centre " + centre);
        }
        List<Entry> entries = new ArrayList<>();
        for (List<Entry> page = server.ledger().entries(1, PAGE); !page.isEmpty(); ) {
            entries.addAll(page);
            page = server.ledger().entries(entries.getLast().number() + 1, PAGE);
        }
        return entries;
    }

    private double msSince(long thenNs) {
        return (clock.nanoTime() - thenNs) / NS_PER_MS;
    }

    private static double latest(Map<String, Long> instants, long sinceNs) {
        return (Collections.max(instants.values()) - sinceNs) / NS_PER_MS;
    }

    private void pause(int ms) throws InterruptedException {
        var unused = never.await(ms, TimeUnit.MILLISECONDS);
    }
}
