package dev.tocsin.simulator.centre.registry;

import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.Place;
import dev.tocsin.sdk.port.Verifier;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * An enrolled device.
 *
 * @param id its id
 * @param place where it hangs, as the registry knows
 * @param key what verifies its alarms
 * @param revoked whether it must not be believed any more
 * @param heartbeat the longest heartbeat period it may claim; empty: any up to an hour
 * @param kinds the alarms it is built for; empty: any. Another kind is kept all the same, with a remark
 * @param peer the name in the DTLS certificate of whoever may speak for it: its own id, or its gateway's
 */
public record RegisteredDevice(
        String id,
        Place place,
        Verifier key,
        boolean revoked,
        Optional<Duration> heartbeat,
        Set<AlarmKind> kinds,
        String peer) {
    public RegisteredDevice {
        kinds = Set.copyOf(kinds);
    }

    /** The same, not to be believed any more. */
    RegisteredDevice asRevoked() {
        return new RegisteredDevice(id, place, key, true, heartbeat, kinds, peer);
    }
}
