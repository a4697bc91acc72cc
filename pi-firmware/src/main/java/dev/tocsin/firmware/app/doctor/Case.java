package dev.tocsin.firmware.app.doctor;

import dev.tocsin.firmware.app.FirmwareConfig;
import dev.tocsin.firmware.board.BoardProfile;
import dev.tocsin.sdk.EnrolmentConfig;
import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.config.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is looked at.
 *
 * @param file the device's configuration
 * @param config it as read; empty if it cannot be used
 * @param enrolment where its keys lie; can be known where the rest cannot be used
 * @param problems what is wrong with the file
 */
public record Case(
        Path file, Optional<FirmwareConfig> config, Optional<EnrolmentConfig> enrolment, List<Problem> problems) {

    public Case {
        problems = List.copyOf(problems);
    }

    /** Reads a configuration. Blocks. */
    public static Case of(Path file) {
        Loaded<FirmwareConfig> all = FirmwareConfig.load(file);
        Loaded<EnrolmentConfig> keys = EnrolmentConfig.load(file);
        return new Case(
                file,
                all instanceof Loaded.Ok<FirmwareConfig>(FirmwareConfig c) ? Optional.of(c) : Optional.empty(),
                keys instanceof Loaded.Ok<EnrolmentConfig>(EnrolmentConfig e) ? Optional.of(e) : Optional.empty(),
                all instanceof Loaded.Bad<FirmwareConfig>(var found) ? found : List.of());
    }

    /** The board, if it has real pins. */
    Optional<BoardProfile> pins() {
        return config.filter(c -> c.hardware() == FirmwareConfig.Hardware.PI).map(FirmwareConfig::profile);
    }

    /** Its id, as far as it is known. */
    String device() {
        return enrolment.map(EnrolmentConfig::device).orElse("");
    }
}
