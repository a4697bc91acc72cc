package dev.tocsin.benchmarks.path;

import dev.tocsin.benchmarks.path.Cast.Party;
import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.model.Answer;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.ClockQuality;
import dev.tocsin.sdk.model.DeviceTime;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.model.Place;
import dev.tocsin.sdk.model.ReceiptStage;
import dev.tocsin.sdk.model.StageTimes;
import dev.tocsin.sdk.port.Verifier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * What a peer's ends do besides carrying bytes: the same alarm, the same receipt, the same code for both as in our own
 * path. The ledger behind it is simpler than ours: no hash chain, no rules, one row.
 */
final class Work {

    /** Where the alarms' button hangs: with it an alarm of ours takes about 200 bytes. */
    static final Place PLACE = new Place("530902", "school-001", "B", "2", "", Optional.empty());

    private Work() {}

    /** A peer's device. Any thread. */
    static final class DeviceEnd {

        private final Party device;
        private final Verifier centre;
        private final long startNs = System.nanoTime();
        private final AtomicLong sequence = new AtomicLong();

        DeviceEnd(Cast cast, int device) {
            this.device = cast.devices().get(device);
            this.centre = cast.centres().getFirst().verifier();
        }

        /** The next alarm, signed. */
        byte[] alarm() {
            long nowNs = System.nanoTime();
            Alarm alarm = new Alarm(
                    new AlarmId(device.id(), 1, startNs, sequence.incrementAndGet()),
                    AlarmKind.PANIC,
                    AlarmState.RAISED,
                    Mode.LIVE,
                    PLACE,
                    List.of(),
                    new DeviceTime(Instant.now(), ClockQuality.FREE_RUNNING, Duration.ofNanos(nowNs - startNs)),
                    new StageTimes(nowNs, nowNs),
                    Optional.empty(),
                    "");
            return Messages.sign(alarm, device.signer()).bytes().toArray();
        }

        /** The SHA-256 of the alarm's envelope that a receipt claims to be for. */
        static Bytes envelopeOf(byte[] receipt) {
            return value(Messages.readAnswer(value(SignedEnvelope.read(Bytes.wrap(receipt)))))
                    .envelopeSha256();
        }

        /**
         * Believes a receipt.
         *
         * @return when, {@link System#nanoTime}
         * @throws IllegalStateException if it is not this alarm's, or not the centre's
         */
        long verified(byte[] receipt, byte[] alarm) {
            SignedEnvelope envelope = value(SignedEnvelope.read(Bytes.wrap(receipt)));
            if (!envelope.isSignedBy(centre)
                    || !(value(Messages.readAnswer(envelope)) instanceof Answer.Receipt r)
                    || !r.envelopeSha256().equals(Bytes.wrap(alarm).sha256())) {
                throw new IllegalStateException("not this alarm's receipt");
            }
            return System.nanoTime();
        }
    }

    /** A peer's receiver: verifies, commits, receipts. Any thread; one at a time. */
    static final class CentreEnd implements AutoCloseable {

        private final Party centre;
        private final Map<String, Verifier> devices;
        private final PeerLedger ledger;

        CentreEnd(Cast cast, PeerLedger ledger) {
            this.centre = cast.centres().getFirst();
            this.devices = cast.devices().stream().collect(Collectors.toMap(Party::id, Party::verifier));
            this.ledger = ledger;
        }

        /**
         * Takes an alarm.
         *
         * @return the signed receipt, after the commit
         * @throws IllegalStateException if the alarm is not signed by one of the devices
         */
        byte[] take(byte[] bytes) {
            SignedEnvelope envelope = value(SignedEnvelope.read(Bytes.wrap(bytes)));
            Alarm alarm = value(Messages.readAlarm(envelope));
            Verifier key = devices.get(alarm.id().device());
            if (key == null || !envelope.isSignedBy(key)) {
                throw new IllegalStateException("not an alarm of a device that is known");
            }
            Bytes sha256 = Bytes.wrap(bytes).sha256();
            long number = ledger.keep(alarm.id().toString(), bytes);
            return Messages.sign(
                            new Answer.Receipt(
                                    alarm.id(),
                                    sha256,
                                    centre.id(),
                                    Instant.now(),
                                    ReceiptStage.RECEIVED,
                                    alarm.mode(),
                                    number,
                                    sha256,
                                    ""),
                            centre.signer())
                    .bytes()
                    .toArray();
        }

        @Override
        public void close() {
            ledger.close();
        }
    }

    private static <T> T value(Decoded<T> decoded) {
        return switch (decoded) {
            case Decoded.Ok<T>(T value) -> value;
            case Decoded.Malformed<T>(String why) -> throw new IllegalStateException(why);
        };
    }
}
