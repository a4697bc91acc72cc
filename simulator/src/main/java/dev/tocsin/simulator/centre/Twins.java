package dev.tocsin.simulator.centre;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.simulator.centre.ledger.Submission.Boot;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knows which ids two devices speak under at present: a restart makes a new boot, and never brings an earlier one back. One
 * that does come back is a late datagram; one that comes back time and again is a second device from a copied card. The
 * ledger says for ever that there were two; this says whether there still are, to whoever stands at one of them. On the loop.
 */
final class Twins {

    /** A boot that came back so often is no late datagram. */
    private static final int TELLING = 2;

    /** So long after it last came back, the second device is gone. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private static final class Turns {
        Boot last;

        @Nullable
        Boot other; // the one before it

        int returns;
        long returnedNs;

        Turns(Boot last) {
            this.last = last;
        }
    }

    private final Clock clock;
    private final Map<String, Turns> devices = new HashMap<>();

    Twins(Clock clock) {
        this.clock = clock;
    }

    /** A device beat. Whoever counts no boots is nobody's twin. */
    void heard(String device, Boot boot) {
        if (boot.counter() == AlarmId.UNCOUNTED) {
            return;
        }
        Turns turns = devices.computeIfAbsent(device, d -> new Turns(boot));
        if (boot.equals(turns.last)) {
            return;
        }
        if (boot.equals(turns.other)) {
            turns.returns = isRecent(turns) ? turns.returns + 1 : 1;
            turns.returnedNs = clock.nanoTime();
        }
        turns.other = turns.last;
        turns.last = boot;
    }

    /** Which two speak under this id, in words; empty if it is one, as far as its heartbeats tell. */
    Optional<String> of(String device) {
        Turns turns = devices.get(device);
        return turns == null || turns.other == null || turns.returns < TELLING || !isRecent(turns)
                ? Optional.empty()
                : Optional.of(name(turns.other) + " and " + name(turns.last) + " take turns");
    }

    private boolean isRecent(Turns turns) {
        return turns.returns > 0 && clock.nanoTime() - turns.returnedNs <= REMEMBERED.toNanos();
    }

    private static String name(Boot boot) {
        return "boot " + boot.counter() + " (" + HexFormat.of().toHexDigits(boot.nonce()) + ")";
    }

    /** Forgets all other devices. */
    void keepOnly(Set<String> expected) {
        devices.keySet().retainAll(expected);
    }
}
