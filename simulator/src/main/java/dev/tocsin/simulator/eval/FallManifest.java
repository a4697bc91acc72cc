package dev.tocsin.simulator.eval;

import dev.tocsin.sdk.config.FileTrouble;
import dev.tocsin.sdk.detect.FallProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The recordings of people that a manifest lists, falls and daily activities. Files that are not there are skipped and
 * counted: some are held out.
 *
 * @param rows those that are there, in the manifest's order
 * @param skipped how many are not
 */
public record FallManifest(List<Row> rows, int skipped) {

    private static final List<String> COLUMNS = List.of(
            "file",
            "label",
            "activity",
            "subject",
            "fall_start_s",
            "fall_end_s",
            "dataset",
            "placement",
            "acc_unit",
            "gyro_unit");
    private static final List<String> DAILY_COLUMNS = List.of("file", "kind", "activity", "subject");

    /** The largest manifest that is read, in rows. */
    private static final int MAX_ROWS = 100_000;

    public FallManifest {
        rows = List.copyOf(rows);
    }

    /**
     * One recording.
     *
     * @param at where the manifest lists it, as in {@code folder/manifest.csv:12: }
     * @param file as the manifest names it
     * @param path where it is
     * @param fall when somebody falls, by hand; empty in daily activities and where nobody said
     * @param profile of the sensor's placement
     * @param unitG what one count of acceleration is in g
     */
    public record Row(
            String at,
            String file,
            Path path,
            boolean isFall,
            Optional<Interval> fall,
            String activity,
            String subject,
            String dataset,
            FallProfile profile,
            double unitG) {}

    /** From when to when, seconds on the recording's own clock. */
    public record Interval(double startS, double endS) {}

    /**
     * For a manifest that knows nothing of falls: which of its recordings are daily activities, and what it does not say.
     *
     * @param kind of the column {@code kind}
     */
    public record Daily(String kind, FallProfile profile, double unitG) {}

    /** How reading went. */
    public sealed interface Reading {
        /** These are they. */
        record Read(FallManifest manifest) implements Reading {}

        /** They cannot be used; says what is expected. */
        record Unusable(String why) implements Reading {}
    }

    /** Reads a manifest of falls. Blocks. */
    public static Reading read(Path manifest) {
        return read(manifest, COLUMNS, FallManifest::row);
    }

    /** Reads the daily activities of another manifest. Blocks. */
    public static Reading readDaily(Path manifest, Daily daily) {
        return read(manifest, DAILY_COLUMNS, cells -> dailyRow(cells, daily));
    }

    /** The profile of a placement; empty where it is not known. */
    public static Optional<FallProfile> profile(String placement) {
        return switch (placement) {
            case "waist", "belt", "belt (waist/hip)" -> Optional.of(FallProfile.WAIST);
            case "wrist" -> Optional.of(FallProfile.WRIST);
            case "rail" -> Optional.of(FallProfile.RAIL);
            default -> Optional.empty();
        };
    }

    /** What one of this unit is in g; empty where it is not known. */
    public static Optional<Double> unitG(String unit) {
        return SensorUnit.inG(unit);
    }

    /** Only this recording. */
    public FallManifest only(String file) {
        return new FallManifest(rows.stream().filter(r -> r.file().equals(file)).toList(), skipped);
    }

    private static Reading read(Path manifest, List<String> columns, RowReader reader) {
        List<String> lines;
        try {
            if (!Files.isRegularFile(manifest)) {
                return new Reading.Unusable(manifest + ": no such file; expected a manifest.csv with the columns "
                        + String.join(",", columns) + " and the CSV files that it lists beside it");
            }
            lines = Files.readAllLines(manifest);
        } catch (IOException e) {
            return new Reading.Unusable(manifest + ": cannot be read: " + FileTrouble.of(e));
        }
        if (lines.size() > MAX_ROWS) {
            return new Reading.Unusable(manifest + ": more than " + MAX_ROWS + " rows");
        }
        List<String> header = lines.isEmpty() ? List.of() : CsvLine.fields(lines.getFirst());
        if (!header.containsAll(columns)) {
            List<String> missing =
                    columns.stream().filter(c -> !header.contains(c)).toList();
            return new Reading.Unusable(manifest + ":1: no column " + String.join(",", missing)
                    + "; the first line must have " + String.join(",", columns));
        }
        return rows(manifest, header, lines, reader);
    }

