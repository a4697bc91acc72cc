package dev.tocsin.simulator.centre;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.simulator.centre.ledger.Submission.Boot;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Knows which ids two devices or more speak under at present: a restart makes a new boot, and never brings an earlier one
 * back. One that does come back is a late datagram; boots that come back time and again are devices from copied cards. The
 * ledger says for ever that there were some; this says whether there still are, to whoever stands at one of them. On the loop.
 */
final class Twins {

    /** So often no late datagram makes it look: it comes back once, and the true boot once after it. */
    private static final int TELLING = 3;

    /** So many copies of one card are told apart, and so many boots looked back at. */
    private static final int MOST_BOOTS = 8;

    /** So long after one last came back, the other devices are gone. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private static final class Turns {
        final Deque<Boot> boots = new ArrayDeque<>(); // the latest first
        int returns;
        long returnedNs;
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
        Turns turns = devices.computeIfAbsent(device, d -> new Turns());
        Deque<Boot> boots = turns.boots;
        if (boot.equals(boots.peekFirst())) {
            return;
        }
        if (boots.remove(boot)) {
            cameBack(turns);
        } else if (boots.size() == MOST_BOOTS) {
            boots.removeLast();
        }
        boots.addFirst(boot);
    }

    private void cameBack(Turns turns) {
        turns.returns = isRecent(turns) ? turns.returns + 1 : 1;
        turns.returnedNs = clock.nanoTime();
    }

    /** Which speak under this id, the latest two in words; empty if it is one, as far as its heartbeats tell. */
    Optional<String> of(String device) {
        Turns turns = devices.get(device);
        if (turns == null || turns.returns < TELLING || !isRecent(turns)) {
            return Optional.empty();
        }
        return Optional.of(turns.boots.stream().limit(2).map(Twins::name).collect(Collectors.joining(" and "))
                + " took turns within the last hour");
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
