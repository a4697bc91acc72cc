package dev.tocsin.simulator.eval;

import dev.tocsin.firmware.board.BounceTrace;
import dev.tocsin.sdk.config.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The recordings that a manifest lists: CSV with at least the columns {@code file}, {@code session} and {@code action}
 * ({@code press} or {@code release}). Files that are not there are skipped and counted: some are held out.
 *
 * @param recordings those that are there, in the manifest's order
 * @param skipped how many are not
 */
public record Recordings(List<Recording> recordings, int skipped) {

    private static final List<String> COLUMNS = List.of("file", "session", "action");

    /** The largest manifest that is read, in rows. */
    private static final int MAX_ROWS = 100_000;

    public Recordings {
        recordings = List.copyOf(recordings);
    }

    /** One recording. */
    public record Recording(String session, boolean press, BounceTrace trace) {}

    /** How reading went. */
    public sealed interface Reading {
        /** These are they. */
        record Read(Recordings recordings) implements Reading {}

        /** They cannot be used; says what is expected. */
        record Unusable(String why) implements Reading {}
    }

    /** Reads a manifest and all its files. Blocks. */
    public static Reading read(Path manifest) {
        List<String> lines;
        try {
            if (!Files.isRegularFile(manifest)) {
                return new Reading.Unusable(manifest + ": no such file; expected a manifest.csv with the columns "
                        + String.join(",", COLUMNS) + " and the CSV files that it lists beside it");
            }
            lines = Files.readAllLines(manifest);
        } catch (IOException e) {
            return new Reading.Unusable(manifest + ": cannot be read: " + FileTrouble.of(e));
        }
        if (lines.size() > MAX_ROWS) {
            return new Reading.Unusable(manifest + ": more than " + MAX_ROWS + " rows");
        }
        List<String> header = lines.isEmpty() ? List.of() : fields(lines.getFirst());
        if (!header.containsAll(COLUMNS)) {
            return new Reading.Unusable(
                    manifest + ":1: the first line must have the columns " + String.join(",", COLUMNS));
        }
        return rows(manifest, header, lines);
    }

    private static Reading rows(Path manifest, List<String> header, List<String> lines) {
        List<Recording> recordings = new ArrayList<>();
        int skipped = 0;
        for (int i = 1; i < lines.size(); i++) {
            List<String> fields = fields(lines.get(i));
            String at = manifest + ":" + (i + 1) + ": ";
            if (fields.size() != header.size()) {
                return new Reading.Unusable(at + header.size() + " fields wanted, found " + fields.size());
            }
            String action = fields.get(header.indexOf("action"));
            if (!action.equals("press") && !action.equals("release")) {
                return new Reading.Unusable(at + "action is " + action + "; it must be press or release");
            }
            String name = fields.get(header.indexOf("file"));
            Path file = Beside.of(manifest.resolveSibling(""), name).orElse(null);
            if (file == null) {
                return new Reading.Unusable(at + name + Beside.OUTSIDE);
            }
            if (!Files.exists(file)) {
                skipped++;
                continue;
            }
            switch (BounceTrace.read(file)) {
                case BounceTrace.Reading.Malformed(String problem) -> {
                    return new Reading.Unusable(problem);
                }
                case BounceTrace.Reading.Read(BounceTrace trace) ->
                    recordings.add(new Recording(fields.get(header.indexOf("session")), action.equals("press"), trace));
            }
        }
        return new Reading.Read(new Recordings(recordings, skipped));
    }

    private static List<String> fields(String line) {
        return List.of(line.strip().split(",", -1));
    }

    /** The presses. */
    public List<Recording> presses() {
        return recordings.stream().filter(Recording::press).toList();
    }

    /** The releases of one session. */
    public List<Recording> releasesOf(String session) {
        return recordings.stream()
                .filter(r -> !r.press() && r.session().equals(session))
                .toList();
    }
}
