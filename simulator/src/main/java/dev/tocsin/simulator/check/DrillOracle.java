package dev.tocsin.simulator.check;

import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.session.Indication;
import dev.tocsin.simulator.check.Attribution.Owed;
import dev.tocsin.simulator.check.Witness.Drill;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A drill never gets to a centre that takes none, and no real press is told as a drill: none outside of a drill, none that
 * follows another within 10 s, none after a live alarm within the same drill, none after a reboot that forgot the order, none
 * that is not a panic press. That a press which is held on becomes live is owed, and so looked at by whoever looks for what is lost.
 */
final class DrillOracle {

    private static final long AGAIN_NS = 10_000_000_000L;

    private DrillOracle() {}

    static void examine(Exhibits exhibits, Attribution attribution, Verdicts verdicts) {
        for (LedgerCopy ledger : exhibits.evidence().ledgers()) {
            if (!exhibits.evidence().drillCentres().contains(ledger.centre())) {
                ledger.alarms().forEach(row -> {
                    verdicts.examined(Promise.REAL_STAYS_REAL);
                    if (row.alarm().mode() == Mode.DRILL) {
                        verdicts.breach(
                                Promise.REAL_STAYS_REAL,
                                ledger.centre() + " entry " + row.number() + ": a drill summons " + ledger.centre());
                    }
                });
            }
        }
        notices(exhibits, verdicts);
        Map<String, List<Owed>> presses = new TreeMap<>();
        for (Owed owed : attribution.owed()) {
            if (owed.press()) {
                presses.computeIfAbsent(owed.device(), d -> new ArrayList<>()).add(owed);
            } else {
                owed.alarm().ifPresent(alarm -> {
                    verdicts.examined(Promise.REAL_STAYS_REAL);
                    if (alarm.mode() == Mode.DRILL && alarm.kind() != AlarmKind.PANIC) {
                        verdicts.breach(Promise.REAL_STAYS_REAL, alarm.id() + ": a drill that is no press");
                    }
                });
            }
        }
        presses.forEach((device, of) -> of.stream()
                .filter(o -> o.alarm().map(a -> a.mode() == Mode.DRILL).orElse(false))
                .forEach(o -> {
                    verdicts.examined(Promise.REAL_STAYS_REAL);
                    whyLive(o, of, exhibits)
                            .ifPresent(why -> verdicts.breach(
                                    Promise.REAL_STAYS_REAL,
                                    o.name() + " (" + o.alarm().map(Alarm::id).orElseThrow()
                                            + ") was told as a drill, but " + why));
                }));
    }

    /** Whoever gets no drill alarms is told of each drill once: that it begins, and that it is over. */
    private static void notices(Exhibits exhibits, Verdicts verdicts) {
        Witness witness = exhibits.witness();
        for (String centre : exhibits.evidence().centres()) {
            if (exhibits.evidence().drillCentres().contains(centre)) {
                continue;
            }
            for (Drill drill : witness.drills()) {
                for (boolean over : new boolean[] {false, true}) {
                    long dueNs = (over ? drill.toNs() : drill.fromNs())
                            + witness.settle().toNanos();
                    long told = witness.notices().stream()
                            .filter(n -> n.equals(new Witness.Notice(centre, drill.order(), over)))
                            .count();
                    verdicts.examined(Promise.REAL_STAYS_REAL);
                    if (told > 1 || (told == 0 && dueNs <= witness.endNs())) {
                        verdicts.breach(
                                Promise.REAL_STAYS_REAL,
                                centre + " was told " + told + " times that drill " + drill.order()
                                        + (over ? " is over" : " begins"));
                    }
                }
            }
        }
    }

    /** Why a press that was told as a drill should have been live; empty if it was right. */
    private static Optional<String> whyLive(Owed press, List<Owed> all, Exhibits exhibits) {
        Optional<Drill> drill = exhibits.witness().drills().stream()
                .filter(d -> d.covers(press.device(), press.atNs()))
                .findFirst();
        if (drill.isEmpty()) {
            return Optional.of("there was none then");
        }
        long poweredNs = exhibits.witness().poweredSince(press.device(), press.atNs());
        OptionalLong toldNs = exhibits.witness().lamps().stream()
                .filter(l -> l.shows() == Indication.IN_DRILL && l.device().equals(press.device()))
                .mapToLong(Witness.Lamp::atNs)
                .filter(ns -> ns >= Math.max(poweredNs, drill.get().fromNs()) && ns <= press.atNs())
                .min();
        if (toldNs.isEmpty()) {
            return Optional.of("its device had not heard of one since it was started");
        }
        for (Owed other : all) {
            long beforeNs = press.atNs() - other.atNs();
            boolean noticed = other.alarm().isPresent();
            if (noticed && beforeNs > 0 && beforeNs < AGAIN_NS && isOfSameBoot(press, other, exhibits)) {
                return Optional.of("somebody had pressed less than 10 s before");
            }
            boolean live = other.alarm()
                    .filter(a -> a.mode() == Mode.LIVE && a.state() == AlarmState.RAISED)
                    .isPresent();
            if (live && beforeNs > 0 && other.atNs() >= toldNs.getAsLong()) {
                return Optional.of("a live alarm had ended it on that device");
            }
        }
        return Optional.empty();
    }

    private static boolean isOfSameBoot(Owed press, Owed other, Exhibits exhibits) {
        return exhibits.witness().poweredSince(press.device(), press.atNs())
                == exhibits.witness().poweredSince(press.device(), other.atNs());
    }
}
