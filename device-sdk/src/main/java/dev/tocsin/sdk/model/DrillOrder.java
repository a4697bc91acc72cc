package dev.tocsin.sdk.model;

import java.time.Duration;

/**
 * A centre's word to one device that there is a drill, or, with {@link #lasts} zero, that the one of this name is over.
 *
 * <p>Its times count from a heartbeat of the device, named by its echo, so neither side needs a clock. Whether it is to be
 * believed, and whether its times are in range, is for the device to judge: this is only what the centre said.
 *
 * @param centre id of the centre that orders
 * @param order its name, see {@link #isOrderId}; the same for all devices of one drill
 * @param device the one device that it speaks to
 * @param echo the echo of one of the device's last heartbeats to this centre
 * @param places where the drill is, for people
 * @param madeAfter from when the centre heard that heartbeat until it made the order
 * @param startsAfter from when the centre heard it until the drill begins
 * @param lasts how long it lasts from then on; zero ends the drill of this name
 * @param by who ordered it, for people
 */
public record DrillOrder(
        String centre,
        String order,
        String device,
        long echo,
        String places,
        Duration madeAfter,
        Duration startsAfter,
        Duration lasts,
        String by) {

    /** Longest drill. */
    public static final Duration MAX_LASTS = Duration.ofHours(2);

    /** Longest time ahead of a drill that a device is told of it. */
    public static final Duration MAX_STARTS_AFTER = Duration.ofHours(1);

    /** Longest name. */
    public static final int MAX_ORDER_ID = 64;

    /** Longest text (places, by), bytes of UTF-8. */
    public static final int MAX_TEXT_BYTES = 200;

    public DrillOrder {
        Bounds.check("place", places, MAX_TEXT_BYTES);
        Bounds.check("name", by, MAX_TEXT_BYTES);
        if (!isOrderId(order)) {
            throw new IllegalArgumentException("not an order's name");
        }
        if (madeAfter.isNegative() || startsAfter.isNegative() || lasts.isNegative()) {
            throw new IllegalArgumentException("an order of negative time");
        }
    }

    /** Whether it ends a drill instead of beginning one. */
    public boolean isCancel() {
        return lasts.isZero();
    }

    /** Whether a text can be an order's name: 1 to {@value #MAX_ORDER_ID} letters, digits and {@code . _ -}. */
    public static boolean isOrderId(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_ORDER_ID
                && text.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "._-".indexOf(c) >= 0));
    }
}
