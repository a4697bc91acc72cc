package dev.tocsin.simulator.eval;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One recording of a sensor, read as {@code tocsin eval} reads it: the same columns, units and strictness. */
public final class SensorRecording {

    private SensorRecording() {}

    /** How reading went. */
    public sealed interface Reading {
        /**
         * This is it.
         *
         * @param timesNs when each row was, from the first on, never decreasing
         * @param rows a value a channel, in g, metres or ohm
         */
        @SuppressWarnings("ArrayRecordComponent")
        record Read(long[] timesNs, double[][] rows) implements Reading {}

        /** It cannot be used; says file, line, what is wrong and what would be right. */
        record Unusable(String why) implements Reading {}
    }

    /**
     * An accelerometer's: {@code t_s,ax,ay,az}. Blocks.
     *
     * @param unit of its accelerations, as manifests write it
     */
    public static Reading acceleration(Path file, String unit) {
        Optional<Double> unitG = SensorUnit.inG(unit);
        if (unitG.isEmpty()) {
            return new Reading.Unusable(
                    file + ": unit " + unit + " is unknown; it must be " + SensorUnit.ACCELERATIONS);
        }
        return switch (MotionTrace.read(file, unitG.get(), Optional.empty())) {
            case MotionTrace.Reading.Malformed(String why) -> new Reading.Unusable(why);
            case MotionTrace.Reading.Read(MotionTrace trace) -> {
                List<MotionTrace.Sample> samples = trace.samples();
                long firstNs = samples.getFirst().timeNs();
                yield new Reading.Read(
                        samples.stream().mapToLong(s -> s.timeNs() - firstNs).toArray(),
                        samples.stream()
                                .map(s -> new double[] {s.axG(), s.ayG(), s.azG()})
                                .toArray(double[][]::new));
            }
        };
    }

    /** A distance sensor's: {@code t_s,distance_m} or {@code distance_cm}. Blocks. */
    public static Reading distance(Path file) {
        return read(file, WaterRecordings.DISTANCE);
    }

    /** A worn one's: {@code t_s,ohm,ax,ay,az}, acceleration in g. Blocks. */
    public static Reading worn(Path file) {
        return read(file, WaterRecordings.WORN);
    }

    /** A water gauge's, as those of USGS and of the Canadian tide tables, or {@code t_s,level_m}. Blocks. */
    public static Reading level(Path file) {
        return read(file, WaterRecordings.LEVEL);
    }

    private static Reading read(Path file, String kind) {
        try {
            WaterRecordings.Series series = WaterRecordings.series(file.toString(), kind, file);
            return series.timesNs().length == 0
                    ? new Reading.Unusable(file + ": no samples; at least one row must follow the first line")
                    : new Reading.Read(series.timesNs(), series.rows());
        } catch (Csv.Unusable e) {
            return new Reading.Unusable(e.problem());
        }
    }
}
