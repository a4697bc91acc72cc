package dev.tocsin.simulator.centre;

import dev.tocsin.sdk.port.Timers;
import dev.tocsin.simulator.centre.ledger.Ledger;
import dev.tocsin.simulator.centre.ledger.Outcome;
import dev.tocsin.simulator.centre.ledger.Submission;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Knows whether the ledger could take an alarm now. It is asked by writing, again and again, so that a full disk is noticed
 * before somebody presses; and by every alarm that it did not take. Only a write that went well ends a trouble. On the loop.
 */
final class LedgerHealth {

    /** From one write to the next; one that has not ended by then counts as failed. */
    static final Duration PULSE = Duration.ofSeconds(10);

    /** The same while there is trouble. */
    static final Duration PULSE_IN_TROUBLE = Duration.ofSeconds(2);

    private final Ledger ledger;
    private final Timers timers;
    private final Audit audit;
    private Optional<String> trouble = Optional.empty();
    private Timers.@Nullable Cancellable timer;
    private boolean waiting;
    private boolean closed;

    LedgerHealth(Ledger ledger, Timers timers, Audit audit) {
        this.ledger = ledger;
        this.timers = timers;
        this.audit = audit;
    }

    void start() {
        pulse();
    }

    void close() {
        closed = true;
    }

    /** Why the ledger could not take an alarm now; empty if it could. */
    Optional<String> trouble() {
        return trouble;
    }

    /** Something was not kept. */
    void failed(String why) {
        boolean news = trouble.isEmpty();
        trouble = Optional.of(why);
        if (news && !closed) {
            audit.line("the ledger cannot be written: " + Plain.line(why));
            again();
        }
    }

    private void pulse() {
        if (closed) {
            return;
        }
        if (waiting) {
            failed("the ledger has not answered for a while");
        } else {
            waiting = true;
            ledger.submit(new Submission.Pulse(), outcome -> {
                var unused = timers.schedule(0, () -> answered(outcome));
            });
        }
        again();
    }

    private void answered(Outcome outcome) {
        waiting = false;
        switch (outcome) {
            case Outcome.Failed(String why) -> failed(why);
            case Outcome.Busy(int many) -> failed(many + " submissions wait for the ledger");
            case Outcome.Committed c -> well();
            case Outcome.Unchanged u -> well();
            case Outcome.NoSuchAlarm n -> well();
        }
    }

    private void well() {
        if (trouble.isPresent()) {
            trouble = Optional.empty();
            audit.line("the ledger can be written again");
        }
    }

    private void again() {
        if (timer != null) {
            timer.cancel();
        }
        Duration in = trouble.isPresent() ? PULSE_IN_TROUBLE : PULSE;
        timer = timers.schedule(in.toNanos(), this::pulse);
    }
}
