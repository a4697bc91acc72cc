package dev.tocsin.sdk.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * "I am here, and this is how I am": sent to every centre once a period, inside DTLS, not signed as an object.
 *
 * @param device who
 * @param boot its boot counter
 * @param nonce its boot's nonce
 * @param period when to expect the next one
 * @param time the device's clocks
 * @param health how it is
 * @param alarmKey name of the key that signs its alarms; empty where it does not say
 * @param prove whether the centre shall answer with a signed {@link Presence}
 * @param echo random, another one each time: an order is fresh if it repeats it; 0 from a device that takes no orders
 * @param drill the drill that it believed last in this boot, also when it is over
 */
public record Heartbeat(
        String device,
        long boot,
        long nonce,
        Duration period,
        DeviceTime time,
        Health health,
        Bytes alarmKey,
        boolean prove,
        long echo,
        Optional<DrillState> drill) {

    /**
     * A device's own measure of itself.
     *
     * @param software name and version of what runs
     * @param journalDepth alarms not yet received by every centre on their route
     * @param journalBytes bytes the journal takes on its medium
     * @param faults causes of the faults that stand, in plain words
     * @param temperatureC temperature of the board, degrees Celsius; NaN where not measured
     * @param supplyV supply voltage, volts; NaN where not measured
     */
    public record Health(
            String software,
            int journalDepth,
            long journalBytes,
            List<String> faults,
            double temperatureC,
            double supplyV) {
        public Health {
            faults = List.copyOf(faults);
        }
    }
}
