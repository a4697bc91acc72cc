package dev.tocsin.simulator.check;

import dev.tocsin.simulator.centre.ledger.EntryType;
import dev.tocsin.simulator.check.Witness.Silence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A device of which nothing reached a centre for longer than the supervision time stands in that centre's ledger as offline,
 * in time, and once until it is back. A centre that was itself not well in that time is excused.
 */
final class SilenceOracle {

    /** From the deadline to the committed entry. */
    private static final long WRITE_NS = 3_000_000_000L;

    private SilenceOracle() {}

    static List<Detection> examine(Exhibits exhibits, Verdicts verdicts) {
        Map<String, Map<String, List<Absence>>> told = new HashMap<>();
        exhibits.evidence().ledgers().forEach(l -> told.put(l.centre(), told(l, exhibits.witness(), verdicts)));
        List<Detection> detections = new ArrayList<>();
        long limitNs = exhibits.witness().offlineAfter().toNanos() + WRITE_NS;
        for (Silence silence : exhibits.witness().silences()) {
            long sinceNs = silence.fromNs();
            List<Absence> absences =
                    told.getOrDefault(silence.centre(), Map.of()).getOrDefault(silence.device(), List.of());
            if (silence.toNs() - sinceNs <= limitNs
                    || exhibits.witness().isIll(silence.centre(), sinceNs - limitNs, sinceNs + limitNs)
                    || absences.stream().anyMatch(a -> a.stoodAt(sinceNs))) {
                continue;
            }
            verdicts.examined(Promise.SILENCE_NOTICED);
            OptionalLong toldNs = absences.stream()
                    .mapToLong(Absence::fromNs)
                    .filter(ns -> ns >= sinceNs && ns < silence.toNs())
                    .min();
            detections.add(new Detection(silence.device(), silence.centre(), sinceNs, toldNs));
            if (toldNs.isEmpty() || toldNs.getAsLong() - sinceNs > limitNs) {
                verdicts.breach(
                        Promise.SILENCE_NOTICED,
                        silence.centre() + " heard nothing of " + silence.device() + " for "
                                + (silence.toNs() - sinceNs) / 1_000_000_000 + " s and "
                                + (toldNs.isEmpty()
                                        ? "never said so"
                                        : "said so after " + (toldNs.getAsLong() - sinceNs) / 1_000_000_000 + " s"));
            }
        }
        return detections;
    }

    /** A device is offline by a centre's word, from one entry to the next. */
    private record Absence(long fromNs, long toNs) {
        boolean stoodAt(long ns) {
            return fromNs < ns && ns < toNs;
        }
    }

    /** When a centre wrote that a device is offline, by device. */
    private static Map<String, List<Absence>> told(LedgerCopy ledger, Witness witness, Verdicts verdicts) {
        Map<String, List<Absence>> told = new HashMap<>();
        Map<String, Long> standing = new HashMap<>();
        for (LedgerCopy.Note note : ledger.notes()) {
            long atNs = witness.nsOf().applyAsLong(note.at());
            List<Absence> absences = told.computeIfAbsent(note.device(), d -> new ArrayList<>());
            if (note.type() == EntryType.OFFLINE) {
                if (standing.putIfAbsent(note.device(), atNs) != null) {
                    verdicts.breach(
                            Promise.SILENCE_NOTICED,
                            ledger.centre() + " said twice that " + note.device() + " is offline");
                }
            } else if (note.type() == EntryType.ONLINE) {
                Long fromNs = standing.remove(note.device());
                if (fromNs != null) {
                    absences.add(new Absence(fromNs, atNs));
                }
            }
        }
        standing.forEach((device, fromNs) ->
                told.computeIfAbsent(device, d -> new ArrayList<>()).add(new Absence(fromNs, Witness.NEVER)));
        return told;
    }
}
