package dev.tocsin.sdk.session;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.session.Maintenance.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One self-test: the board, and a TEST alarm to every centre. Ends when the board has been tried out and every centre has
 * given its receipt, or after a while. Belongs to the event loop.
 */
final class SelfTest {

    /** How long it waits for board and receipts. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    private final Clock clock;
    private final Consumer<Trial> done;
    private final Timers.Cancellable timer;
    private Optional<Trial> board = Optional.empty();
    private @Nullable AlarmStatus alarm;
    private long raisedNs;
    private boolean over;

    /** @param done told once, later or inside {@link #board} and {@link #alarm} */
    SelfTest(Clock clock, Timers timers, Consumer<Trial> done) {
        this.clock = clock;
        this.done = done;
        this.timer = timers.schedule(LONGEST.toNanos(), this::end);
    }

    /** What was found of the board. */
    void board(Trial found) {
        board = Optional.of(found);
        endIfAllThere();
    }

    /** The alarm is on its way. */
    void alarm(AlarmStatus sent) {
        raisedNs = clock.nanoTime();
        alarm = sent;
        endIfAllThere();
    }

    /** Something about an alarm has changed. */
    void changed(AlarmStatus status) {
        AlarmStatus mine = alarm;
        if (!over && mine != null && id(mine).equals(id(status))) {
            alarm = status;
            endIfAllThere();
        }
    }

    private static AlarmId id(AlarmStatus status) {
        return status.alarm().id();
    }

    private void endIfAllThere() {
        AlarmStatus mine = alarm;
        if (board.isPresent() && mine != null && mine.isReceivedByAll()) {
            end();
        }
    }

    private void end() {
        if (over) {
            return;
        }
        over = true;
        timer.cancel();
        List<String> found = new ArrayList<>();
        boolean well = board.map(Trial::well).orElse(false);
        AlarmStatus mine = alarm;
        if (mine != null) {
            for (Map.Entry<String, Delivery> d : mine.deliveries().entrySet()) {
                boolean received = d.getValue().state().isReceived();
                well &= received;
                found.add(d.getKey()
                        + (received
                                ? " has the test alarm after "
                                        + (d.getValue().receivedNs().orElse(raisedNs) - raisedNs) / 1_000_000 + " ms"
                                : " has not given a receipt within " + LONGEST.toSeconds() + " s"));
            }
        }
        found.add(board.map(Trial::text).orElse("the board gave no answer"));
        done.accept(new Trial(well, String.join("; ", found)));
    }
}
