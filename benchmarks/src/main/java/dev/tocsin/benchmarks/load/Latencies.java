package dev.tocsin.benchmarks.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.zip.DataFormatException;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How long alarms took, ns, and how many never came back. Any thread records. */
public final class Latencies {

    /** Longer counts as this long. */
    private static final long HIGHEST_NS = 600_000_000_000L;

    private static final int WORDS = 3;
    private static final int DIGITS = 3;
    private static final double US = 1e3;
    private static final double P50 = 50;
    private static final double P99 = 99;
    private static final double P999 = 99.9;

    private final Histogram histogram = new ConcurrentHistogram(HIGHEST_NS, DIGITS);
    private long failed;
    private String why = "";

    /** One came back. */
    public void took(long ns) {
        histogram.recordValue(Math.clamp(ns, 0, HIGHEST_NS));
    }

    /** One did not. */
    public synchronized void failed(Throwable reason) {
        failed++;
        why = String.valueOf(reason);
    }

    /** Adds another's. */
    public synchronized void add(Latencies other) {
        histogram.add(other.histogram);
        failed += other.failed();
        if (!other.why().isEmpty()) {
            why = other.why();
        }
    }

    /** How many came back. */
    public long count() {
        return histogram.getTotalCount();
    }

    /** How many did not. */
    public synchronized long failed() {
        return failed;
    }

    /** Why the last of them did not; empty if all came back. */
    public synchronized String why() {
        return why;
    }

    /** Half were faster, microseconds. */
    public double p50Us() {
        return atUs(P50);
    }

    /** 99 of 100 were faster, microseconds. */
    public double p99Us() {
        return atUs(P99);
    }

    /** 999 of 1,000 were faster, microseconds; with less than 1,000 samples the slowest of all. */
    public double p999Us() {
        return atUs(P999);
    }

    /** The slowest, microseconds. */
    public double maxUs() {
        return histogram.getMaxValue() / US;
    }

    private double atUs(double percentile) {
        return histogram.getValueAtPercentile(percentile) / US;
    }

    /** A copy of all of it, ns. */
    public Histogram histogram() {
        return histogram.copy();
    }

    /** All of it on one line, for another process. */
    public synchronized String encoded() {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int bytes = histogram.encodeIntoCompressedByteBuffer(buffer);
        return failed + " " + Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), bytes)) + " "
                + Base64.getEncoder().encodeToString(why.getBytes(StandardCharsets.UTF_8));
    }

    /** What another process {@linkplain #encoded encoded}; {@link IllegalArgumentException} for anything else. */
    public static Latencies decoded(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != WORDS) {
            throw new IllegalArgumentException("not what another process wrote: " + line);
        }
        Latencies latencies = new Latencies();
        try {
            latencies.histogram.add(Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(words[1])), 0));
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("not what another process wrote", e);
        }
        latencies.failed = Long.parseLong(words[0]);
        latencies.why = new String(Base64.getDecoder().decode(words[2]), StandardCharsets.UTF_8);
        return latencies;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d in p50 %.0f p99 %.0f us, %d failed", count(), p50Us(), p99Us(), failed());
    }
}
