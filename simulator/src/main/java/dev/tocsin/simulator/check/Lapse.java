package dev.tocsin.simulator.check;

import dev.tocsin.sdk.model.AlarmId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A time in which a device had power while the certificate of its channel had lapsed. Times are the observer's, nanoseconds.
 *
 * @param sinceNs when it had both: its power came, or its certificate ended
 * @param returned whether the power came last
 * @param renewedNs when the authority's books had its next certificate; empty if they never did
 * @param filed its alarms that ledgers took from then on
 * @param first the first press from then on
 */
public record Lapse(
        String device,
        long sinceNs,
        boolean returned,
        OptionalLong renewedNs,
        List<Filed> filed,
        Optional<FirstPress> first) {

    public Lapse {
        filed = List.copyOf(filed);
    }

    /** A certificate in the authority's books. */
    public record Certified(String device, long issuedNs, long untilNs) {}

    /** A device had power from one moment to another. */
    public record Powered(String device, long fromNs, long toNs) {}

    /**
     * An alarm in a centre's ledger.
     *
     * @param flagged whether the centre wrote beside it that the sender's certificate had expired
     */
    public record Filed(AlarmId alarm, String centre, long atNs, boolean flagged) {}

    /**
     * Somebody pressed.
     *
     * @param filedNs when the last centre on its route had it; empty if one never did
     * @param flagged whether every ledger that has it has it flagged
     */
    public record FirstPress(long atNs, OptionalLong filedNs, boolean flagged) {}

    /**
     * Finds all lapses.
     *
     * @param certificates in the order of the books
     * @param presses in order of time
     */
    public static List<Lapse> of(
            Collection<Certified> certificates,
            Collection<Powered> powered,
            Collection<Filed> filed,
            Collection<Fate> presses) {
        Map<String, List<Certified>> byDevice = new TreeMap<>();
        certificates.forEach(
                c -> byDevice.computeIfAbsent(c.device, d -> new ArrayList<>()).add(c));
        List<Lapse> lapses = new ArrayList<>();
        byDevice.forEach((device, all) -> {
            for (int i = 0; i < all.size(); i++) {
                long endedNs = all.get(i).untilNs;
                OptionalLong nextNs =
                        i + 1 < all.size() ? OptionalLong.of(all.get(i + 1).issuedNs) : OptionalLong.empty();
                powered.stream()
                        .filter(p -> p.device.equals(device)
                                && p.toNs > endedNs
                                && Math.max(p.fromNs, endedNs) < nextNs.orElse(Long.MAX_VALUE))
                        .findFirst()
                        .map(p -> found(p, endedNs, nextNs, filed, presses))
                        .ifPresent(lapses::add);
            }
        });
        return lapses;
    }

    private static Lapse found(
            Powered power, long endedNs, OptionalLong nextNs, Collection<Filed> filed, Collection<Fate> presses) {
        String device = power.device;
        long sinceNs = Math.max(power.fromNs, endedNs);
        List<Filed> since = filed.stream()
                .filter(f -> f.alarm.device().equals(device) && f.atNs >= sinceNs)
                .toList();
        Optional<FirstPress> first = presses.stream()
                .filter(p -> p.device().equals(device) && p.atNs() >= sinceNs)
                .findFirst()
                .map(p -> first(p, since));
        return new Lapse(device, sinceNs, power.fromNs > endedNs, nextNs, since, first);
    }

    private static FirstPress first(Fate press, List<Filed> filed) {
        List<Filed> rows = filed.stream()
                .filter(f -> press.alarm().filter(f.alarm::equals).isPresent())
                .toList();
        return new FirstPress(
                press.atNs(),
                press.filedNs().keySet().containsAll(press.route())
                                && !press.filedNs().isEmpty()
                        ? OptionalLong.of(Collections.max(press.filedNs().values()))
                        : OptionalLong.empty(),
                !rows.isEmpty() && rows.stream().allMatch(Filed::flagged));
    }

    /** How many of its alarms came before the renewal, with a flag or without one. */
    long before(boolean flagged) {
        return filed.stream()
                .filter(f -> f.flagged == flagged && f.atNs < renewedNs.orElse(Long.MAX_VALUE))
                .count();
    }

    /** How many came later than so long after the lapse was there, with a flag or without one. */
    long after(long ns, boolean flagged) {
        return filed.stream()
                .filter(f -> f.flagged == flagged && f.atNs > sinceNs + ns)
                .count();
    }

    /** Whether the books had the next certificate so soon. */
    boolean isRenewedWithin(long ns) {
        return renewedNs.isPresent() && renewedNs.getAsLong() - sinceNs <= ns;
    }
}
