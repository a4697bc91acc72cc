package dev.tocsin.sdk.detect;

import java.time.Duration;
import java.util.List;

/**
 * What samples of a sound sensor look like, for a {@link SampleGate}. The tests are those of real-time quality control in
 * oceanography (QARTOD, <i>Manual for Real-Time Quality Control of Water Level Data</i>, version 2.1, 2021: gap, gross range,
 * flat line, attenuated or noisy signal), with limits for each sensor.
 *
 * @param channels for each channel, in order, 1 to {@value #MAX_CHANNELS}
 * @param silence no sample for longer than this is a silent sensor, 10 ms to 7 days; some periods of the sensor
 * @param window over which bad samples are counted, 10 ms to 7 days; at least four periods of the sensor
 * @param badShare more bad samples than this share of a window are a fault, 0 to 0.9. A single bad sample is left out and
 *     never told: radio and light disturb every sensor now and then
 * @param clear how long a sensor must be well until a fault ends, 0 to 7 days. Longer than the window, or it flaps
 */
public record SensorLimits(List<Channel> channels, Duration silence, Duration window, double badShare, Duration clear) {

    /** The most channels of a sensor. */
    public static final int MAX_CHANNELS = 16;

    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofDays(7);

    /** Throws {@link IllegalArgumentException} outside the ranges. */
    public SensorLimits {
        channels = List.copyOf(channels);
        Checks.within("number of channels", channels.size(), 1, MAX_CHANNELS);
        Checks.within("silence", silence, SHORTEST, LONGEST);
        Checks.within("window", window, SHORTEST, LONGEST);
        Checks.within("badShare", badShare, 0, 0.9);
        Checks.within("clear", clear, Duration.ZERO, LONGEST);
    }

    /**
     * One channel, in the sensor's unit.
     *
     * @param lowest the least that it can measure
     * @param highest the most
     * @param stuck bit for bit the same value for this long is a stuck sensor, up to 90 days; {@link Duration#ZERO} for a
     *     sensor that repeats itself by right, such as a contact or a dry probe
     * @param noise the most noise, as a standard deviation, above 0; {@link Double#POSITIVE_INFINITY} for none
     * @param isOftenAbsent whether not-a-number, zero or less, and what is above {@code highest} is how this sensor says that
     *     it saw nothing, up to a hundred times {@code highest} either way: passed on and counted as neither good nor bad. So with distance sensors, whose time-outs the detector
     *     behind judges. Such a sensor also sees two surfaces in turn by right, where somebody is half in its beam: a value
     *     within half of {@code noise} of one of the last four is no noise
     */
    public record Channel(double lowest, double highest, Duration stuck, double noise, boolean isOftenAbsent) {

        /** Throws {@link IllegalArgumentException} outside the ranges. */
        public Channel {
            Checks.above("highest", highest, "lowest", lowest);
            Checks.within("stuck", stuck, Duration.ZERO, Duration.ofDays(90));
            Checks.above("noise", noise, "nothing", 0);
        }
    }

    /**
     * A distance sensor, metres, ten samples a second or more. Stuck after an hour: a time-of-flight sensor's repeatability is
     * some millimetres (ST, VL53L1X datasheet DS12385, table "ranging accuracy"; Benewake, TF-Luna manual SJ-PM-TF-Luna A03:
     * 2 cm), and one that reads whole centimetres repeats itself over a wall for minutes, but hardly for tens of thousands of
     * readings. Noise above 0.25 m is more than anybody's movement between two samples.
     *
     * @param highestM the sensor's range, metres; what is beyond it saw nothing, as a wall that is further away than that
     */
    public static SensorLimits distance(double highestM) {
        return distance(highestM, Duration.ofHours(1));
    }

    /** The same with another time until it counts as stuck. */
    public static SensorLimits distance(double highestM, Duration stuck) {
        Channel metres = new Channel(0, highestM, stuck, 0.25, true);
        return fast(List.of(metres));
    }

    /**
     * A wet probe, ohms: 10 ohm (below it the wires are shorted) to 1 gigaohm. Dry it repeats itself by right, and a splash
     * is no noise.
     */
    public static SensorLimits probe() {
        return fast(List.of(probeOhm()));
    }

    /** A worn device: the probe, ohms, and three axes of acceleration, g, within {@code rangeG}. */
    public static SensorLimits worn(double rangeG) {
        Channel axis = axis(rangeG);
        return fast(List.of(probeOhm(), axis, axis, axis));
    }

    /**
     * Three axes of acceleration, g. Stuck after 5 s: the lowest bit of any such sensor is in its noise. Silent after 7 s, for
     * a FIFO that is read every 3 s keeps its samples so long.
     */
    public static SensorLimits acceleration(double rangeG) {
        Channel axis = axis(rangeG);
        SensorLimits usual = fast(List.of(axis, axis, axis));
        return new SensorLimits(
                usual.channels(), Duration.ofSeconds(7), usual.window(), usual.badShare(), usual.clear());
    }

    /**
     * A loop read by a converter, as a ratio 0 to 1. A converter of 10 bits repeats itself by right; a little beyond the
     * ends is its offset.
     */
    public static SensorLimits loop() {
        return fast(List.of(new Channel(-0.02, 1.02, Duration.ZERO, Double.POSITIVE_INFINITY, false)));
    }

    /**
     * A water gauge, metres.
     *
     * @param period between two of its readings
     * @param stuck how long it may read the same: still rivers at a gauge of 3 mm do for two days, tides for hours
     */
    public static SensorLimits gauge(double lowestM, double highestM, Duration period, Duration stuck) {
        Channel metres = new Channel(lowestM, highestM, stuck, (highestM - lowestM) / 4, false);
        return new SensorLimits(
                List.of(metres), period.multipliedBy(4), period.multipliedBy(8), 0.5, period.multipliedBy(12));
    }

    private static SensorLimits fast(List<Channel> channels) {
        return new SensorLimits(channels, Duration.ofSeconds(2), Duration.ofSeconds(1), 0.5, Duration.ofSeconds(10));
    }

    private static Channel axis(double rangeG) {
        return new Channel(-rangeG, rangeG, Duration.ofSeconds(5), rangeG / 3, false);
    }

    private static Channel probeOhm() {
        return new Channel(10, 1e9, Duration.ZERO, Double.POSITIVE_INFINITY, false);
    }
}
