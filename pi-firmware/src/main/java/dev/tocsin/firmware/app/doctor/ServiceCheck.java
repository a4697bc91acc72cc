package dev.tocsin.firmware.app.doctor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The firmware runs here as this device, is armed, and no centre refuses what it sends. */
final class ServiceCheck implements Check {

    /** It says how it is at least every ten seconds. */
    static final Duration STALE = Duration.ofSeconds(60);

    @Override
    public List<Finding> look(Case device, Machine machine) {
        return device.config().map(c -> look(machine.running(c))).orElse(List.of());
    }

    private static List<Finding> look(Optional<Machine.Running> running) {
        if (running.isEmpty()) {
            return List.of(Finding.warning("service.none"));
        }
        Machine.Running r = running.get();
        if (r.age().compareTo(STALE) > 0) {
            return List.of(Finding.broken("service.stale", r.age().toSeconds()));
        }
        if (!r.armed()) {
            return List.of(Finding.broken("service.unarmed"));
        }
        return r.refusals().isEmpty()
                ? List.of(Finding.ok("service.armed"))
                : r.refusals().stream()
                        .map(why -> Finding.broken("service.refused", why))
                        .toList();
    }
}
