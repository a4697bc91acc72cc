package dev.tocsin.simulator.check;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.port.Verifier;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.EntryType;
import dev.tocsin.simulator.centre.ledger.Fact;
import dev.tocsin.simulator.centre.ledger.LedgerCheck;
import dev.tocsin.simulator.centre.ledger.LedgerView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a centre's ledger holds, read with the observer's own keys.
 *
 * @param centre whose it is
 * @param alarms its signed alarms, in its order
 * @param conflicts its conflicts, those without an alarm included
 * @param notes what it says of silence and acceptance, in its order
 * @param unreadable entries with an envelope that holds no alarm
 * @param chain whether the hash chain holds
 */
public record LedgerCopy(
        String centre,
        List<LedgerAlarm> alarms,
        List<Conflict> conflicts,
        List<Note> notes,
        List<Long> unreadable,
        LedgerCheck.Result chain) {

    private static final int PAGE = 500;

    public LedgerCopy {
        alarms = List.copyOf(alarms);
        conflicts = List.copyOf(conflicts);
        notes = List.copyOf(notes);
        unreadable = List.copyOf(unreadable);
    }

    /**
     * Something that contradicts what the centre knew.
     *
     * @param alarm the alarm, where it was one and not a heartbeat
     */
    public record Conflict(
            long number, String device, Optional<AlarmId> alarm, Optional<Mode> mode, String detail, Instant at) {}

    /** The centre says that a device fell silent, is back, or that a person took its alarm on. */
    public record Note(EntryType type, String device, Optional<AlarmId> alarm, Instant at) {}

    /**
     * Reads a ledger from beginning to end.
     *
     * @param keys the alarm key of each device, by its id
     */
    public static LedgerCopy read(String centre, LedgerView ledger, Map<String, Verifier> keys) {
        Map<Object, Verifier> byKeyId = new HashMap<>();
        keys.values().forEach(key -> byKeyId.put(key.keyId(), key));
        LedgerCheck.Result chain = LedgerCheck.run(ledger, id -> Optional.ofNullable(byKeyId.get(id)));
        List<LedgerAlarm> alarms = new ArrayList<>();
        List<Long> unreadable = new ArrayList<>();
        List<Conflict> conflicts = new ArrayList<>();
        List<Note> notes = new ArrayList<>();
        long from = 1;
        for (List<Entry> page = ledger.entries(from, PAGE); !page.isEmpty(); page = ledger.entries(from, PAGE)) {
            for (Entry entry : page) {
                from = entry.number() + 1;
                Fact fact = entry.fact();
                switch (entry.type()) {
                    case CONFLICT ->
                        conflicts.add(new Conflict(
                                entry.number(), fact.device(), fact.alarm(), fact.mode(), fact.detail(), entry.time()));
                    case OFFLINE, ONLINE, ACCEPTED ->
                        notes.add(new Note(entry.type(), fact.device(), fact.alarm(), entry.time()));
                    default -> {}
                }
                if (fact.isAlarm()) {
                    read(entry, keys).ifPresentOrElse(alarms::add, () -> unreadable.add(entry.number()));
                }
            }
        }
        return new LedgerCopy(centre, alarms, conflicts, notes, unreadable, chain);
    }

    private static Optional<LedgerAlarm> read(Entry entry, Map<String, Verifier> keys) {
        if (!(SignedEnvelope.read(entry.fact().envelope()) instanceof Decoded.Ok<SignedEnvelope>(var envelope))
                || !(Messages.readAlarm(envelope) instanceof Decoded.Ok<Alarm>(var alarm))) {
            return Optional.empty();
        }
        Verifier key = keys.get(alarm.id().device());
        boolean genuine = key != null && envelope.isSignedBy(key);
        return Optional.of(new LedgerAlarm(
                entry.number(),
                entry.time(),
                entry.type() == EntryType.CONFLICT,
                alarm,
                genuine,
                entry.fact().detail()));
    }
}
