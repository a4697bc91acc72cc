package dev.tocsin.firmware.board;

import dev.tocsin.sdk.port.Timers;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Warns whoever is in danger, on the spot: a siren, a voice or a buzzer behind output {@code warning}, a lamp behind {@code
 * beacon}. Switched within the call, before any network. Off when nothing that it warns of stands any more, or when it has
 * warned for as long as it shall since the last cause: a siren that nobody stops teaches people not to listen.
 *
 * <p>The siren sounds whatever the {@linkplain Annunciator.Profile profile} of a panic button is: it is for who is in danger,
 * not for who pressed. The beacon flashes once a second (WCAG 2.3.1 allows three).
 *
 * <p>Belongs to the device's event loop.
 */
public final class LocalWarning implements AutoCloseable {

    /** Output of the siren, voice or buzzer. */
    public static final String WARNING = "warning";

    /** Output of the lamp. */
    public static final String BEACON = "beacon";

    /** The outputs that can warn; a board that warns has at least one of them. */
    public static final Collection<String> OUTPUTS = Set.of(WARNING, BEACON);

    private static final Track FLASHES = Track.loop("#####.....");

    private final Output warning;
    private final Output beacon;
    private final Timers timers;
    private final long longestNs;
    private final Set<Object> causes = new HashSet<>();
    private Timers.Cancellable flash = () -> {};
    private Timers.Cancellable end = () -> {};
    private boolean on;

    /** Off. An output that the board lacks is left out. */
    public LocalWarning(Board board, Timers timers, Duration longest) {
        this.warning = output(board, WARNING);
        this.beacon = output(board, BEACON);
        this.timers = timers;
        this.longestNs = longest.toNanos();
        switchTo(false);
    }

    private static Output output(Board board, String name) {
        return board.profile().outputs().containsKey(name) ? board.output(name) : Output.NONE;
    }

    /** Somebody is in danger, or in more danger than before. */
    public void warn(Object cause) {
        causes.add(cause);
        end.cancel();
        end = timers.schedule(longestNs, () -> switchTo(false));
        if (!on) {
            switchTo(true);
        }
    }

    /** That danger is over. */
    public void over(Object cause) {
        if (causes.remove(cause) && causes.isEmpty()) {
            end.cancel();
            switchTo(false);
        }
    }

    /** Switches it off for good. */
    @Override
    public void close() {
        end.cancel();
        causes.clear();
        switchTo(false);
    }

    private void switchTo(boolean active) {
        on = active;
        flash.cancel();
        warning.set(active);
        beacon.set(active);
        if (active) {
            flash(0);
        }
    }

    private void flash(long beat) {
        beacon.set(FLASHES.isOn(beat));
        long next = FLASHES.nextChange(beat);
        flash = timers.schedule((next - beat) * Track.BEAT_NS, () -> flash(next));
    }
}
