package dev.tocsin.sdk.sensing;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.Channel;
import dev.tocsin.sdk.model.Evidence;
import java.util.List;

/**
 * The last samples of a sensor, in memory that is taken once: as many as fit into one piece of evidence. Nothing is allocated
 * for a sample. Where a sensor is so fast that its window does not fit, the window is shorter, not thinner: a thinned one would
 * miss the impact.
 */
final class SampleWindow {

    /** Envelope, names, and the longer gaps, of which a window has few. */
    private static final int OVERHEAD_BYTES = 2_048;

    /** A gap of up to 2 s as a varint. */
    private static final int GAP_BYTES = 3;

    private static final long US_NS = 1_000;

    private final List<Channel> channels;
    private final long[] timesNs;
    private final short[] values;
    private int next;
    private int count;

    SampleWindow(List<Channel> channels) {
        this.channels = List.copyOf(channels);
        int capacity = capacity(channels.size());
        this.timesNs = new long[capacity];
        this.values = new short[capacity * channels.size()];
    }

    /** How many samples of so many channels fit into one piece of evidence. */
    static int capacity(int channels) {
        int fitting = (Evidence.MAX_BYTES - OVERHEAD_BYTES) / (Short.BYTES * channels + GAP_BYTES);
        return Math.min(fitting, Evidence.MAX_SAMPLES);
    }

    int capacity() {
        return timesNs.length;
    }

    /** Takes a sample; one that is not after the last is left out. */
    void add(long timeNs, double[] sample) {
        if (count > 0 && timeNs - timesNs[(next + capacity() - 1) % capacity()] <= 0) {
            return;
        }
        timesNs[next] = timeNs;
        for (int c = 0; c < channels.size(); c++) {
            values[next * channels.size() + c] =
                    Evidence.steps(sample[c], channels.get(c).step());
        }
        next = (next + 1) % capacity();
        count = Math.min(count + 1, capacity());
    }

    /** The samples taken at this time or later, as evidence; there must be {@linkplain #since at least one}. */
    Evidence evidence(AlarmId alarm, Bytes alarmSha256, String sensor, long fromNs) {
        int samples = since(fromNs);
        int[] gapsUs = new int[samples];
        short[] told = new short[samples * channels.size()];
        int first = Math.floorMod(next - samples, capacity());
        long firstNs = timesNs[first];
        long beforeUs = 0;
        for (int i = 0; i < samples; i++) {
            int at = (first + i) % capacity();
            long us = (timesNs[at] - firstNs) / US_NS; // from the first, so that rounding does not add up
            gapsUs[i] = (int) (us - beforeUs);
            beforeUs = us;
            System.arraycopy(values, at * channels.size(), told, i * channels.size(), channels.size());
        }
        return new Evidence(alarm, alarmSha256, sensor, channels, firstNs, gapsUs, told);
    }

    /** How many samples were taken at this time or later and are still there. */
    int since(long fromNs) {
        int samples = 0;
        while (samples < count && timesNs[Math.floorMod(next - 1 - samples, capacity())] - fromNs >= 0) {
            samples++;
        }
        return samples;
    }
}
