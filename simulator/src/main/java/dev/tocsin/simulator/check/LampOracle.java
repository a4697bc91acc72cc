package dev.tocsin.simulator.check;

import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.simulator.check.Witness.Lamp;
import java.util.Optional;
import java.util.OptionalLong;

/** The lamp is never ahead of the truth; behind it, it may be. */
final class LampOracle {

    /** An order's times count from heartbeats; so much apart may be what a device and a centre call the same moment. */
    private static final long DRILL_NS = 2_000_000_000L;

    private LampOracle() {}

    static void examine(Exhibits exhibits, Verdicts verdicts) {
        for (Lamp lamp : exhibits.witness().lamps()) {
            verdicts.examined(Promise.HONEST_AT_THE_BUTTON);
            wrong(lamp, exhibits)
                    .ifPresent(why -> verdicts.breach(
                            Promise.HONEST_AT_THE_BUTTON, lamp.device() + " shows " + lamp.shows() + ", but " + why));
        }
        exhibits.witness().unheardOf().forEach(what -> verdicts.breach(Promise.HONEST_AT_THE_BUTTON, what));
    }

    private static Optional<String> wrong(Lamp lamp, Exhibits exhibits) {
        return switch (lamp.shows()) {
            case RECEIVED -> unreceived(lamp, exhibits);
            case ACCEPTED -> {
                OptionalLong accepted = exhibits.firstAcceptedNs(lamp.device());
                yield accepted.isEmpty() || accepted.getAsLong() > lamp.atNs()
                        ? Optional.of("nobody has accepted an alarm of it")
                        : unreceived(lamp, exhibits);
            }
            case IN_DRILL ->
                exhibits.witness().drills().stream()
                                .anyMatch(d -> d.covers(lamp.device(), lamp.atNs() + DRILL_NS)
                                        || d.covers(lamp.device(), lamp.atNs()))
                        ? Optional.empty()
                        : Optional.of("no drill of it is on");
            case DRILL ->
                exhibits.claims(lamp.device()).stream()
                                .anyMatch(c -> c.alarm().mode() == Mode.DRILL && c.decidedNs() <= lamp.atNs())
                        ? Optional.empty()
                        : Optional.of("it has raised no drill alarm");
            case LOCATE -> Optional.of("nobody there orders anything but drills");
            case STARTING, ARMED, FAULT, RAISED, FAILED -> Optional.empty(); // ARMED is looked at when it is shown
        };
    }

    /** An alarm that this device knows of, is shown, and was in no ledger at that moment. */
    private static Optional<String> unreceived(Lamp lamp, Exhibits exhibits) {
        long poweredNs = exhibits.witness().poweredSince(lamp.device(), lamp.atNs());
        for (Claim claim : exhibits.claims(lamp.device())) {
            Alarm alarm = claim.alarm();
            boolean shown = alarm.kind().isLife() && alarm.mode() == Mode.LIVE && alarm.state() != AlarmState.RESTORED;
            boolean known = claim.decidedNs() >= poweredNs; // of an earlier boot the medium may have kept nothing
            if (shown && known && claim.decidedNs() <= lamp.atNs()) {
                OptionalLong filed = exhibits.firstFiledNs(alarm.id());
                if (filed.isEmpty() || filed.getAsLong() > lamp.atNs()) {
                    return Optional.of(alarm.id() + " was in no ledger then");
                }
            }
        }
        return Optional.empty();
    }
}
