package dev.tocsin.sdk.detect;

import java.util.Arrays;
import java.util.Locale;

/**
 * Stands in front of a detector and lets good samples through only. What is wrong with the sensor it tells as
 * {@link Findings#health}, causes {@value #STUCK}, {@value #NOISY}, {@value #OUT_OF_RANGE}, {@value #SILENT},
 * {@value #NOT_A_NUMBER}, {@value #TIME_BACKWARDS} and {@value #TIME_AHEAD}. It never raises an alarm.
 *
 * <p><b>Held back</b> at once, sample by sample: what is not a number, out of range, before the sample ahead of it or more
 * than 10 s ahead of the last step, and
 * anything while the noise is above the limit. Once most are, everything is held back until the fault ends: of a sensor that
 * is wrong half of the time, the other half is not to be believed either. A stuck value is held back while it lasts, and not
 * after it: when a gauge that slept all summer moves, that is news. Silence and a time gone backwards hold nothing back after
 * them.
 *
 * <p><b>Told</b> with hysteresis: bad samples once they are more than a share of a window and at least two, a window being longer
 * where it would have less than {@value #FEWEST_SEEN} samples; silence, sameness
 * and times that cannot be at once. A fault ends after {@link SensorLimits#clear} without a sign of it.
 *
 * <p><b>Noise</b> is judged by second differences, the successive differences of J. von Neumann and others (<i>The Mean
 * Square Successive Difference</i>, Annals of Mathematical Statistics 12, 1941) taken twice, which somebody who runs past at an
 * even pace does not touch; and by how many of the last {@value #REMEMBERED} are large, not by how large, so that rain in a
 * beam is no noise. A distance sensor that sees somebody and the wall behind in turn has large ones too, so there a value near
 * one of the last {@value #SURFACES} is none. Half of the second differences of noise are above 1.65 of its standard deviation; {@value #TOO_MANY}
 * above that of the limit are too many.
 *
 * <p><b>False alarms.</b> A gate trades a life alarm that nobody can trust for a fault that sends somebody to look. What it
 * cannot see: garbage that is in range, quiet and changing, as from a sensor that was turned to the wall.
 */
public final class SampleGate implements Detector {

    /** Bit for bit the same for too long. */
    public static final String STUCK = "stuck";

    /** More noise than the sensor has. */
    public static final String NOISY = "noisy";

    /** Beyond what it can measure. */
    public static final String OUT_OF_RANGE = "out-of-range";

    /** No samples. */
    public static final String SILENT = "silent";

    /** Not numbers. */
    public static final String NOT_A_NUMBER = "not-a-number";

    /** A sample from before the one ahead of it. */
    public static final String TIME_BACKWARDS = "time-backwards";

    /** A sample from later than now. */
    public static final String TIME_AHEAD = "time-ahead";

    /** A sample may be this much ahead of the last step: a device that was busy steps late. */
    private static final long AHEAD_NS = 10_000_000_000L;

    private static final int REMEMBERED = 16;
    private static final int TOO_MANY = 12;
    private static final int ABSURD = 100;
    private static final int SURFACES = 4;
    private static final int MASK = (1 << REMEMBERED) - 1;
    private static final int FEWEST_SAME = 3;
    private static final int FEWEST_BAD = 2;
    private static final int FEWEST_SEEN = 4;
    /** The median of second differences of normal values, in their standard deviations: 0.6745 √6. */
    private static final double MEDIAN = 1.652;

    private static final double NS_PER_S = 1e9;

    private final double[] lowest;
    private final double[] highest;
    private final double[] noise;
    private final long[] stuckNs;
    private final boolean[] isOftenAbsent;
    private final Detector next;

    private final Condition stuck;
    private final Condition noisy;
    private final Condition outOfRange;
    private final Condition silent;
    private final Condition notANumber;
    private final Condition backwards;
    private final Condition ahead;

    private final long silenceNs;
    private final long windowNs;
    private final long clearNs;
    private final double badShare;

    private final double[] last;
    private final long[] sameSinceNs;
    private final int[] same;
    private final double[] lastChange;
    private final int[] large;
    private final double[][] surfaces;
    private final int[] nextSurface;

    private boolean isStuckNow;
    private boolean isStarted;
    private boolean isClockStarted;
    private boolean isStepped;
    private long stepNs;
    private long lastNs;
    private long windowStartNs;
    private int seen;
    private int total;
    private int bad;
    private int strange;
    private int loud;
    private double worst;
    private int worstChannel;

