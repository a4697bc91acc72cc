package dev.tocsin.simulator.board;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A sensor's recording, at whatever times its rows have. Between two rows it reads as the earlier one; before the first and
 * after the last there are no samples, nor where the recording has a gap longer than the mapping allows.
 *
 * <pre>{@code
 * SensorTrace.Mapping.of("t_s", 1e9, "ax", "ay", "az").times(1 / 9.80665)   // m/s² to g
 * }</pre>
 */
public final class SensorTrace implements SampleSource {

    /** The longest recording that is read, in rows. */
    public static final int MAX_ROWS = 1_000_000;

    /**
     * Which columns to read, and in which unit they are.
     *
     * @param timeColumn the header of the column with times, never decreasing
     * @param nsPerTime nanoseconds in one unit of it: 1e9 for seconds
     * @param valueColumns the headers of the channels, in order, at least one
     * @param factor what to multiply values with
     * @param longestGapNs a sample is no older than this, nanoseconds
     */
    public record Mapping(
            String timeColumn, double nsPerTime, List<String> valueColumns, double factor, long longestGapNs) {

        /** Throws {@link IllegalArgumentException} without any value column. */
        public Mapping {
            valueColumns = List.copyOf(valueColumns);
            if (valueColumns.isEmpty()) {
                throw new IllegalArgumentException("at least one value column");
            }
        }

        /** Values as they are, and gaps of any length. */
        public static Mapping of(String timeColumn, double nsPerTime, String... valueColumns) {
            return new Mapping(timeColumn, nsPerTime, List.of(valueColumns), 1, Long.MAX_VALUE);
        }

        /** Values times this: 1 / 9.80665 for m/s² to g. */
        public Mapping times(double newFactor) {
            return new Mapping(timeColumn, nsPerTime, valueColumns, newFactor, longestGapNs);
        }

        /** No sample that is older than this. */
        public Mapping longestGap(Duration gap) {
            return new Mapping(timeColumn, nsPerTime, valueColumns, factor, gap.toNanos());
        }
    }

    /**
     * A recording that something else has read.
     *
     * @param timesNs when each row was, from the first on, never decreasing; at least one
     * @param rows as many values each
     */
    public static SensorTrace of(long[] timesNs, double[][] rows) {
        if (timesNs.length == 0 || timesNs.length != rows.length) {
            throw new IllegalArgumentException(
                    "a time for each row, at least one: " + timesNs.length + ", " + rows.length);
        }
        return new SensorTrace(timesNs, rows, rows[0].length, Long.MAX_VALUE);
    }

    /** How reading went. */
    public sealed interface Reading {
        /** It is a trace. */
        record Read(SensorTrace trace) implements Reading {}

        /** It is not; says where and what would be right. */
        record Malformed(String problem) implements Reading {}
    }

    private final long[] timesNs;
    private final double[][] rows;
    private final int channels;
    private final long longestGapNs;

    private SensorTrace(long[] timesNs, double[][] rows, int channels, long longestGapNs) {
        this.timesNs = timesNs;
        this.rows = rows;
        this.channels = channels;
        this.longestGapNs = longestGapNs;
    }

    /** Reads a CSV file with a header line. The first row's time is the source's start. Blocks. */
    public static Reading read(Path file, Mapping mapping) {
        try {
            return parse(file.toString(), Files.readAllLines(file), mapping);
        } catch (IOException e) {
            return new Reading.Malformed(file + ": cannot be read: " + e.getMessage());
        }
    }

    static Reading parse(String where, List<String> lines, Mapping mapping) {
        List<String> header = lines.isEmpty() ? List.of() : fields(lines.getFirst());
        List<String> wanted = new ArrayList<>(mapping.valueColumns());
        wanted.add(mapping.timeColumn());
        for (String column : wanted) {
            if (!header.contains(column)) {
                return new Reading.Malformed(
                        where + ":1: no column " + column + ", there are " + String.join(",", header));
            }
        }
        if (lines.size() < 2 || lines.size() > MAX_ROWS + 1) {
            return new Reading.Malformed(where + ": 1 to " + MAX_ROWS + " rows wanted, found " + (lines.size() - 1));
        }
        long[] timesNs = new long[lines.size() - 1];
        double[][] rows = new double[timesNs.length][];
        double firstTime = 0;
        for (int i = 0; i < rows.length; i++) {
            String at = where + ":" + (i + 2) + ": ";
            List<String> fields = fields(lines.get(i + 1));
            if (fields.size() != header.size()) {
                return new Reading.Malformed(at + header.size() + " fields wanted, found " + fields.size());
            }
            try {
                double time = Double.parseDouble(fields.get(header.indexOf(mapping.timeColumn())));
                firstTime = i == 0 ? time : firstTime;
                timesNs[i] = Math.round((time - firstTime) * mapping.nsPerTime());
                rows[i] = values(fields, header, mapping);
            } catch (NumberFormatException e) {
                return new Reading.Malformed(at + "not a number: " + e.getMessage());
            }
            if (i > 0 && timesNs[i] < timesNs[i - 1]) {
                return new Reading.Malformed(at + mapping.timeColumn() + " is before the row above");
            }
        }
        return new Reading.Read(
                new SensorTrace(timesNs, rows, mapping.valueColumns().size(), mapping.longestGapNs()));
    }

    private static double[] values(List<String> fields, List<String> header, Mapping mapping) {
        double[] values = new double[mapping.valueColumns().size()];
        for (int i = 0; i < values.length; i++) {
            String field = fields.get(header.indexOf(mapping.valueColumns().get(i)));
            values[i] = field.isBlank() ? Double.NaN : Double.parseDouble(field) * mapping.factor();
        }
        return values;
    }

    private static List<String> fields(String line) {
        return Arrays.stream(line.strip().split(",", -1)).map(String::strip).toList();
    }

    /** From the first row to the last, nanoseconds. */
    public long lengthNs() {
        return timesNs[timesNs.length - 1];
    }

    @Override
    public int channels() {
        return channels;
    }

    /** {@inheritDoc} No sample either where a row leaves one of its fields empty. */
    @Override
    public boolean sample(long timeNs, double[] values) {
        if (timeNs < 0 || timeNs > lengthNs()) {
            return false;
        }
        int row = lastRowAt(timeNs);
        boolean there = timeNs - timesNs[row] <= longestGapNs;
        for (int i = 0; i < channels; i++) {
            values[i] = rows[row][i];
            there &= !Double.isNaN(values[i]);
        }
        return there;
    }

    /** The same, which goes evenly from each row to the next: for what cannot jump, as water. */
    public SampleSource interpolated() {
        return new SampleSource() {
            @Override
            public int channels() {
                return channels;
            }

            @Override
            public boolean sample(long timeNs, double[] values) {
                if (!SensorTrace.this.sample(timeNs, values)) {
                    return false;
                }
                int row = lastRowAt(timeNs);
                if (row + 1 < rows.length) {
                    double share = (double) (timeNs - timesNs[row]) / (timesNs[row + 1] - timesNs[row]);
                    for (int i = 0; i < channels; i++) {
                        values[i] += share * (rows[row + 1][i] - rows[row][i]);
                    }
                }
                return true;
            }
        };
    }

    /** Of several rows with one time the last counts. */
    private int lastRowAt(long timeNs) {
        int low = 0;
        int high = timesNs.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (timesNs[middle] <= timeNs) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
