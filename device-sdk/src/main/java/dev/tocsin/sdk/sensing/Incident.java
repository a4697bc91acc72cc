package dev.tocsin.sdk.sensing;

import dev.tocsin.sdk.detect.Detection;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.model.StageTimes;
import dev.tocsin.sdk.session.AlarmRequest;
import dev.tocsin.sdk.session.AlarmStatus;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One RAISED alarm of a watch with its updates and its end. What happens before the device has given the alarm its id waits for
 * that, in order, because it must name the alarm that it is about.
 */
final class Incident {

    /** Updates that are told of one alarm; a centre takes no more. */
    static final int MAX_UPDATES = 16;

    private final Alarms alarms;
    private final BiConsumer<Detection, AlarmStatus> told;
    private final Deque<Detection> waiting = new ArrayDeque<>();
    private @Nullable AlarmId id;
    private int updates;

    /** @param told what was told of a detection, when it is signed and on its way */
    Incident(Alarms alarms, BiConsumer<Detection, AlarmStatus> told) {
        this.alarms = alarms;
        this.told = told;
    }

    /** Raises the alarm. Live whatever drill runs: drills are for panic buttons. */
    void raise(Detection first) {
        alarms.raise(request(first, AlarmState.RAISED, Optional.empty()), status -> {
            id = status.alarm().id();
            told.accept(first, status);
            while (!waiting.isEmpty()) {
                tellNow(waiting.remove(), id);
            }
        });
    }

    /** Whether one more update is told; beyond {@value #MAX_UPDATES} what gets worse must be a new alarm. */
    boolean canUpdate() {
        return updates < MAX_UPDATES;
    }

    /** It got worse. */
    void update(Detection worse) {
        updates++;
        tell(worse);
    }

    /** It is over. */
    void restore(Detection end) {
        tell(end);
    }

    private void tell(Detection next) {
        AlarmId known = id;
        if (known == null) {
            waiting.add(next);
        } else {
            tellNow(next, known);
        }
    }

    private void tellNow(Detection next, AlarmId about) {
        alarms.raise(request(next, next.state(), Optional.of(about)), status -> told.accept(next, status));
    }

    private static AlarmRequest request(Detection d, AlarmState state, Optional<AlarmId> about) {
        return new AlarmRequest(d.kind(), state, Mode.LIVE, new StageTimes(d.edgeNs(), d.decidedNs()), about, d.text());
    }
}