    /**
     * @param limits for as many channels as the detector has, or {@link IllegalArgumentException} is thrown
     * @param next who gets the good samples
     * @param findings who is told of the sensor's health
     */
    public SampleGate(SensorLimits limits, Detector next, Findings findings) {
        int channels = limits.channels().size();
        if (channels != next.channels()) {
            throw new IllegalArgumentException(
                    "limits for " + channels + " channels; the detector has " + next.channels());
        }
        this.next = next;
        lowest = limits.channels().stream()
                .mapToDouble(SensorLimits.Channel::lowest)
                .toArray();
        highest = limits.channels().stream()
                .mapToDouble(SensorLimits.Channel::highest)
                .toArray();
        noise = limits.channels().stream()
                .mapToDouble(SensorLimits.Channel::noise)
                .toArray();
        stuckNs = limits.channels().stream().mapToLong(c -> c.stuck().toNanos()).toArray();
        isOftenAbsent = new boolean[channels];
        for (int i = 0; i < channels; i++) {
            isOftenAbsent[i] = limits.channels().get(i).isOftenAbsent();
        }
        clearNs = limits.clear().toNanos();
        stuck = new Condition(STUCK, clearNs, findings);
        noisy = new Condition(NOISY, clearNs, findings);
        outOfRange = new Condition(OUT_OF_RANGE, clearNs, findings);
        silent = new Condition(SILENT, clearNs, findings);
        notANumber = new Condition(NOT_A_NUMBER, clearNs, findings);
        backwards = new Condition(TIME_BACKWARDS, clearNs, findings);
        ahead = new Condition(TIME_AHEAD, clearNs, findings);
        silenceNs = limits.silence().toNanos();
        windowNs = limits.window().toNanos();
        badShare = limits.badShare();
        last = new double[channels];
        sameSinceNs = new long[channels];
        same = new int[channels];
        lastChange = new double[channels];
        large = new int[channels];
        surfaces = new double[channels][SURFACES];
        nextSurface = new int[channels];
        Arrays.fill(last, Double.NaN);
    }

    @Override
    public int channels() {
        return next.channels();
    }

    @Override
    public void sample(long timeNs, double[] values) {
        if (isStepped && timeNs - stepNs > AHEAD_NS) {
            if (ahead.begins(stepNs, true)) {
                ahead.tell(
                        String.format(Locale.ROOT, "a sample %.3f s ahead of the clock", (timeNs - stepNs) / NS_PER_S));
            }
            return;
        }
        if (isStarted && timeNs < lastNs) {
            if (backwards.begins(lastNs, true)) {
                backwards.tell(String.format(
                        Locale.ROOT, "a sample %.3f s before the one ahead of it", (lastNs - timeNs) / NS_PER_S));
            }
            return;
        }
        if (!isStarted) {
            windowStartNs = timeNs;
        } else if (isSilentAt(timeNs)) {
            tellSilence(timeNs);
        }
        isStarted = true;
        isClockStarted = true;
        lastNs = timeNs;
        boolean unused = backwards.begins(timeNs, false);
        unused = silent.begins(timeNs, false);
        unused = ahead.begins(timeNs, false);
        boolean isGood = judge(timeNs, values);
        if (timeNs - windowStartNs >= windowNs && seen >= FEWEST_SEEN) {
            close(timeNs);
        }
        if (isGood && !isHeldBack()) {
            next.sample(timeNs, values);
        }
    }

    @Override
    public void step(long nowNs) {
        isStepped = true;
        stepNs = nowNs;
        if (!isClockStarted) {
            isClockStarted = true;
            lastNs = nowNs;
        } else if (isSilentAt(nowNs)) {
            tellSilence(nowNs);
        }
        next.step(nowNs);
    }

    private boolean isSilentAt(long nowNs) {
        return nowNs - lastNs > silenceNs;
    }

    private void tellSilence(long nowNs) {
        if (silent.begins(nowNs, true)) {
            silent.tell(String.format(Locale.ROOT, "no sample for %.1f s", (nowNs - lastNs) / NS_PER_S));
        }
    }

    private boolean isHeldBack() {
        return isStuckNow || noisy.isStanding() || outOfRange.isStanding() || notANumber.isStanding();
    }

