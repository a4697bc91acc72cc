package dev.tocsin.firmware.app.doctor;

import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Looks at everything, in the order in which a person would: what is nearest first. */
public final class Doctor {

    private static final List<Check> CHECKS = List.of(
            new ConfigurationCheck(),
            new KeysCheck(),
            new CertificatesCheck(),
            new ClockCheck(),
            new DiskCheck(),
            new BoardCheck(),
            new PinsCheck(),
            new BusesCheck(),
            new NetworkCheck(),
            new CentresCheck(),
            new ServiceCheck());

    private Doctor() {}

    /**
     * Looks, and tells each finding as it comes.
     *
     * @return the worst of them
     */
    public static Grade look(Case device, Machine machine, Consumer<Finding> told) {
        return CHECKS.stream()
                .flatMap(check -> check.look(device, machine).stream())
                .peek(told)
                .map(Finding::grade)
                .max(Comparator.naturalOrder())
                .orElse(Grade.OK);
    }
}
