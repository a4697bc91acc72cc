package dev.tocsin.simulator.run;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.session.AlarmStatus;
import dev.tocsin.simulator.check.Claim;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The last word of the devices about each alarm. Any thread. */
final class Claims {

    private final Map<AlarmId, AlarmStatus> last = new ConcurrentHashMap<>();

    /** A device says how an alarm fares. Called on its event loop. */
    void hear(AlarmStatus status) {
        last.put(status.alarm().id(), status);
    }

    /** All of them: in the real world all clocks are one. */
    List<Claim> all() {
        return last.values().stream()
                .map(status -> Claim.of(status, ns -> ns, latestNs(status)))
                .toList();
    }

    private static long latestNs(AlarmStatus status) {
        return status.deliveries().values().stream()
                .flatMapToLong(d -> d.receivedNs().stream())
                .max()
                .orElse(status.alarm().stages().decidedNs());
    }

    /** How many there are. */
    int count() {
        return last.size();
    }

    /** How many have the receipt of every centre. */
    int settled() {
        return (int) last.values().stream().filter(AlarmStatus::isReceivedByAll).count();
    }

    /** How many have the receipt of this centre. */
    int receivedBy(String centre) {
        return (int) last.values().stream()
                .map(s -> s.deliveries().get(centre))
                .filter(d -> d != null && d.state().isReceived())
                .count();
    }
}
