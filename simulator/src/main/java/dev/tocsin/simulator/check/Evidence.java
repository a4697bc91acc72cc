package dev.tocsin.simulator.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that the observer has.
 *
 * @param centres ids of the centres; every live alarm's route leads to all of them
 * @param drillCentres those of them that get drill alarms
 * @param deeds what was really done, in any order
 * @param ledgers what the centres hold at the end
 * @param claims what devices said about their alarms
 * @param powerCuts when each device lost its power, in the deeds' time
 * @param witness what somebody saw who stands outside of a virtual world; nobody does in the real one
 */
public record Evidence(
        List<String> centres,
        List<String> drillCentres,
        List<Deed> deeds,
        List<LedgerCopy> ledgers,
        List<Claim> claims,
        Map<String, List<Long>> powerCuts,
        Optional<Witness> witness) {

    public Evidence {
        centres = List.copyOf(centres);
        drillCentres = List.copyOf(drillCentres);
        deeds = List.copyOf(deeds);
        ledgers = List.copyOf(ledgers);
        claims = List.copyOf(claims);
        powerCuts = Map.copyOf(powerCuts);
    }

    /** Of a world in which nobody loses power and no drill is held. */
    public Evidence(List<String> centres, List<Deed> deeds, List<LedgerCopy> ledgers, List<Claim> claims) {
        this(centres, centres, deeds, ledgers, claims, Map.of(), Optional.empty());
    }

    /** Whether a device lost its power from one moment to another. */
    boolean lostPower(String device, long sinceNs, long untilNs) {
        return powerCuts.getOrDefault(device, List.of()).stream().anyMatch(cut -> cut >= sinceNs && cut <= untilNs);
    }
}
