package dev.tocsin.sdk.detect;

/**
 * How much one measured quantity speaks for a fall: nothing at {@code none}, all of its weight at {@code full}, in
 * proportion between. Either end may be the greater: an impact speaks by being large, stillness by being small.
 *
 * @param none where it says nothing, in the quantity's unit
 * @param full from where on it says all it can, in the same unit
 * @param weight its share of the whole, 0 to 1; 0 is measured and shown, but does not count
 */
public record Cue(double none, double full, double weight) {

    /** Refuses what is not a number, ends that are the same, and a weight that is no share. */
    public Cue {
        if (!Double.isFinite(none) || !Double.isFinite(full) || none == full) {
            throw new IllegalArgumentException("two different numbers are needed: none " + none + ", full " + full);
        }
        if (!(weight >= 0 && weight <= 1)) {
            throw new IllegalArgumentException("a weight is 0 to 1, not " + weight);
        }
    }

    /** What this value speaks for, 0 to {@link #weight}; 0 where it is not a number. */
    public double of(double value) {
        double share = (value - none) / (full - none);
        return share > 0 ? weight * Math.min(share, 1) : 0; // not a number is not greater than 0
    }

    /** Whether it speaks at all: beyond {@code none}, on the side of {@code full}. */
    public boolean isMet(double value) {
        return (value - none) / (full - none) > 0;
    }

    void requireWithin(String what, double least, double most) {
        if (Math.min(none, full) < least || Math.max(none, full) > most) {
            throw new IllegalArgumentException(
                    what + " is out of range: " + none + " to " + full + ", wanted within " + least + " to " + most);
        }
    }

    void requireRising(String what, boolean isRising) {
        if (full > none != isRising) {
            throw new IllegalArgumentException(
                    what + ": full must be " + (isRising ? "above" : "below") + " none: " + none + " to " + full);
        }
    }
}
