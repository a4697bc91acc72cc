package dev.tocsin.sdk.model;

import java.util.Arrays;
import java.util.List;

/**
 * What a sensor measured around an alarm. Values are kept as whole numbers of their channel's step, 16 bits each, and times
 * to the microsecond. Immutable, equal by content.
 */
public final class Evidence {

    /** Longest signed evidence, bytes of its envelope. */
    public static final int MAX_BYTES = 16_384;

    /** Most samples. */
    public static final int MAX_SAMPLES = 8_192;

    /** Most channels of one sensor. */
    public static final int MAX_CHANNELS = 16;

    /** Longest name of a sensor, bytes of UTF-8. */
    public static final int MAX_SENSOR_BYTES = 64;

    /** Stands for what was no number. */
    public static final short NOT_A_NUMBER = Short.MIN_VALUE;

    private static final int SHA256_BYTES = 32;

    private final AlarmId alarm;
    private final Bytes alarmSha256;
    private final String sensor;
    private final List<Channel> channels;
    private final long firstNs;
    private final int[] gapsUs;
    private final short[] values;

    /**
     * Evidence of an alarm.
     *
     * @param alarmSha256 SHA-256 of the alarm's exact envelope
     * @param sensor name of the sensor, 1 to {@value #MAX_SENSOR_BYTES} bytes of UTF-8
     * @param firstNs time of the first sample, on the device's monotonic clock
     * @param gapsUs microseconds from the sample before to each sample, the first 0; copied
     * @param values steps, all channels of the first sample, then of the second, and so on; copied
     * @throws IllegalArgumentException if one of these is out of its bounds, or they do not belong together
     */
    public Evidence(
            AlarmId alarm,
            Bytes alarmSha256,
            String sensor,
            List<Channel> channels,
            long firstNs,
            int[] gapsUs,
            short[] values) {
        this.alarm = alarm;
        this.alarmSha256 = alarmSha256;
        this.sensor = sensor;
        this.channels = List.copyOf(channels);
        this.firstNs = firstNs;
        this.gapsUs = gapsUs.clone();
        this.values = values.clone();
        Bounds.check("sensor", sensor, MAX_SENSOR_BYTES);
        if (sensor.isEmpty() || alarmSha256.size() != SHA256_BYTES) {
            throw new IllegalArgumentException("evidence names its sensor and the SHA-256 of its alarm");
        }
        if (channels.isEmpty() || channels.size() > MAX_CHANNELS) {
            throw new IllegalArgumentException("1 to " + MAX_CHANNELS + " channels, not " + channels.size());
        }
        if (gapsUs.length == 0 || gapsUs.length > MAX_SAMPLES) {
            throw new IllegalArgumentException("1 to " + MAX_SAMPLES + " samples, not " + gapsUs.length);
        }
        if (values.length != gapsUs.length * channels.size()) {
            throw new IllegalArgumentException(values.length + " values are not " + gapsUs.length + " samples of "
                    + channels.size() + " channels");
        }
        if (gapsUs[0] != 0 || Arrays.stream(gapsUs).anyMatch(gap -> gap < 0)) {
            throw new IllegalArgumentException("the first gap is 0 and none is negative");
        }
    }

    /** A value as a number of steps, the nearest that there is. */
    public static short steps(double value, double step) {
        if (Double.isNaN(value)) {
            return NOT_A_NUMBER;
        }
        double steps = Math.rint(value / step);
        return (short) Math.max(-Short.MAX_VALUE, Math.min(Short.MAX_VALUE, steps));
    }

    /** The alarm that it belongs to. */
    public AlarmId alarm() {
        return alarm;
    }

    /** SHA-256 of that alarm's exact envelope. */
    public Bytes alarmSha256() {
        return alarmSha256;
    }

    /** The sensor's name. */
    public String sensor() {
        return sensor;
    }

    /** What it measures, in the order of the values. */
    public List<Channel> channels() {
        return channels;
    }

    /** Time of the first sample, on the device's monotonic clock, the one of the alarm's stages. */
    public long firstNs() {
        return firstNs;
    }

    /** How many samples there are, 1 or more. */
    public int samples() {
        return gapsUs.length;
    }

    /** Microseconds from the sample before to this one; 0 for the first. */
    public int gapUs(int sample) {
        return gapsUs[sample];
    }

    /** A value as a number of steps; {@link #NOT_A_NUMBER} for what was none. */
    public short steps(int sample, int channel) {
        return values[sample * channels.size() + channel];
    }

    /** A value in its channel's unit; not a number where it was none. */
    public double value(int sample, int channel) {
        short steps = steps(sample, channel);
        return steps == NOT_A_NUMBER
                ? Double.NaN
                : steps * channels.get(channel).step();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Evidence e
                && alarm.equals(e.alarm)
                && alarmSha256.equals(e.alarmSha256)
                && sensor.equals(e.sensor)
                && channels.equals(e.channels)
                && firstNs == e.firstNs
                && Arrays.equals(gapsUs, e.gapsUs)
                && Arrays.equals(values, e.values);
    }

    @Override
    public int hashCode() {
        return 31 * alarm.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "evidence of " + alarm + ": " + samples() + " samples of " + sensor;
    }
}
