package dev.tocsin.simulator.check;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.simulator.centre.ledger.EntryType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The evidence, so that oracles find things in it quickly. */
final class Exhibits {

    private final Evidence evidence;
    private final Witness witness;
    private final Map<String, Map<AlarmId, Long>> filedNs = new HashMap<>();
    private final Map<String, List<Long>> acceptedNs = new HashMap<>();
    private final Map<String, List<Claim>> claims = new HashMap<>();

    Exhibits(Evidence evidence, Witness witness) {
        this.evidence = evidence;
        this.witness = witness;
        for (LedgerCopy ledger : evidence.ledgers()) {
            Map<AlarmId, Long> filed = new HashMap<>();
            filedNs.put(ledger.centre(), filed);
            for (LedgerAlarm row : ledger.alarms()) {
                if (row.genuine()) {
                    filed.merge(row.alarm().id(), witness.nsOf().applyAsLong(row.at()), Math::min);
                }
            }
            for (LedgerCopy.Note note : ledger.notes()) {
                if (note.type() == EntryType.ACCEPTED) {
                    acceptedNs
                            .computeIfAbsent(note.device(), d -> new ArrayList<>())
                            .add(witness.nsOf().applyAsLong(note.at()));
                }
            }
        }
        for (Claim claim : evidence.claims()) {
            claims.computeIfAbsent(claim.alarm().id().device(), d -> new ArrayList<>())
                    .add(claim);
        }
    }

    Evidence evidence() {
        return evidence;
    }

    Witness witness() {
        return witness;
    }

    /** When a centre's ledger got an alarm; empty if it never did. */
    OptionalLong filedNs(String centre, AlarmId alarm) {
        Long ns = filedNs.getOrDefault(centre, Map.of()).get(alarm);
        return ns == null ? OptionalLong.empty() : OptionalLong.of(ns);
    }

    /** When the first ledger of all got it. */
    OptionalLong firstFiledNs(AlarmId alarm) {
        return evidence.centres().stream()
                .map(centre -> filedNs(centre, alarm))
                .flatMapToLong(OptionalLong::stream)
                .min();
    }

    /** When a person first took on an alarm of this device. */
    OptionalLong firstAcceptedNs(String device) {
        return acceptedNs.getOrDefault(device, List.of()).stream()
                .mapToLong(Long::longValue)
                .min();
    }

    /** What a device said of its alarms, as they were raised. */
    List<Claim> claims(String device) {
        return claims.getOrDefault(device, List.of());
    }

    /** The ledger of a centre. */
    Optional<LedgerCopy> ledger(String centre) {
        return evidence.ledgers().stream()
                .filter(l -> l.centre().equals(centre))
                .findFirst();
    }
}
