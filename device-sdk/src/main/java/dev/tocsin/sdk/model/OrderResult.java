package dev.tocsin.sdk.model;

/**
 * A device's word on what became of an order.
 *
 * @param device whose
 * @param centre the centre that ordered
 * @param number the order's
 * @param orderSha256 SHA-256 of the order's exact envelope, 32 bytes
 * @param state how it stands
 * @param boot the boot of the device that says so
 * @param time the device's clocks
 * @param text what was found, or why not, for people
 */
public record OrderResult(
        String device,
        String centre,
        long number,
        Bytes orderSha256,
        State state,
        long boot,
        DeviceTime time,
        String text) {

    /** Longest text, bytes of UTF-8: a self-test has something to say. */
    public static final int MAX_TEXT_BYTES = 400;

    /** How an order stands. */
    public enum State {
        /** Begun; another result follows. */
        UNDER_WAY,
        /** Done. */
        DONE,
        /** Begun, and did not come to a good end. */
        FAILED,
        /** Not begun. */
        REFUSED;

        /** Whether nothing more is to come. */
        public boolean isFinal() {
            return this != UNDER_WAY;
        }
    }

    public OrderResult {
        Bounds.check("text", text, MAX_TEXT_BYTES);
        if (number < 1) {
            throw new IllegalArgumentException("a result of no order");
        }
    }
}
