package dev.tocsin.simulator.emulated;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.EntryType;
import dev.tocsin.simulator.crash.Diary;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Sees everything that comes from a board and its centres, with the instant at which it was seen here, on one clock: lines of
 * the console, lamp lines, new lines in the ledgers. Any thread.
 */
final class Witness implements EmulatedBoard.Listener, BoardCentres.Listener {

    /** As the journal calls it: by what its unit starts. */
    static final String FIRMWARE = "tocsin-launch";

    private static final String SETTER = "tocsin-board";
    private static final String RED = "lamp";

    /**
     * An alarm as it was seen here. Times in nanoseconds.
     *
     * @param raisedNs the board said that it was raised; nothing if it was never heard to say so
     * @param enteredNs it stood in a ledger, by centre
     * @param receivedNs the board said that it has verified a receipt, by centre
     */
    record Seen(OptionalLong raisedNs, Map<String, Long> enteredNs, Map<String, Long> receivedNs) {
        boolean isDone() {
            return enteredNs.keySet().containsAll(BoardCentres.CENTRES)
                    && receivedNs.keySet().containsAll(BoardCentres.CENTRES);
        }
    }

    /** How far the press was when the power went, as far as the board had told: its words come a little after its deeds. */
    enum Reached {
        /** It had told of no press: the cut fell before it mattered. */
        NOTHING,
        /** Told as raised, and not yet as kept. */
        RAISED,
        /** Told as kept, and not yet of all receipts. */
        KEPT,
        /** Told of all receipts: the cut fell when it was over. */
        ALL
    }

    private static final class Notes {
        private OptionalLong raisedNs = OptionalLong.empty();
        private boolean kept;
        private final Map<String, Long> enteredNs = new HashMap<>();
        private final Map<String, Long> receivedNs = new HashMap<>();

        Seen seen() {
            return new Seen(raisedNs, Map.copyOf(enteredNs), Map.copyOf(receivedNs));
        }
    }

    private final Clock clock;
    private final Consumer<String> log;
    private final Watched watched = new Watched();
    private final Diary diary = new Diary();
    private final Map<AlarmId, Notes> notes = new LinkedHashMap<>();
    private Optional<AlarmId> newestPress = Optional.empty();
    private OptionalLong redNs = OptionalLong.empty();
    private boolean armed;
    private boolean setUp;
    private boolean setUpWell = true;
    private String lamp = "";
    private String last = "";

    /**
     * One that has seen nothing.
     *
     * @param log told of each line of the console
     */
    Witness(Clock clock, Consumer<String> log) {
        this.clock = clock;
        this.log = log;
    }

    /** What the board's own words prove. */
    Diary diary() {
        return diary;
    }

    @Override
    public void console(String line) {
        long nowNs = clock.nanoTime();
        log.accept(line);
        ConsoleReader.Said said = ConsoleReader.said(line);
        if (said.who().equals(FIRMWARE)) {
            diary.line(said.text());
        }
        watched.change(() -> {
            last = said.text();
            switch (said.who()) {
                case FIRMWARE -> firmware(said.text(), nowNs);
                case SETTER -> setter(said.text());
                default -> {}
            }
        });
    }

    private void firmware(String text, long nowNs) {
        String[] words = text.split(" ", -1);
        armed |= words[0].equals("armed");
        if (words[0].equals("lamp") && words.length > 1) {
            lamp = words[1];
        }
        Optional<AlarmId> id = words.length > 1 ? AlarmId.parse(words[1]) : Optional.empty();
        if (id.isEmpty()) {
            return;
        }
        if (words[0].equals("raised")) {
            notes(id.get()).raisedNs = OptionalLong.of(nowNs);
            if (text.endsWith(" PANIC RAISED") || text.endsWith(" PANIC UPDATED")) {
                newestPress = id;
            }
        } else if (words[0].equals("kept")) {
            notes(id.get()).kept = true;
        } else if (words[0].equals("received") && words.length > 2) {
            notes(id.get()).receivedNs.putIfAbsent(words[2], nowNs);
        }
    }

