package dev.tocsin.firmware.app;

import dev.tocsin.firmware.app.doctor.Machine;
import java.util.Optional;

/** Finds the firmware that runs here as a device. */
@FunctionalInterface
public interface RunningFirmware {

    /** How it is, if one runs. */
    Optional<Machine.Running> find(FirmwareConfig config);
}
