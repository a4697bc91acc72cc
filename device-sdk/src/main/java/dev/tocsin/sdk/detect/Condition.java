package dev.tocsin.sdk.detect;

/**
 * One cause for which a sensor is not well. It begins with the first evidence against the sensor and ends only after
 * evidence for it, without a break, over a while: so it does not flap. No evidence changes nothing.
 */
final class Condition {

    private final String cause;
    private final long clearNs;
    private final Findings findings;
    private boolean isStanding;
    private boolean isGood;
    private long goodSinceNs;

    Condition(String cause, long clearNs, Findings findings) {
        this.cause = cause;
        this.clearNs = clearNs;
        this.findings = findings;
    }

    boolean isStanding() {
        return isStanding;
    }

    /** Evidence. Where this returns true the condition begins, and {@link #tell} must say why. */
    boolean begins(long nowNs, boolean isBad) {
        if (isBad) {
            isGood = false;
            return !isStanding;
        }
        if (!isGood) {
            isGood = true;
            goodSinceNs = nowNs;
        }
        if (isStanding && nowNs - goodSinceNs >= clearNs) {
            isStanding = false;
            findings.health(cause, false, "");
        }
        return false;
    }

    void tell(String text) {
        isStanding = true;
        findings.health(cause, true, text);
    }
}
