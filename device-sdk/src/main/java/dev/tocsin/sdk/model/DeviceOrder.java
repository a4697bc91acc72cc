package dev.tocsin.sdk.model;

import java.time.Duration;

/**
 * A centre's word to one device to do something; for drills there is {@link DrillOrder}.
 *
 * <p>Its number rises with each order of a centre to a device, and stays when the same order is handed over again, so that
 * whatever comes twice, late or out of turn is done once. Its time counts from a heartbeat of the device, named by its echo,
 * so neither side needs a clock. Whether it is to be believed is for the device to judge.
 *
 * @param centre id of the centre that orders
 * @param device the one device that it speaks to
 * @param number 1 or more
 * @param echo the echo of one of the device's last heartbeats to this centre
 * @param expiresAfter from when the centre heard that heartbeat until the order is not to be begun any more
 * @param by who ordered it, for people
 * @param task what is to be done
 */
public record DeviceOrder(
        String centre, String device, long number, long echo, Duration expiresAfter, String by, OrderTask task) {

    /** Longest that an order waits for its device: a holiday. */
    public static final Duration MAX_WAIT = Duration.ofDays(100);

    /** Longest text, bytes of UTF-8. */
    public static final int MAX_TEXT_BYTES = 200;

    public DeviceOrder {
        Bounds.check("name", by, MAX_TEXT_BYTES);
        if (number < 1) {
            throw new IllegalArgumentException("an order without a number");
        }
        if (expiresAfter.isNegative()) {
            throw new IllegalArgumentException("an order of negative time");
        }
    }
}
