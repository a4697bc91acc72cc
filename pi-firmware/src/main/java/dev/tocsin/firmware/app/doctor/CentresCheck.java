package dev.tocsin.firmware.app.doctor;

import dev.tocsin.firmware.app.FirmwareConfig;
import dev.tocsin.sdk.session.CentreLink;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Each address of each centre answers, each side believes the other, and the centre knows this device as it is. */
final class CentresCheck implements Check {

    /** A clock further off than this makes the times in alarms useless. */
    static final Duration APART = Duration.ofSeconds(30);

    @Override
    public List<Finding> look(Case device, Machine machine) {
        List<Finding> found = new ArrayList<>();
        device.config().ifPresent(c -> {
            for (CentreLink centre : c.device().settings().centres()) {
                for (String address : centre.addresses()) {
                    found.addAll(look(c, device.file(), centre, address, machine));
                }
            }
        });
        return found;
    }

    private static List<Finding> look(FirmwareConfig c, Path file, CentreLink centre, String address, Machine machine) {
        String device = c.device().settings().device();
        return switch (machine.ask(c, centre, address)) {
            case Machine.Reach.Heard(Duration time, var signed, var twin)
            when signed.isEmpty() -> List.of(Finding.broken("centres.unsigned", centre.id(), address, time.toMillis()));
            case Machine.Reach.Heard(Duration roundTrip, var signed, var twin) -> {
                List<Finding> found = heard(centre, address, roundTrip, signed.orElseThrow(), machine.now());
                twin.ifPresent(why -> found.add(Finding.broken("centres.duplicate", centre.id(), device, why, file)));
                yield found;
            }
            case Machine.Reach.Objected(int code, String why)
            when code / 100 == 5 -> List.of(Finding.broken("centres.unable", centre.id(), text(code), why));
            case Machine.Reach.Objected(int code, String why) ->
                List.of(Finding.broken("centres.refuses", centre.id(), device, text(code), why, file));
            case Machine.Reach.Silent() -> List.of(Finding.broken("centres.silent", centre.id(), address));
            case Machine.Reach.NotBelieved(String why) ->
                List.of(Finding.broken("centres.authority", centre.id(), address, why, device, file));
            case Machine.Reach.NotBelievedThere(String why) ->
                List.of(Finding.broken("centres.certificate", centre.id(), address, why, device, file));
            case Machine.Reach.Unreachable(String why) ->
                List.of(Finding.broken("centres.unreachable", centre.id(), address, why));
        };
    }

    private static List<Finding> heard(
            CentreLink centre, String address, Duration roundTrip, Instant theirs, Instant ours) {
        List<Finding> found = new ArrayList<>();
        found.add(Finding.ok("centres.good", centre.id(), address, roundTrip.toMillis()));
        Duration apart = Duration.between(theirs, ours);
        if (apart.abs().compareTo(APART) > 0) {
            found.add(Finding.warning(
                    apart.isNegative() ? "clock.behind" : "clock.ahead",
                    apart.abs().toSeconds(),
                    centre.id()));
        }
        return found;
    }

    private static String text(int code) {
        return code / 100 + ".%02d".formatted(code % 100);
    }
}
