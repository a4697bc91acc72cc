package dev.tocsin.simulator.emulated;

import dev.tocsin.sdk.port.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** What hands do at an emulated board, and what eyes wait for. Used by one thread; everything blocks. */
final class BoardHands {

    /** Emulated, on a machine that does other things. */
    private static final Duration SETTING_UP = Duration.ofMinutes(10);

    private static final Duration ARMING = Duration.ofMinutes(6);
    private static final Duration DELIVERY = Duration.ofMinutes(2);
    private static final Duration SETTLING = Duration.ofMinutes(4);
    private static final Duration CALM = Duration.ofMinutes(1);

    private static final int MIN_HOLD_MS = 60;
    private static final int MAX_HOLD_MS = 240;

    /** Whoever presses holds on until the red lamp lights, and waits after a key's turn until it is out: this long at most. */
    private static final Duration HOLD = Duration.ofSeconds(10);

    /** Between a key's contact closing and opening, and from the button to the key. */
    private static final int KEY_MS = 300;

    private static final int MOST_TURNS = 3;

    /** What the lamp shows when nothing waits that no centre has, and the centres are heard of. */
    private static final Set<String> SETTLED = Set.of("ARMED", "RECEIVED", "ACCEPTED");

    private static final double NS_PER_MS = 1e6;
    private static final String PANIC = "panic";
    private static final String RESET = "reset";

    /**
     * A press that came through. Times in milliseconds, from the instant at which it was put on the line here.
     *
     * @param toLamp the red lamp's line went on; empty if it did not
     * @param toLedger it stood in the later of the ledgers
     * @param toReceipt the board said that it has verified the later of the receipts
     */
    record Delivery(OptionalDouble toLamp, double toLedger, double toReceipt) {}

    private final EmulatedBoard board;
    private final Witness witness;
    private final RandomGenerator random;
    private final Clock clock;
    private final CountDownLatch never = new CountDownLatch(1);
    private long switchedOnNs;

    BoardHands(EmulatedBoard board, Witness witness, RandomGenerator random, Clock clock) {
        this.board = board;
        this.witness = witness;
        this.random = random;
        this.clock = clock;
    }

    /**
     * The first start: it enrols with its label, tests itself, and arms.
     *
     * @return from switching on to its word that it is armed, ms
     */
    double setUp() throws IOException, InterruptedException {
        switchOn();
        if (!witness.awaitSetUp(SETTING_UP) || !witness.isSetUpWell()) {
            throw new IOException("the board was not set up; it said last: " + witness.last());
        }
        return arm();
    }

    void switchOn() throws IOException, InterruptedException {
        witness.newLife();
        switchedOnNs = clock.nanoTime();
        board.start();
    }

    /**
     * Waits until it says that it is armed.
     *
     * @return since it was switched on, ms
     */
    double arm() throws IOException, InterruptedException {
        if (!witness.awaitArmed(ARMING)) {
            throw new IOException(
                    "the board does not arm within " + ARMING.toMinutes() + " min; it said last: " + witness.last());
        }
        return (clock.nanoTime() - switchedOnNs) / NS_PER_MS;
    }

    /** A press with time to be delivered, and the key that ends the alarm; empty if it was not delivered in that time. */
    Optional<Delivery> deliver() throws IOException, InterruptedException {
        if (!witness.awaitLamp(BoardHands::isAtRest, CALM)) {
            throw new IOException("the lamp does not show the board at rest; it said last: " + witness.last());
        }
        long pressNs = closeContact();
        pause(random.nextInt(MIN_HOLD_MS, MAX_HOLD_MS));
        var unused = witness.awaitRed(HOLD); // a board whose processor gets no time here would see a spark
        openContact();
        Optional<Witness.Seen> seen = witness.awaitDelivered(DELIVERY);
        OptionalDouble toLamp = witness.redNs().stream()
                .mapToDouble(ns -> (ns - pressNs) / NS_PER_MS)
                .findFirst();
        turnKey();
        return seen.map(s -> new Delivery(toLamp, latest(s.enteredNs(), pressNs), latest(s.receivedNs(), pressNs)));
    }

    /** Turns the key until the lamp is at rest: a board may not have seen yet that the button was let go, and refuse. */
    private void turnKey() throws IOException, InterruptedException {
        boolean atRest = false;
        for (int turn = 0; turn < MOST_TURNS && !atRest; turn++) {
            pause(KEY_MS);
            board.set(RESET, true);
            pause(KEY_MS);
            board.set(RESET, false);
            atRest = witness.awaitLamp(BoardHands::isAtRest, HOLD);
        }
    }

    /** Presses the button and holds it. */
    long closeContact() throws IOException, InterruptedException {
        witness.pressComes();
        long pressNs = clock.nanoTime();
        board.set(PANIC, true);
        return pressNs;
    }

    /** Lets the button go; also of a board without power. */
    void openContact() throws IOException, InterruptedException {
        board.set(PANIC, false);
    }

    /**
     * Waits for everything that is durable to come: it has to. First for the lamp, which shows when some centre has all that
     * the board kept: only then has it told what that was.
     */
    void settle() throws InterruptedException {
        var unusedLamp = witness.awaitLamp(SETTLED::contains, SETTLING);
        for (String centre : BoardCentres.CENTRES) {
            var unused = witness.awaitEntered(centre, witness.diary().durableFor(centre), SETTLING);
        }
    }

    void pause(int ms) throws InterruptedException {
        var unused = never.await(ms, TimeUnit.MILLISECONDS);
    }

    private static boolean isAtRest(String lamp) {
        return lamp.equals("ARMED") || lamp.equals("FAULT");
    }

    private static double latest(Map<String, Long> instants, long sinceNs) {
        return (Collections.max(instants.values()) - sinceNs) / NS_PER_MS;
    }
}
