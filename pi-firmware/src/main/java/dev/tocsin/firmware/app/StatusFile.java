package dev.tocsin.firmware.app;

import dev.tocsin.sdk.config.FileTrouble;
import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.config.TomlFile;
import dev.tocsin.sdk.config.TomlTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a running firmware says how it is: a small TOML file in memory ({@code /run/tocsin}, a tmpfs), replaced as a whole.
 * Nothing listens, so nothing can be asked for more than it says, and nobody can hold the firmware up.
 */
final class StatusFile {

    private static final Logger LOG = LoggerFactory.getLogger(StatusFile.class);
    private static final String NAME = "status.toml";
    private static final Path USUAL = Path.of("/run/tocsin");

    private StatusFile() {}

    /** Where this process writes: the folder that systemd gave it, else beside the journal. */
    static Path ours(FirmwareConfig config, Map<String, String> environment) {
        return Optional.ofNullable(environment.get("RUNTIME_DIRECTORY"))
                .map(folders -> Path.of(folders.split(":", 2)[0]).resolve(NAME))
                .orElseGet(() -> besideJournal(config));
    }

    /** What the firmware that runs as this device said last, wherever it is. */
    static Optional<Status> find(FirmwareConfig config) {
        return Stream.of(USUAL.resolve(NAME), besideJournal(config))
                .flatMap(file -> read(file).stream())
                .filter(status ->
                        status.device().equals(config.device().settings().device()))
                .filter(status -> ProcessHandle.of(status.pid()).isPresent())
                .findFirst();
    }

    private static Path besideJournal(FirmwareConfig config) {
        Path journal = config.device().journalFolder();
        return journal.resolveSibling(journal.getFileName() + "-" + NAME);
    }

    /** Replaces the file. Blocks. What cannot be written is logged, and is no fault: the device works without. */
    static void write(Path file, Status status) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(fresh, text(status));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.info("{} cannot be written: {}", file, FileTrouble.of(e));
        }
    }

    /** Takes it away: nobody runs here any more. */
    static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.info("{} cannot be removed: {}", file, FileTrouble.of(e));
        }
    }

    static Optional<Status> read(Path file) {
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        return TomlFile.read(file, StatusFile::status) instanceof Loaded.Ok<Status>(Status status)
                ? Optional.of(status)
                : Optional.empty();
    }

    private static Optional<Status> status(TomlTable t) {
        List<Status.Centre> centres = t.tables("centres").stream()
                .map(c -> new Status.Centre(
                        c.string("id"),
                        (int) c.integer("waiting", 0, Integer.MAX_VALUE),
                        c.optionalString("last-receipt").orElse(""),
                        time(c, "receipt-at"),
                        c.integer("ledger-number", 0, Long.MAX_VALUE),
                        c.optionalString("refusal").orElse("")))
                .toList();
        return Optional.of(new Status(
                t.string("device"),
                t.string("software"),
                t.integer("pid", 0, Long.MAX_VALUE),
                time(t, "started"),
                time(t, "written"),
                t.bool("armed", false),
                t.string("lamp"),
                (int) t.integer("undelivered", 0, Integer.MAX_VALUE),
                t.strings("faults"),
                centres));
    }

    private static Instant time(TomlTable t, String key) {
        try {
            return Instant.parse(t.string(key));
        } catch (DateTimeParseException e) {
            t.problem(key, key + " is no time", "2026-09-01T07:30:00Z");
            return Instant.EPOCH;
        }
    }

    private static String text(Status s) {
        StringBuilder text = new StringBuilder()
                .append("device = ")
                .append(Json.text(s.device()))
                .append("\nsoftware = ")
                .append(Json.text(s.software()))
                .append("\npid = ")
                .append(s.pid())
                .append("\nstarted = ")
                .append(Json.text(s.started().toString()))
                .append("\nwritten = ")
                .append(Json.text(s.written().toString()))
                .append("\narmed = ")
                .append(s.armed())
                .append("\nlamp = ")
                .append(Json.text(s.lamp()))
                .append("\nundelivered = ")
                .append(s.undelivered())
                .append("\nfaults = ")
                .append(Json.texts(s.faults()))
                .append('\n');
        for (Status.Centre c : s.centres()) {
            text.append("[[centres]]\nid = ")
                    .append(Json.text(c.id()))
                    .append("\nwaiting = ")
                    .append(c.waiting())
                    .append("\nlast-receipt = ")
                    .append(Json.text(c.lastReceipt()))
                    .append("\nreceipt-at = ")
                    .append(Json.text(c.receiptAt().toString()))
                    .append("\nledger-number = ")
                    .append(c.ledgerNumber())
                    .append("\nrefusal = ")
                    .append(Json.text(c.refusal()))
                    .append('\n');
        }
        return text.toString();
    }
}
