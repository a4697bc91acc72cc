package dev.tocsin.sdk.session;

import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.Bytes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How far one alarm has come. A snapshot; safe to share between threads.
 *
 * @param alarm the alarm
 * @param envelope the exact signed bytes
 * @param signedNs t2: when it was signed, device's monotonic clock; 0 for an alarm from before a reboot
 * @param keptNs when its journal record was synced; empty while it is not
 * @param deliveries one a centre on its route, by the centre's id
 */
public record AlarmStatus(
        Alarm alarm, Bytes envelope, long signedNs, OptionalLong keptNs, Map<String, Delivery> deliveries) {

    public AlarmStatus {
        deliveries = Collections.unmodifiableMap(new LinkedHashMap<>(deliveries));
    }

    /** Whether every centre on the route has it. */
    public boolean isReceivedByAll() {
        for (Delivery d : deliveries.values()) { // no streams: asked at every step of every alarm
            if (!d.state().isReceived()) {
                return false;
            }
        }
        return true;
    }

    /** Whether at least one centre has it. */
    public boolean isReceivedByAny() {
        for (Delivery d : deliveries.values()) {
            if (d.state().isReceived()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a person at a centre has taken it. */
    public boolean isAccepted() {
        for (Delivery d : deliveries.values()) {
            if (d.state() == Delivery.State.ACCEPTED) {
                return true;
            }
        }
        return false;
    }
}
