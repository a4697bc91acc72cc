package dev.tocsin.sdk.model;

import java.time.Duration;

/**
 * How a drill stands on a device.
 *
 * @param order the order that it believed
 * @param startsIn how long until it begins; zero once it has
 * @param left how long until it ends; zero when it is over on this device, for whatever reason
 */
public record DrillState(String order, Duration startsIn, Duration left) {

    /** Whether a press there is a drill now. */
    public boolean isRunning() {
        return startsIn.isZero() && !left.isZero();
    }
}