    private boolean judge(long timeNs, double[] values) {
        boolean isOut = false;
        boolean isStrange = false;
        boolean isLoud = false;
        boolean isAbsent = false;
        int stuckChannel = -1;
        boolean isAnyGood = false;
        for (int i = 0; i < last.length; i++) {
            double value = values[i];
            if (isOftenAbsent[i] && isNothingSeen(i, value)) {
                isAbsent = true;
                continue;
            }
            if (!Double.isFinite(value)) {
                isStrange = true;
            } else if (value < lowest[i] || value > highest[i]) {
                isOut = true;
                worst = value;
                worstChannel = i;
            } else {
                isLoud |= follow(i, timeNs, value);
                isAnyGood = true;
                if (stuckNs[i] > 0 && same[i] >= FEWEST_SAME && timeNs - sameSinceNs[i] >= stuckNs[i]) {
                    stuckChannel = i;
                }
            }
        }
        isStuckNow = stuckChannel >= 0 || (isStuckNow && !isAnyGood);
        if (isAnyGood && stuck.begins(timeNs, isStuckNow || (stuck.isStanding() && isSameForLong(timeNs)))) {
            stuck.tell(String.format(
                    Locale.ROOT,
                    "channel %d reads %s for %.1f s",
                    stuckChannel,
                    last[stuckChannel],
                    (timeNs - sameSinceNs[stuckChannel]) / NS_PER_S));
        }
        seen++;
        total += isAbsent ? 0 : 1;
        bad += isOut ? 1 : 0;
        strange += isStrange ? 1 : 0;
        loud += isLoud ? 1 : 0;
        return !isOut && !isStrange && !isLoud;
    }

    /** While it is told as stuck, it is not well again before it changes more often. */
    private boolean isSameForLong(long nowNs) {
        for (int i = 0; i < last.length; i++) {
            if (stuckNs[i] > 0 && same[i] >= FEWEST_SAME && nowNs - sameSinceNs[i] > clearNs / 4) {
                return true;
            }
        }
        return false;
    }

    /** Whether the channel is too noisy. */
    private boolean follow(int channel, long timeNs, double value) {
        if (Double.doubleToRawLongBits(value) == Double.doubleToRawLongBits(last[channel])) {
            same[channel]++;
        } else {
            same[channel] = 1;
            sameSinceNs[channel] = timeNs;
        }
        double change = value - last[channel];
        boolean isLarge = Math.abs(change - lastChange[channel]) > MEDIAN * noise[channel]
                && !(isOftenAbsent[channel] && isSurface(channel, value));
        lastChange[channel] = change;
        large[channel] = (large[channel] << 1 | (isLarge ? 1 : 0)) & MASK;
        last[channel] = value;
        surfaces[channel][nextSurface[channel]] = value;
        nextSurface[channel] = (nextSurface[channel] + 1) % SURFACES;
        return Integer.bitCount(large[channel]) >= TOO_MANY;
    }

    /** Farther than {@value #ABSURD} times the range is no sensor's way to say that it saw nothing: that is garbage. */
    private boolean isNothingSeen(int channel, double value) {
        boolean isBeyond = !(value > 0 && value <= highest[channel]);
        return isBeyond && !(Math.abs(value) > ABSURD * highest[channel]);
    }

    /** Whether it was about here a moment ago. */
    private boolean isSurface(int channel, double value) {
        for (double surface : surfaces[channel]) {
            if (Math.abs(value - surface) <= noise[channel] / 2) {
                return true;
            }
        }
        return false;
    }

    private void close(long nowNs) {
        boolean isWrong = isMuch(bad + strange);
        if (outOfRange.begins(nowNs, isWrong && bad >= strange)) {
            outOfRange.tell(String.format(
                    Locale.ROOT,
                    "%d of %d samples are out of range, the last of them %s on channel %d; %s to %s is possible",
                    bad,
                    total,
                    worst,
                    worstChannel,
                    lowest[worstChannel],
                    highest[worstChannel]));
        }
        if (notANumber.begins(nowNs, isWrong && strange > bad)) {
            notANumber.tell(strange + " of " + total + " samples are no numbers");
        }
        if (noisy.begins(nowNs, isMuch(loud))) {
            int channel = loudest();
            noisy.tell(String.format(
                    Locale.ROOT,
                    "%d of the last %d second differences of channel %d above %.3f",
                    Integer.bitCount(large[channel]),
                    REMEMBERED,
                    channel,
                    MEDIAN * noise[channel]));
        }
        windowStartNs = nowNs;
        seen = 0;
        total = 0;
        bad = 0;
        strange = 0;
        loud = 0;
    }

    private boolean isMuch(int count) {
        return count >= FEWEST_BAD && count > badShare * total;
    }

    private int loudest() {
        int loudest = 0;
        for (int i = 1; i < large.length; i++) {
            loudest = Integer.bitCount(large[i]) > Integer.bitCount(large[loudest]) ? i : loudest;
        }
        return loudest;
    }
}
