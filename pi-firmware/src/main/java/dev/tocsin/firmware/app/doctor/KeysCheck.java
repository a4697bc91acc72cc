package dev.tocsin.firmware.app.doctor;

import dev.tocsin.sdk.EnrolmentConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The private keys are there, this user can read them, and nobody else can. */
final class KeysCheck implements Check {

    @Override
    public List<Finding> look(Case device, Machine machine) {
        List<Finding> found = new ArrayList<>();
        device.enrolment().map(EnrolmentConfig::places).ifPresent(places -> {
            look(places.alarmKey(), device, machine, found);
            look(places.channelKey(), device, machine, found);
        });
        if (found.isEmpty() && device.enrolment().isPresent()) {
            found.add(Finding.ok("keys.good"));
        }
        return found;
    }

    private static void look(Path key, Case device, Machine machine, List<Finding> found) {
        boolean plain =
                device.config().filter(c -> c.device().channel().isEmpty()).isPresent();
        switch (machine.access(key)) {
            case MISSING -> {
                boolean isChannels = device.enrolment()
                        .filter(e -> e.places().channelKey().equals(key))
                        .isPresent();
                if (!plain || !isChannels) {
                    found.add(Finding.broken("keys.missing", key, device.file()));
                }
            }
            case NONE -> found.add(Finding.broken("keys.unreadable", key, machine.user()));
            case READ, READ_WRITE -> {
                String others = machine.rights(key).map(r -> r.substring(3)).orElse("------");
                if (!others.equals("------")) {
                    found.add(
                            Finding.broken("keys.open", key, machine.rights(key).orElse("")));
                }
            }
        }
    }
}
