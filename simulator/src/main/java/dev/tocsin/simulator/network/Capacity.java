package dev.tocsin.simulator.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** How much a host's line carries, one way. What does not fit into its queue is dropped. */
public sealed interface Capacity {

    /** As much as comes. */
    record Unlimited() implements Capacity {}

    /**
     * A steady rate.
     *
     * @param queueBytes most bytes that wait
     */
    record Rate(long bitsPerSecond, int queueBytes) implements Capacity {}

    /**
     * A recorded line, over and over again, each host beginning somewhere else in it.
     *
     * @param opportunities when it took something, from its start
     * @param queueBytes most bytes that wait
     */
    record Recorded(Opportunities opportunities, int queueBytes) implements Capacity {}

    /** Moments at which a line can take {@value #BYTES} bytes, in milliseconds, in order; the last one ends the recording. */
    final class Opportunities {

        /** What each one takes, in one packet or several that wait. */
        static final int BYTES = 1500;

        private static final int MAX_LINES = 10_000_000;

        final long[] timesMs;

        private Opportunities(long[] timesMs) {
            this.timesMs = timesMs;
        }

        /**
         * Reads a recording in the form of mahimahi (Netravali et al., USENIX ATC 2015): a line for each, ms since start,
         * the same again for more than one at once.
         *
         * @throws IOException if it cannot be read, or is none, naming the line
         */
        public static Opportunities read(Path file) throws IOException {
            List<String> lines = Files.readAllLines(file);
            try {
                return of(lines);
            } catch (IllegalArgumentException e) {
                throw new IOException(file + ": " + e.getMessage(), e);
            }
        }

        /** The same from its lines. */
        public static Opportunities of(List<String> lines) {
            if (lines.isEmpty() || lines.size() > MAX_LINES) {
                throw new IllegalArgumentException(lines.size() + " lines");
            }
            long[] times = new long[lines.size()];
            long before = 0;
            for (int i = 0; i < times.length; i++) {
                try {
                    times[i] = Long.parseLong(lines.get(i).strip());
                } catch (NumberFormatException e) {
                    throw new IllegalArgumentException("line " + (i + 1) + ": not a number of milliseconds", e);
                }
                if (times[i] < before) {
                    throw new IllegalArgumentException("line " + (i + 1) + ": time runs back");
                }
                before = times[i];
            }
            if (before == 0) {
                throw new IllegalArgumentException("the recording is over at 0 ms");
            }
            return new Opportunities(times);
        }

        long lengthMs() {
            return timesMs[timesMs.length - 1];
        }

        /** The first one at or after a moment of the recording; {@code timesMs.length} if there is none. */
        int firstAt(long ms) {
            int at = Arrays.binarySearch(timesMs, ms);
            if (at < 0) {
                return -at - 1;
            }
            while (at > 0 && timesMs[at - 1] == ms) {
                at--;
            }
            return at;
        }
    }
}
