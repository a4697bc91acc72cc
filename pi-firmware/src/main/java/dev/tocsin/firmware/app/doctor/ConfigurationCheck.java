package dev.tocsin.firmware.app.doctor;

import dev.tocsin.firmware.app.FirmwareConfig;
import dev.tocsin.sdk.EnrolmentConfig;
import dev.tocsin.sdk.config.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        List<Path> toEnrol = new ArrayList<>();
        for (Problem problem : device.problems()) {
            Optional<Path> unmade = unmade(problem, device, machine);
            unmade.ifPresentOrElse(
                    toEnrol::add, () -> found.add(Finding.broken("configuration.mistake", problem, device.file())));
        }
        device.enrolment().map(EnrolmentConfig::places).ifPresent(places -> {
            toEnrol.removeAll(List.of(places.alarmKey(), places.channelKey())); // KeysCheck tells of these
            for (Path file : toEnrol) {
                found.add(Finding.broken("configuration.unenrolled", file, device.file()));
            }
        });
        return found;
    }

    /** The file that a line of the configuration names, that enrolment makes, and that is not there: no mistake of the line's. */
    private static Optional<Path> unmade(Problem problem, Case device, Machine machine) {
        return device.enrolment()
                .map(EnrolmentConfig::places)
                .flatMap(places -> Map.of(
                                "alarm", places.alarmKey(),
                                "certificate", places.channelCertificate(),
                                "key", places.channelKey(),
                                "trust", places.authority())
                        .entrySet()
                        .stream()
                        .filter(named -> problem.what().startsWith(named.getKey() + " = "))
                        .map(Map.Entry::getValue)
                        .filter(file -> machine.access(file) == Machine.Access.MISSING)
                        .findFirst());
    }

    private static Finding ok(Case device, FirmwareConfig c) {
        return Finding.ok(
                "configuration.good",
                device.file(),
                c.device().settings().device(),
                c.profile().name());
    }
}
