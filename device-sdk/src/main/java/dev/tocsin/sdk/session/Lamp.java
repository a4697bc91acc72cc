package dev.tocsin.sdk.session;

import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.port.Timers.Cancellable;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Works out what may truthfully be shown, and tells when it changes. Belongs to the event loop. */
final class Lamp {

    /** An alarm that no centre has after this long is shown as failed. It goes on being sent. */
    static final long FAILED_AFTER_NS = 30_000_000_000L;

    /** How the alarms stand, all taken together: what is worst for whoever pressed goes first, a drill last. */
    enum Standing {
        /** Some live alarm has been received by no centre. */
        WAITING,
        /** The same, and the newest of them was refused by every centre. */
        REFUSED,
        /** All live ones have been received by some centre. */
        RECEIVED,
        /** And a person has taken it on. */
        ACCEPTED,
        /** Only drills. */
        DRILL,
        /** There is none. */
        NOTHING
    }

    private final Clock clock;
    private final Timers timers;
    private final SessionListener listener;
    private Standing standing = Standing.NOTHING;
    private OptionalLong waitingSinceNs = OptionalLong.empty();
    private @Nullable Cancellable failing;
    private boolean armed;
    private boolean faults;
    private boolean linked;
    private boolean drill;
    private boolean unsigned;
    private boolean locate;
    private Indication indication = Indication.STARTING;

    Lamp(Clock clock, Timers timers, SessionListener listener) {
        this.clock = clock;
        this.timers = timers;
        this.listener = listener;
    }

    Indication indication() {
        return indication;
    }

    void armed() {
        armed = true;
        refresh();
    }

    void faults(boolean standing) {
        faults = standing;
        refresh();
    }

    /** Whether every centre has been heard of. */
    void linked(boolean all) {
        linked = all;
        refresh();
    }

    /** Whether a press is a drill. */
    void drill(boolean runs) {
        drill = runs;
        refresh();
    }

    /** Whether somebody looks for the device. */
    void locate(boolean blinks) {
        locate = blinks;
        refresh();
    }

    /** Whether a press waits for the boot counter: nobody has heard of it yet, whatever they have of others. */
    void unsigned(boolean waits) {
        unsigned = waits;
        refresh();
    }

    /**
     * What there is to speak of.
     *
     * @param now how the alarms stand
     * @param sinceNs since when the one that has waited longest is in no centre's ledger
     */
    void show(Standing now, OptionalLong sinceNs) {
        standing = now;
        if (!waitingSinceNs.equals(sinceNs)) {
            waitingSinceNs = sinceNs;
            if (failing != null) {
                failing.cancel();
                failing = null;
            }
            if (sinceNs.isPresent()) {
                long inNs = FAILED_AFTER_NS - (clock.nanoTime() - sinceNs.getAsLong());
                failing = timers.schedule(inNs, this::refresh);
            }
        }
        refresh();
    }

    private void refresh() {
        Indication now = indicationNow();
        if (now != indication) {
            indication = now;
            listener.indicationChanged(now);
        }
    }

    private Indication indicationNow() {
        if (unsigned && (standing == Standing.RECEIVED || standing == Standing.ACCEPTED)) {
            return Indication.RAISED; // who pressed again must not believe that this was heard
        }
        return switch (standing) {
            case WAITING -> isLate() ? Indication.FAILED : Indication.RAISED;
            case REFUSED -> Indication.FAILED;
            case RECEIVED -> Indication.RECEIVED;
            case ACCEPTED -> Indication.ACCEPTED;
            case DRILL -> Indication.DRILL;
            case NOTHING -> ofRest();
        };
    }

    private boolean isLate() {
        return waitingSinceNs.isPresent() && clock.nanoTime() - waitingSinceNs.getAsLong() >= FAILED_AFTER_NS;
    }

    private Indication ofRest() {
        if (!armed) {
            return Indication.STARTING;
        }
        if (drill) {
            return Indication.IN_DRILL; // a fault can wait for two hours; who presses for real must know how
        }
        if (locate) {
            return Indication.LOCATE;
        }
        return faults || !linked ? Indication.FAULT : Indication.ARMED;
    }
}
