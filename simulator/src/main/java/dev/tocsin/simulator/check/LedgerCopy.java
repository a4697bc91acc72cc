package dev.tocsin.simulator.check;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.port.Verifier;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.EntryType;
import dev.tocsin.simulator.centre.ledger.LedgerCheck;
import dev.tocsin.simulator.centre.ledger.LedgerView;
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
 * @param conflicts how many conflicts it holds, those without an alarm included
 * @param unreadable entries with an envelope that holds no alarm
 * @param chain whether the hash chain holds
 */
public record LedgerCopy(
        String centre, List<LedgerAlarm> alarms, int conflicts, List<Long> unreadable, LedgerCheck.Result chain) {

    private static final int PAGE = 500;

    public LedgerCopy {
        alarms = List.copyOf(alarms);
        unreadable = List.copyOf(unreadable);
    }

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
        int conflicts = 0;
        long from = 1;
        for (List<Entry> page = ledger.entries(from, PAGE); !page.isEmpty(); page = ledger.entries(from, PAGE)) {
            for (Entry entry : page) {
                from = entry.number() + 1;
                conflicts += entry.type() == EntryType.CONFLICT ? 1 : 0;
                if (entry.fact().isAlarm()) {
                    read(entry, keys).ifPresentOrElse(alarms::add, () -> unreadable.add(entry.number()));
                }
            }
        }
        return new LedgerCopy(centre, alarms, conflicts, unreadable, chain);
    }

    private static Optional<LedgerAlarm> read(Entry entry, Map<String, Verifier> keys) {
        if (!(SignedEnvelope.read(entry.fact().envelope()) instanceof Decoded.Ok<SignedEnvelope>(var envelope))
                || !(Messages.readAlarm(envelope) instanceof Decoded.Ok<Alarm>(var alarm))) {
            return Optional.empty();
        }
        Verifier key = keys.get(alarm.id().device());
        boolean genuine = key != null && envelope.isSignedBy(key);
        return Optional.of(new LedgerAlarm(entry.number(), entry.type() == EntryType.CONFLICT, alarm, genuine));
    }
}
