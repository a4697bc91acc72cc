package dev.tocsin.firmware.board;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A recording of a sensor. The file is CSV: a header {@code t_s} and then a column a channel, in the sensor's order and units;
 * seconds since the start, growing from row to row; numbers, or nothing where the sensor could not measure.
 */
public final class SampleRecording {

    /** The longest recording that is read, in rows. */
    public static final int MAX_SAMPLES = 1_000_000;

    private static final double NS_PER_S = 1e9;
    private static final double LONGEST_S = 1e6;

    private final List<Long> timesNs;
    private final List<double[]> values;

    private SampleRecording(List<Long> timesNs, List<double[]> values) {
        this.timesNs = timesNs;
        this.values = values;
    }

    /** How reading went. */
    public sealed interface Reading {
        /** It is a recording. */
        record Read(SampleRecording recording) implements Reading {}

        /** It is not; says where and what would be right. */
        record Malformed(String problem) implements Reading {}
    }

    /** Reads one file of so many channels. Blocks. */
    public static Reading read(Path file, int channels) {
        try {
            return parse(file.toString(), Files.readAllLines(file), channels);
        } catch (IOException e) {
            return new Reading.Malformed(file + ": cannot be read: " + e.getMessage());
        }
    }

    static Reading parse(String where, List<String> lines, int channels) {
        String[] header = lines.isEmpty() ? new String[0] : lines.getFirst().split(",", -1);
        if (header.length != channels + 1 || !header[0].strip().equals("t_s")) {
            return new Reading.Malformed(where + ":1: the header must be t_s and " + channels + " channels");
        }
        if (lines.size() - 1 > MAX_SAMPLES || lines.size() == 1) {
            return new Reading.Malformed(where + ": 1 to " + MAX_SAMPLES + " rows, not " + (lines.size() - 1));
        }
        List<Long> timesNs = new ArrayList<>();
        List<double[]> values = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            String at = where + ":" + (i + 1) + ": ";
            String[] fields = lines.get(i).split(",", -1);
            if (fields.length != channels + 1) {
                return new Reading.Malformed(at + (channels + 1) + " fields wanted, found " + fields.length);
            }
            try {
                double timeS = Double.parseDouble(fields[0]);
                long timeNs = Math.round(timeS * NS_PER_S);
                if (!(timeS >= 0 && timeS < LONGEST_S) || (i > 1 && timeNs <= timesNs.getLast())) {
                    return new Reading.Malformed(
                            at + "t_s " + fields[0] + " must be 0 or more, and more than in the row above");
                }
                timesNs.add(timeNs);
                double[] row = new double[channels];
                for (int c = 0; c < channels; c++) {
                    row[c] = fields[c + 1].isBlank() ? Double.NaN : Double.parseDouble(fields[c + 1]);
                }
                values.add(row);
            } catch (NumberFormatException e) {
                return new Reading.Malformed(at + "not a number: " + e.getMessage());
            }
        }
        return new Reading.Read(new SampleRecording(timesNs, values));
    }

    int samples() {
        return timesNs.size();
    }

    long timeNs(int sample) {
        return timesNs.get(sample);
    }

    double[] values(int sample) {
        return values.get(sample);
    }
}
