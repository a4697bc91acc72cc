package dev.tocsin.simulator.centre.ledger;

import dev.tocsin.sdk.port.Timers;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A {@link MemoryLedger} that commits by itself: what comes is kept together with all that comes within a while, as a disk
 * would do it that takes as long for one as for many. On one loop; what waits when that ends is lost, as in a power cut.
 */
public final class GroupCommit extends ForwardingLedger {

    /** From the writer's thread back to the one that asked: a moment in which a centre can be killed. */
    static final Duration TELL = Duration.ofNanos(200_000);

    private final MemoryLedger ledger;
    private final Timers timers;
    private final Supplier<Duration> delay;
    private boolean committing;
    private boolean closed;

    /**
     * Takes over a ledger, which may have been there before; what had not been committed is gone.
     *
     * @param delay from the first submission of a group to its commit; asked anew for each
     */
    public GroupCommit(MemoryLedger ledger, Timers timers, Supplier<Duration> delay) {
        super(ledger);
        this.ledger = ledger;
        this.timers = timers;
        this.delay = delay;
        ledger.dropWaiting();
    }

    @Override
    public void submit(Submission submission, Consumer<Outcome> done) {
        if (closed) {
            done.accept(new Outcome.Failed("the ledger is closed"));
            return;
        }
        ledger.submit(submission, done);
        if (!committing) {
            committing = true;
            var unused = timers.schedule(delay.get().toNanos(), () -> {
                committing = false;
                List<Runnable> told = ledger.commitSilently();
                timers.schedule(TELL.toNanos(), () -> told.forEach(Runnable::run));
            });
        }
    }

    /** Commits what waits. The ledger itself stays, for the next boot. */
    @Override
    public void close() {
        ledger.commit();
        closed = true;
    }
}
