package dev.tocsin.firmware.app.doctor;

import java.nio.file.Path;
import java.util.List;

/** There is a GPIO chip, and this user may open it. */
final class PinsCheck implements Check {

    private static final Path CHIP = Path.of("/dev/gpiochip0");

    @Override
    public List<Finding> look(Case device, Machine machine) {
        if (device.pins().isEmpty()) {
            return device.config().isEmpty() ? List.of() : List.of(Finding.ok("pins.desk"));
        }
        return List.of(
                switch (machine.access(CHIP)) {
                    case MISSING -> Finding.broken("pins.missing", CHIP);
                    case NONE, READ ->
                        machine.groups().contains("gpio")
                                ? Finding.broken("pins.denied", CHIP, machine.user())
                                : Finding.broken("pins.group", CHIP, machine.user());
                    case READ_WRITE ->
                        Finding.ok("pins.good", CHIP, device.pins().get().name());
                });
    }
}
