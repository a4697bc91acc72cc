package dev.tocsin.simulator.eval;

import dev.tocsin.sdk.config.FileTrouble;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A recorded accelerometer: CSV with at least {@code t_s,ax,ay,az}. Rows must not be older than the row before, but for one
 * thing that radios do: a block that comes late and fills a gap of at least {@value #LEAST_GAP_S} s that was left for it is
 * put where it belongs, and counted. Cells of a gyroscope may be empty; every other cell must be a number.
 *
 * @param samples in the order of time
 * @param lateBlocks how many blocks came late
 */
public record MotionTrace(List<Sample> samples, int lateBlocks) {

    /** A gap that a late block may fill, s. */
    static final double LEAST_GAP_S = 0.25;

    /** How late a block may come, s. */
    static final double MOST_LATE_S = 3;

    private static final List<String> COLUMNS = List.of("t_s", "ax", "ay", "az");
    private static final List<String> MAY_BE_EMPTY = List.of("gx", "gy", "gz");
    private static final int MAX_ROWS = 20_000_000;
    private static final double MAX_S = 1e8;

    public MotionTrace {
        samples = List.copyOf(samples);
    }

    /**
     * A row.
     *
     * @param isWet whether the column that was asked for says so
     */
    public record Sample(double timeS, double axG, double ayG, double azG, boolean isWet) {

        /** |a|, g. */
        public double sizeG() {
            return Math.sqrt(axG * axG + ayG * ayG + azG * azG);
        }

        /** On a clock in nanoseconds. */
        public long timeNs() {
            return Math.round(timeS * 1e9);
        }
    }

    /** How reading went. */
    public sealed interface Reading {
        /** This is it. */
        record Read(MotionTrace trace) implements Reading {}

        /** It cannot be used; says file, line, what is wrong and what would be right. */
        record Malformed(String why) implements Reading {}
    }

    /** From the first sample to the last, s. */
    public double durationS() {
        return samples.getLast().timeS() - samples.getFirst().timeS();
    }

    /** The median of |a|, g: about 1 of anything that people carry. */
    double medianG() {
        double[] sizes = samples.stream().mapToDouble(Sample::sizeG).sorted().toArray();
        return sizes[sizes.length / 2];
    }

    /** When |a| is greatest, from here to there; empty where there is no sample. */
    public OptionalDouble peakS(double fromS, double toS) {
        double best = -1;
        OptionalDouble at = OptionalDouble.empty();
        for (Sample sample : samples) {
            if (sample.timeS() >= fromS && sample.timeS() <= toS && sample.sizeG() > best) {
                best = sample.sizeG();
                at = OptionalDouble.of(sample.timeS());
            }
        }
        return at;
    }

    /**
     * Reads a recording. Blocks.
     *
     * @param unitG what one of its accelerations is in g
     * @param wet a column that is {@code null} or empty where the sensor is dry, and anything else where it is under water
     */
    public static Reading read(Path file, double unitG, Optional<String> wet) {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            return new Reader(file, unitG).read(reader, wet);
        } catch (IOException e) {
            return new Reading.Malformed(file + ": cannot be read: " + FileTrouble.of(e));
        }
    }

    private static final class Reader {
        private final Path file;
        private final double unitG;
        private final List<Sample> samples = new ArrayList<>();
        private int line = 1;
        private int lateBlocks;
        private int lateAt = -1; // where the next row of a late block belongs; -1: none comes
        private @Nullable String wrong;

        Reader(Path file, double unitG) {
            this.file = file;
            this.unitG = unitG;
        }

        Reading read(BufferedReader reader, Optional<String> wet) throws IOException {
            String first = reader.readLine();
            List<String> header = first == null ? List.of() : CsvLine.fields(first);
            List<String> wanted = new ArrayList<>(COLUMNS);
            wet.ifPresent(wanted::add);
            wanted.removeAll(header);
            if (!wanted.isEmpty()) {
                return malformed("no column " + String.join(",", wanted) + "; the first line must have "
                        + String.join(",", COLUMNS) + " in seconds and the manifest's unit");
            }
            int wetColumn = wet.map(header::indexOf).orElse(-1);
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                line++;
                if (samples.size() == MAX_ROWS) {
                    return malformed("more than " + MAX_ROWS + " rows");
                }
                row(header, CsvLine.fields(text), wetColumn);
                if (wrong != null) {
                    return malformed(wrong);
                }
            }
            return samples.isEmpty()
                    ? malformed("no samples; at least one row must follow the first line")
                    : new Reading.Read(new MotionTrace(samples, lateBlocks));
        }

        private void row(List<String> header, List<String> fields, int wetColumn) {
            if (fields.size() != header.size()) {
                wrong = header.size() + " fields wanted, found " + fields.size();
                return;
            }
            double[] values = new double[COLUMNS.size()];
            for (int i = 0; i < fields.size() && wrong == null; i++) {
                String column = header.get(i);
                int of = COLUMNS.indexOf(column);
                if (of >= 0) {
                    values[of] = number(column, fields.get(i));
                } else if (MAY_BE_EMPTY.contains(column) && !fields.get(i).isEmpty()) {
                    number(column, fields.get(i));
                }
            }
            if (wrong == null && Math.abs(values[0]) > MAX_S) {
                wrong = "t_s is " + values[0] + "; it must be seconds, at most 1e8";
            }
            if (wrong == null) {
                add(new Sample(
                        values[0],
                        values[1] * unitG,
                        values[2] * unitG,
                        values[3] * unitG,
                        wetColumn >= 0 && isLabel(fields.get(wetColumn))));
            }
        }

        private double number(String column, String text) {
            try {
                double value = Double.parseDouble(text);
                if (Double.isFinite(value)) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // said below
            }
            wrong = column + " is " + (text.isEmpty() ? "empty" : text) + "; it must be a number";
            return Double.NaN;
        }

        private static boolean isLabel(String text) {
            return !text.isEmpty() && !text.equals("null");
        }

        private void add(Sample sample) {
            double newestS =
                    samples.isEmpty() ? sample.timeS() : samples.getLast().timeS();
            if (sample.timeS() >= newestS) {
                samples.add(sample);
                lateAt = -1;
                return;
            }
            boolean isFirst = lateAt < 0;
            if (isFirst) {
                lateAt = gapFor(sample.timeS(), newestS);
                lateBlocks++;
            }
            if (lateAt < 0
                    || sample.timeS() < samples.get(lateAt - 1).timeS()
                    || (isFirst && sample.timeS() == samples.get(lateAt - 1).timeS())
                    || sample.timeS() >= samples.get(lateAt).timeS()) {
                wrong = "t_s goes back from " + newestS + " to " + sample.timeS()
                        + "; it must not, but for a block that fills a gap of at least " + LEAST_GAP_S
                        + " s not more than " + MOST_LATE_S + " s before";
                return;
            }
            samples.add(lateAt, sample);
            lateAt++;
        }

        /** Where it would go; -1 where nothing is missing. */
        private int gapFor(double timeS, double newestS) {
            int at = samples.size() - 1;
            while (at > 0 && samples.get(at - 1).timeS() > timeS) {
                at--;
            }
            boolean isGap = at > 0
                    && samples.get(at).timeS() - samples.get(at - 1).timeS() >= LEAST_GAP_S
                    && newestS - timeS <= MOST_LATE_S;
            return isGap ? at : -1;
        }

        private Reading malformed(String why) {
            return new Reading.Malformed(file + ":" + line + ": " + why);
        }
    }
}