    private static Reading rows(Path manifest, List<String> header, List<String> lines, RowReader reader) {
        List<Row> rows = new ArrayList<>();
        Set<String> files = new HashSet<>();
        int skipped = 0;
        for (int i = 1; i < lines.size(); i++) {
            String at = manifest + ":" + (i + 1) + ": ";
            List<String> fields = CsvLine.fields(lines.get(i));
            if (fields.size() != header.size()) {
                return new Reading.Unusable(at + header.size() + " fields wanted, found " + fields.size());
            }
            String file = fields.get(header.indexOf("file"));
            Optional<Path> path = Beside.of(manifest.resolveSibling(""), file);
            if (path.isEmpty()) {
                return new Reading.Unusable(at + file + Beside.OUTSIDE);
            }
            Cells cells = new Cells(at, path.get(), header, fields);
            switch (reader.read(cells)) {
                case RowReading.Bad(String why) -> {
                    return new Reading.Unusable(at + why);
                }
                case RowReading.Other other -> {
                    continue;
                }
                case RowReading.Good(Row row) -> {
                    if (!files.add(row.file())) {
                        return new Reading.Unusable(at + row.file() + " is listed twice");
                    }
                    if (Files.isRegularFile(row.path())) {
                        rows.add(row);
                    } else {
                        skipped++;
                    }
                }
            }
        }
        return new Reading.Read(new FallManifest(rows, skipped));
    }

    private static RowReading row(Cells cells) {
        String label = cells.of("label");
        if (!label.equals("fall") && !label.equals("adl")) {
            return new RowReading.Bad("label is " + label + "; it must be fall or adl");
        }
        Optional<FallProfile> profile = profile(cells.of("placement"));
        if (profile.isEmpty()) {
            return new RowReading.Bad(
                    "placement is " + cells.of("placement") + "; it must be waist, belt, wrist or rail");
        }
        Optional<Double> unit = SensorUnit.inG(cells.of("acc_unit"));
        if (unit.isEmpty()) {
            return new RowReading.Bad(
                    "acc_unit is " + cells.of("acc_unit") + "; it must be " + SensorUnit.ACCELERATIONS);
        }
        String gyroUnit = cells.of("gyro_unit");
        if (!gyroUnit.isEmpty() && SensorUnit.inRadPerS(gyroUnit).isEmpty()) {
            return new RowReading.Bad("gyro_unit is " + gyroUnit + "; it must be " + SensorUnit.TURNS);
        }
        String start = cells.of("fall_start_s");
        String end = cells.of("fall_end_s");
        Optional<Interval> fall = interval(start, end);
        if (fall.isEmpty() && !(start.isEmpty() && end.isEmpty())) {
            return new RowReading.Bad("fall_start_s is " + start + ", fall_end_s is " + end
                    + "; both must be seconds, the end not before the start, or both empty");
        }
        boolean isFall = label.equals("fall");
        if (!isFall && fall.isPresent()) {
            return new RowReading.Bad("a daily activity has a fall_start_s; it must be empty");
        }
        return new RowReading.Good(new Row(
                cells.at(),
                cells.of("file"),
                cells.path(),
                isFall,
                fall,
                cells.of("activity"),
                cells.of("subject"),
                cells.of("dataset"),
                profile.get(),
                unit.get()));
    }

    private static RowReading dailyRow(Cells cells, Daily daily) {
        if (!cells.of("kind").equals(daily.kind())) {
            return RowReading.Other.ROW;
        }
        return new RowReading.Good(new Row(
                cells.at(),
                cells.of("file"),
                cells.path(),
                false,
                Optional.empty(),
                cells.of("activity"),
                cells.of("subject"),
                daily.kind(),
                daily.profile(),
                daily.unitG()));
    }

    private static Optional<Interval> interval(String start, String end) {
        try {
            double startS = Double.parseDouble(start);
            double endS = Double.parseDouble(end);
            return startS >= 0 && endS >= startS && Double.isFinite(endS)
                    ? Optional.of(new Interval(startS, endS))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private interface RowReader {
        RowReading read(Cells cells);
    }

    private sealed interface RowReading {
        record Good(Row row) implements RowReading {}

        record Bad(String why) implements RowReading {}

        enum Other implements RowReading {
            ROW
        }
    }

    private record Cells(String at, Path path, List<String> header, List<String> fields) {
        String of(String column) {
            return fields.get(header.indexOf(column));
        }
    }
}