    private void setter(String text) {
        setUp |= text.endsWith("tocsin-board: set up") || text.equals("set up") || text.endsWith("not enrolled");
        setUpWell &= !text.endsWith("not enrolled")
                && !text.endsWith("self-test failed")
                && !text.endsWith("doctor: broken");
    }

    @Override
    public void output(String name, boolean on) {
        long nowNs = clock.nanoTime();
        watched.change(() -> {
            if (name.equals(RED) && on && redNs.isEmpty()) {
                redNs = OptionalLong.of(nowNs);
            }
        });
    }

    @Override
    public void entered(String centre, Entry entry) {
        long nowNs = clock.nanoTime();
        if (entry.type() == EntryType.ALARM) {
            watched.change(() ->
                    entry.fact().alarm().ifPresent(id -> notes(id).enteredNs.putIfAbsent(centre, nowNs)));
        }
    }

    private Notes notes(AlarmId id) {
        return notes.computeIfAbsent(id, any -> new Notes());
    }

    /** Whether an entry is what a press becomes: a live panic that is raised, or raised again; no self-test's. */
    static boolean isPress(Entry entry) {
        return entry.type() == EntryType.ALARM
                && entry.fact().mode().equals(Optional.of(Mode.LIVE))
                && entry.fact().kind().equals(Optional.of(AlarmKind.PANIC))
                && !entry.fact().state().equals(Optional.of(AlarmState.RESTORED));
    }

    /** The board is switched on now: nothing that it said before tells how it is. */
    void newLife() {
        watched.change(() -> {
            armed = false;
            lamp = "";
        });
    }

    boolean awaitArmed(Duration patience) throws InterruptedException {
        return watched.until(() -> armed, patience);
    }

    boolean isArmed() {
        return watched.read(() -> armed);
    }

    /** Waits until the first start's work is done, well or not. */
    boolean awaitSetUp(Duration patience) throws InterruptedException {
        return watched.until(() -> setUp, patience);
    }

    /** Whether it is enrolled, the self-test passed and doctor found nothing broken. */
    boolean isSetUpWell() {
        return watched.read(() -> setUp && setUpWell);
    }

    /** Waits until the board says that its lamp shows this. */
    boolean awaitLamp(Predicate<String> wanted, Duration patience) throws InterruptedException {
        return watched.until(() -> wanted.test(lamp), patience);
    }

    /** A press comes now: the next alarm is its, and the next time that the red lamp goes on. */
    void pressComes() {
        watched.change(() -> {
            newestPress = Optional.empty();
            redNs = OptionalLong.empty();
        });
    }

    /** Waits until the alarm of the press stands in all ledgers and all their receipts are verified; nothing if it does not. */
    Optional<Seen> awaitDelivered(Duration patience) throws InterruptedException {
        boolean done = watched.until(
                () -> newestPress.map(id -> notes(id).seen().isDone()).orElse(false), patience);
        return done ? watched.read(() -> newestPress.map(id -> notes(id).seen())) : Optional.empty();
    }

    /** How far the last press has come. */
    Reached reached() {
        return watched.read(() -> newestPress.map(id -> reached(notes(id))).orElse(Reached.NOTHING));
    }

    private static Reached reached(Notes press) {
        if (press.receivedNs.keySet().containsAll(BoardCentres.CENTRES)) {
            return Reached.ALL;
        }
        return press.kept ? Reached.KEPT : Reached.RAISED;
    }

    /** Waits until the red lamp goes on after the last press; false if it does not within that time. */
    boolean awaitRed(Duration patience) throws InterruptedException {
        return watched.until(() -> redNs.isPresent(), patience);
    }

    /** When the red lamp went on first after the last press. */
    OptionalLong redNs() {
        return watched.read(() -> redNs);
    }

    /** Waits until all of these stand in a centre's ledger. */
    boolean awaitEntered(String centre, Iterable<AlarmId> alarms, Duration patience) throws InterruptedException {
        return watched.until(
                () -> {
                    for (AlarmId id : alarms) {
                        if (!notes(id).enteredNs.containsKey(centre)) {
                            return false;
                        }
                    }
                    return true;
                },
                patience);
    }

    /** What the console said last. */
    String last() {
        return watched.read(() -> last);
    }
}
