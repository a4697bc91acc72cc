package dev.tocsin.firmware.app.doctor;

import dev.tocsin.firmware.app.FirmwareConfig;
import dev.tocsin.sdk.config.Problem;
import java.util.ArrayList;
import java.util.List;

/** The file says what a device needs, and the board that it names can be wired: each mistake with its line. */
final class ConfigurationCheck implements Check {

    @Override
    public List<Finding> look(Case device, Machine machine) {
        if (!machine.access(device.file()).canRead()) {
            return List.of(
                    machine.access(device.file()) == Machine.Access.MISSING
                            ? Finding.broken("configuration.missing", device.file())
                            : Finding.broken("configuration.denied", device.file(), machine.user()));
        }
        List<Finding> found = new ArrayList<>();
        device.config().ifPresent(c -> found.add(ok(device, c)));
        for (Problem problem : device.problems()) {
            found.add(Finding.broken("configuration.mistake", problem, device.file()));
        }
        return found;
    }

    private static Finding ok(Case device, FirmwareConfig c) {
        return Finding.ok(
                "configuration.good",
                device.file(),
                c.device().settings().device(),
                c.profile().name());
    }
}
