package dev.tocsin.sdk.detect;

/**
 * Whether something has been seen for so long. An integrator, as in the firmware's debouncer: it fills while two samples in
 * a row see it and drains as fast otherwise. A sample that does not see it costs time, it does not start all over; what is
 * seen less than half of the time never persists. A gap longer than allowed empties it: nobody knows what was then.
 */
final class Persistence {

    private final long holdNs;
    private final long gapNs;
    private final int fewest;
    private int seen;
    private boolean isStarted;
    private boolean isSeen;
    private boolean isBurst;
    private long lastNs = Long.MIN_VALUE;
    private long sinceNs;
    private long chargeNs;

    /**
     * @param holdNs how long it must be seen, 0 or more; with 0 the first sample will do
     * @param gapNs the longest time between two samples
     */
    Persistence(long holdNs, long gapNs) {
        this(holdNs, gapNs, 1);
    }

    /**
     * @param fewest how many samples must have seen it: few that lie far apart are no evidence
     */
    Persistence(long holdNs, long gapNs, int fewest) {
        this.holdNs = holdNs;
        this.gapNs = gapNs;
        this.fewest = fewest;
    }

    /** A sample that can tell. Those that cannot, such as a time-out, are not brought here. */
    void see(long timeNs, boolean isNowSeen) {
        step(timeNs);
        long spanNs = isStarted ? Math.max(0, timeNs - lastNs) : 0;
        if (isNowSeen && isSeen) {
            chargeNs = Math.min(holdNs, chargeNs + spanNs);
        } else if (!isNowSeen) {
            chargeNs = Math.max(0, chargeNs - spanNs);
            isBurst &= chargeNs > 0;
        }
        if (isNowSeen && !isBurst) {
            isBurst = true;
            sinceNs = timeNs;
            seen = 0;
        }
        seen += isNowSeen && seen < fewest ? 1 : 0;
        isStarted = true;
        isSeen = isNowSeen;
        lastNs = Math.max(lastNs, timeNs);
    }

    /** Time has passed. */
    void step(long nowNs) {
        if (isStarted && nowNs - lastNs > gapNs) {
            reset();
        }
    }

    void reset() {
        isStarted = false;
        isSeen = false;
        isBurst = false;
        chargeNs = 0;
        lastNs = Long.MIN_VALUE;
    }

    /** Whether it was seen for long enough. */
    boolean isHeld() {
        return isBurst && chargeNs >= holdNs && seen >= fewest;
    }

    /** The first sample of what was seen; only while there is something. */
    long sinceNs() {
        return sinceNs;
    }

    /** Whether the last sample saw it. */
    boolean isSeen() {
        return isSeen;
    }
}
