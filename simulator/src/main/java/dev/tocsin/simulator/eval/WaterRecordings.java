package dev.tocsin.simulator.eval;

import dev.tocsin.simulator.eval.Csv.Unusable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The recordings by the water that a manifest lists: CSV with at least the columns {@code file} and {@code kind}. Of the kinds
 * {@code water_level}, {@code distance} and {@code swim} are read, others are left alone; files that are not there are
 * skipped and counted.
 *
 * @param series those that were asked for and are there, in the manifest's order
 * @param skipped how many are not there
 */
public record WaterRecordings(List<Series> series, int skipped) {

    /** A water gauge. */
    public static final String LEVEL = "water_level";

    /** A distance sensor. */
    public static final String DISTANCE = "distance";

    /** Swimmers' wrists. */
    public static final String SWIM = "swim";

    /** Worn by the water: a probe and an accelerometer. */
    static final String WORN = "worn";

    private static final double NS_PER_S = 1e9;
    private static final double MOST = 9_000; // metres: a lake's level above the sea; no sensor comes near
    private static final double M_PER_FT = 0.3048;
    private static final double STANDARD_GRAVITY = 9.80665;

    public WaterRecordings {
        series = List.copyOf(series);
    }

    /**
     * One recording.
     *
     * @param file as the manifest names it
     * @param kind as above
     * @param timesNs when, from the first row on, nanoseconds, each later than the one before
     * @param rows levels or distances in metres, one value a row; acceleration in g, three
     * @param labels what was going on; empty where the recording does not say
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Series(String file, String kind, long[] timesNs, double[][] rows, List<String> labels) {
        /** From the first to the last row, hours. */
        public double hours() {
            return timesNs.length == 0 ? 0 : timesNs[timesNs.length - 1] / 3.6e12;
        }
    }

    /** How reading went. */
    public sealed interface Reading {
        /** These are they. */
        record Read(WaterRecordings recordings) implements Reading {}

        /** They cannot be used; says where and what is expected. */
        record Unusable(String why) implements Reading {}
    }

    /** Reads a folder's manifest and the files of these kinds. Blocks. */
    public static Reading read(Path folder, List<String> kinds) {
        try {
            Path manifest = folder.resolve("manifest.csv");
            if (!Files.isRegularFile(manifest)) {
                throw new Unusable(
                        manifest + ": no such file; expected a manifest.csv with the columns file,kind and the"
                                + " CSV files that it lists beside it");
            }
            Csv csv = Csv.read(manifest, "file");
            int file = csv.column("file");
            int kind = csv.column("kind");
            List<Series> series = new ArrayList<>();
            int skipped = 0;
            for (int i = 0; i < csv.rows(); i++) {
                List<String> fields = csv.row(i);
                if (!kinds.contains(fields.get(kind))) {
                    continue;
                }
                Path path = Beside.of(folder, fields.get(file)).orElse(null);
                if (path == null) {
                    throw new Unusable(csv.at(i) + fields.get(file) + Beside.OUTSIDE);
                }
                if (Files.exists(path)) {
                    series.add(series(fields.get(file), fields.get(kind), path));
                } else {
                    skipped++;
                }
            }
            return new Reading.Read(new WaterRecordings(series, skipped));
        } catch (Unusable e) {
            return new Reading.Unusable(e.problem());
        }
    }

    static Series series(String name, String kind, Path file) throws Unusable {
        return switch (kind) {
            case LEVEL -> level(name, file);
            case DISTANCE -> {
                Csv csv = Csv.read(file, "t_s");
                boolean isCm = csv.has("distance_cm");
                yield seconds(name, kind, csv, isCm ? 0.01 : 1, isCm ? "distance_cm" : "distance_m");
            }
            case WORN -> seconds(name, kind, Csv.read(file, "t_s"), 1, "ohm", "ax", "ay", "az");
            default -> seconds(name, kind, Csv.read(file, "t_s"), 1 / STANDARD_GRAVITY, "ax", "ay", "az");
        };
    }

    private static Series seconds(String name, String kind, Csv csv, double factor, String... columns) throws Unusable {
        int time = csv.column("t_s");
        int[] values = new int[columns.length];
        for (int i = 0; i < columns.length; i++) {
            values[i] = csv.column(columns[i]);
        }
        int label = csv.has("label") ? csv.column("label") : -1;
        long[] timesNs = new long[csv.rows()];
        double[][] rows = new double[csv.rows()][columns.length];
        List<String> labels = new ArrayList<>();
        double first = 0;
        for (int i = 0; i < timesNs.length; i++) {
            List<String> fields = csv.row(i);
            double t = csv.number(i, time, fields);
            first = i == 0 ? t : first;
            timesNs[i] = Math.round((t - first) * NS_PER_S);
            requireLater(csv, i, timesNs, "t_s");
            for (int c = 0; c < values.length; c++) {
                rows[i][c] = measured(csv, i, columns[c], csv.number(i, values[c], fields), factor);
            }
            labels.add(label < 0 ? "" : fields.get(label));
        }
        return new Series(name, kind, timesNs, rows, label < 0 ? List.of() : labels);
    }

    private static Series level(String name, Path file) throws Unusable {
        Csv csv = Csv.read(file, "Obs_date");
        if (csv.has("t_s")) {
            return seconds(name, LEVEL, csv, 1, "level_m");
        }
        String timeColumn = csv.has("Obs_date") ? "Obs_date" : "datetime_local";
        int time = csv.column(timeColumn);
        int zone = csv.has("tz") ? csv.column("tz") : -1;
        String levelColumn = csv.has("SLEV(metres)") ? "SLEV(metres)" : csv.has("stage_m") ? "stage_m" : "stage_ft";
        int level = csv.column(levelColumn);
        double factor = levelColumn.equals("stage_ft") ? M_PER_FT : 1;
        long[] timesNs = new long[csv.rows()];
        double[][] rows = new double[csv.rows()][1];
        long firstS = 0;
        for (int i = 0; i < timesNs.length; i++) {
            List<String> fields = csv.row(i);
            long atS = LevelTime.epochSecond(fields.get(time), zone < 0 ? "UTC" : fields.get(zone), csv.at(i));
            firstS = i == 0 ? atS : firstS;
            timesNs[i] = (atS - firstS) * 1_000_000_000L;
            requireLater(csv, i, timesNs, timeColumn);
            rows[i][0] = measured(csv, i, levelColumn, csv.number(i, level, fields), factor);
        }
        return new Series(name, LEVEL, timesNs, rows, List.of());
    }

    /** In the series' unit; what nothing on Earth can measure is a mistake of the file, not of the water. */
    private static double measured(Csv csv, int i, String column, double value, double factor) throws Unusable {
        if (!(Math.abs(value * factor) <= MOST)) {
            throw new Unusable(
                    csv.at(i) + column + " is " + value + "; it must be within ±" + Math.round(MOST / factor));
        }
        return value * factor;
    }

    private static void requireLater(Csv csv, int i, long[] timesNs, String column) throws Unusable {
        if (i > 0 && timesNs[i] <= timesNs[i - 1]) {
            throw new Unusable(csv.at(i) + column + " is not after the row above; times must rise");
        }
    }
}
