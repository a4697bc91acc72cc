package dev.tocsin.firmware.app.doctor;

import dev.tocsin.firmware.app.BoardHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The processor is not too hot, the supply not too low. */
final class BoardCheck implements Check {

    @Override
    public List<Finding> look(Case device, Machine machine) {
        List<Finding> found = new ArrayList<>();
        machine.temperatureC().ifPresent(celsius -> {
            String text = String.format(Locale.ROOT, "%.0f", celsius);
            found.add(
                    celsius >= BoardHealth.HOT_C ? Finding.broken("board.hot", text) : Finding.ok("board.cool", text));
        });
        machine.isSupplyLow()
                .ifPresent(low -> found.add(low ? Finding.broken("board.supply") : Finding.ok("board.powered")));
        return found;
    }
}
