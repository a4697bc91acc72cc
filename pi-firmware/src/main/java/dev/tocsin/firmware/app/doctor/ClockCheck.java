package dev.tocsin.firmware.app.doctor;

import java.time.Instant;
import java.util.List;

/** The wall clock is plausible and kept right. A device works without; certificates and the times in alarms suffer. */
final class ClockCheck implements Check {

    /** No firmware is older than this. */
    static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");

    /** Nor in use after this. */
    static final Instant LATEST = Instant.parse("2060-01-01T00:00:00Z");

    @Override
    public List<Finding> look(Case device, Machine machine) {
        Instant now = machine.now();
        if (now.isBefore(EARLIEST) || now.isAfter(LATEST)) {
            return List.of(Finding.warning("clock.wrong", now));
        }
        return List.of(
                machine.isClockSynchronised().orElse(true)
                        ? Finding.ok("clock.good", now)
                        : Finding.warning("clock.free", now));
    }
}
