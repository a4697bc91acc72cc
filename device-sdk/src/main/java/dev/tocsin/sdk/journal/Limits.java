package dev.tocsin.sdk.journal;

/**
 * How much a journal may keep.
 *
 * @param maxBytes all that is alive, bytes; at most {@value #MAX_BYTES}
 * @param lifeReserveBytes part of it that only {@link Priority#LIFE} may use, bytes
 * @param ballastBytes size of a file that does nothing but give its room back when the medium is full; 0 for none
 */
public record Limits(int maxBytes, int lifeReserveBytes, int ballastBytes) {

    /** Most that any journal may keep: what a file lists as alive must fit into one record. */
    public static final int MAX_BYTES = 4 << 20;

    /** 4 MiB; 1 MiB of it, room for 1,000 alarms of 1 KiB, for life alarms alone; 2 MiB ballast for two copies of those. */
    public static final Limits DEFAULT = new Limits(MAX_BYTES, 1 << 20, 2 << 20);

    /** The same with another ballast. */
    public Limits withBallast(int bytes) {
        return new Limits(maxBytes, lifeReserveBytes, bytes);
    }

    public Limits {
        if (maxBytes > MAX_BYTES || lifeReserveBytes < 0 || lifeReserveBytes > maxBytes || ballastBytes < 0) {
            throw new IllegalArgumentException(
                    "a journal of at most " + MAX_BYTES + " bytes with a reserve within it, not " + maxBytes + " with "
                            + lifeReserveBytes + ", ballast " + ballastBytes);
        }
    }
}
