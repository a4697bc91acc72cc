package dev.tocsin.simulator.check;

import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.model.ClockQuality;
import dev.tocsin.sdk.model.DeviceTime;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.model.Place;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.model.StageTimes;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.sdk.port.Verifier;
import dev.tocsin.sdk.session.AlarmStatus;
import dev.tocsin.sdk.session.Delivery;
import dev.tocsin.simulator.centre.ledger.MemoryLedger;
import dev.tocsin.simulator.centre.ledger.Submission;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Two centres, some devices with real keys, and alarms that are signed and filed as they should be. Times in ms. */
final class SmallWorld {

    static final List<String> CENTRES = List.of("education", "police");

    private static final long MS = 1_000_000;

    private final Map<String, Signer> signers = new LinkedHashMap<>();
    private final Map<String, Verifier> keys = new LinkedHashMap<>();
    private final Map<String, MemoryLedger> ledgers = new LinkedHashMap<>();
    private final Map<String, Integer> sequences = new LinkedHashMap<>();
    private final List<Deed> deeds = new ArrayList<>();
    private final List<Claim> claims = new ArrayList<>();

    SmallWorld() {
        CENTRES.forEach(c -> ledgers.put(c, new MemoryLedger(new StillClock())));
    }

    /** Somebody presses; the device decides 4 ms later, and both centres have it 20 ms later. */
    Alarm press(String device, long atMs, AlarmState state) {
        deeds.add(new Deed("P" + atMs + "@" + device, device, Deed.Kind.PRESS, atMs * MS));
        return filed(alarm(device, AlarmKind.PANIC, state, atMs));
    }

    /** Somebody turns the key. */
    Alarm reset(String device, long atMs) {
        deeds.add(new Deed("R" + atMs + "@" + device, device, Deed.Kind.RESET, atMs * MS));
        return filed(alarm(device, AlarmKind.PANIC, AlarmState.RESTORED, atMs));
    }

    /** Somebody presses, and the device does not notice. */
    void unnoticedPress(String device, long atMs) {
        deeds.add(new Deed("P" + atMs + "@" + device, device, Deed.Kind.PRESS, atMs * MS));
    }

    /** Somebody turns the key, and the device does not notice. */
    void unnoticedReset(String device, long atMs) {
        deeds.add(new Deed("R" + atMs + "@" + device, device, Deed.Kind.RESET, atMs * MS));
    }

    /** An alarm that no deed stands behind, signed by the device it names. */
    Alarm ownAlarm(String device, AlarmKind kind, AlarmState state, long atMs) {
        return filed(alarm(device, kind, state, atMs));
    }

    /** An alarm in both ledgers and acknowledged. */
    private Alarm filed(Alarm alarm) {
        SignedEnvelope envelope = sign(alarm, alarm.id().device());
        ledgers.values().forEach(ledger -> {
            ledger.submit(new Submission.Received(alarm, envelope.bytes(), ""), outcome -> {});
            ledger.commit();
        });
        long t0 = alarm.stages().edgeNs();
        Map<String, Delivery> deliveries = new LinkedHashMap<>();
        CENTRES.forEach(c -> deliveries.put(
                c,
                new Delivery(
                        c,
                        Delivery.State.RECEIVED,
                        "",
                        OptionalLong.of(t0 + 5 * MS),
                        OptionalLong.of(t0 + 20 * MS),
                        Optional.empty())));
        claims.add(Claim.of(
                new AlarmStatus(alarm, envelope.bytes(), t0 + 4 * MS, OptionalLong.of(t0 + 9 * MS), deliveries),
                ns -> ns,
                t0 + 20 * MS));
        return alarm;
    }

    /** A further row for an alarm that is in both ledgers already, signed by another device's key. */
    LedgerAlarm forged(String device) {
        return new LedgerAlarm(
                99, Instant.EPOCH, false, alarm(device, AlarmKind.PANIC, AlarmState.RAISED, 1), false, "");
    }

    LedgerCopy copy(String centre) {
        MemoryLedger ledger = ledgers.getOrDefault(centre, new MemoryLedger(new StillClock()));
        return LedgerCopy.read(centre, ledger, keys);
    }

    Evidence evidence() {
        return evidence(copy("education"), copy("police"));
    }

    Evidence evidence(LedgerCopy... copies) {
        return new Evidence(CENTRES, deeds, List.of(copies), claims);
    }

    /** With a power cut at that time, after which somebody outside saw these records damaged in every copy. */
    Evidence evidence(long cutMs, List<Alarm> spoilt, LedgerCopy... copies) {
        Map<AlarmId, Long> spoiltNs = new LinkedHashMap<>();
        Map<String, List<Long>> cuts = new LinkedHashMap<>();
        signers.keySet().forEach(device -> cuts.put(device, List.of(cutMs * MS)));
        spoilt.forEach(alarm -> spoiltNs.put(alarm.id(), cutMs * MS));
        Witness witness = new Witness(
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                1_000_000 * MS,
                Duration.ofHours(1),
                Map.of(),
                0,
                Map.of(),
                Map.of(),
                spoiltNs,
                Map.of(),
                Map.of(),
                false,
                0,
                List.of(),
                List.of(),
                List.of(),
                Duration.ofMinutes(3),
                at -> at.toEpochMilli() * MS);
        return new Evidence(CENTRES, CENTRES, deeds, List.of(copies), claims, cuts, Optional.of(witness));
    }

    /** It is in both ledgers as before, but no centre's receipt ever came to its device. */
    void unreceipted(Alarm alarm) {
        claims.replaceAll(c -> c.alarm().id().equals(alarm.id())
                ? new Claim(
                        alarm,
                        c.edgeNs(),
                        c.decidedNs(),
                        c.signedNs(),
                        c.keptNs(),
                        c.sentNs(),
                        new TreeMap<>(),
                        new TreeMap<>())
                : c);
    }

    private Alarm alarm(String device, AlarmKind kind, AlarmState state, long atMs) {
        signers.computeIfAbsent(device, this::newKey);
        long sequence = sequences.merge(device, 1, Integer::sum);
        return new Alarm(
                new AlarmId(device, 1, 7, sequence),
                kind,
                state,
                Mode.LIVE,
                Place.UNKNOWN,
                List.of(),
                new DeviceTime(Instant.EPOCH, ClockQuality.UNKNOWN, Duration.ofMillis(atMs)),
                new StageTimes(atMs * MS, (atMs + 4) * MS),
                Optional.empty(),
                "");
    }

    private SignedEnvelope sign(Alarm alarm, String by) {
        return Messages.sign(alarm, signers.computeIfAbsent(by, this::newKey));
    }

    private Signer newKey(String device) {
        try {
            String pem = Keys.generatePem(SignatureAlgorithm.ED25519);
            keys.put(device, Keys.verifier(Keys.publicPem(pem)));
            return Keys.signer(pem);
        } catch (InvalidKeyException e) {
            throw new AssertionError(e);
        }
    }

    private static final class StillClock implements Clock {
        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public Instant wallTime() {
            return Instant.EPOCH;
        }

        @Override
        public ClockQuality quality() {
            return ClockQuality.UNKNOWN;
        }
    }
}
