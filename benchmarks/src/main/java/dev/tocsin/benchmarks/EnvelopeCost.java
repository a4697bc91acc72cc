package dev.tocsin.benchmarks;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.crypto.PlatformEntropy;
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
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.model.StageTimes;
import dev.tocsin.sdk.port.Signer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What an alarm costs in its envelope: encoded and signed by the device, read and verified by the centre; and a receipt back. */
@State(Scope.Benchmark)
@BenchmarkMode({
    org.openjdk.jmh.annotations.Mode.Throughput,
    org.openjdk.jmh.annotations.Mode.AverageTime,
    org.openjdk.jmh.annotations.Mode.SampleTime
})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EnvelopeCost {

    private static final AlarmId ID = new AlarmId("school-001/button-1", 7, 0x1234_5678_9abc_def0L, 42);
    private static final Bytes HASH = Bytes.wrap(new byte[32]);

    /** With what it is signed. */
    @Param
    public SignatureAlgorithm algorithm = SignatureAlgorithm.ED25519;

    private final Alarm alarm = new Alarm(
            ID,
            AlarmKind.PANIC,
            AlarmState.RAISED,
            Mode.LIVE,
            new Place("530902", "school-001", "B", "2", "", Optional.empty()),
            List.of(),
            new DeviceTime(Instant.EPOCH, ClockQuality.UNKNOWN, Duration.ofHours(1)),
            new StageTimes(1_000, 4_000),
            Optional.empty(),
            "");
    private final Answer receipt =
            new Answer.Receipt(ID, HASH, "police", Instant.EPOCH, ReceiptStage.RECEIVED, Mode.LIVE, 1_234, HASH, "");
    private Keys.Pair key = Keys.generate(algorithm, new PlatformEntropy());
    private Bytes signedAlarm = Bytes.EMPTY;
    private Bytes signedReceipt = Bytes.EMPTY;

    /** Makes the key and what it has signed. */
    @Setup
    public void prepare() {
        key = Keys.generate(algorithm, new PlatformEntropy());
        signedAlarm = Messages.sign(alarm, key.signer()).bytes();
        signedReceipt = Messages.sign(receipt, key.signer()).bytes();
    }

    /** The alarm's bytes with their header, without a signature. */
    @Benchmark
    public Bytes encodeAlarm() {
        return Messages.sign(alarm, new Blank(key.signer())).bytes();
    }

    /** The device's part before sending. */
    @Benchmark
    public Bytes signAlarm() {
        return Messages.sign(alarm, key.signer()).bytes();
    }

    /** The centre's part before its ledger. */
    @Benchmark
    public Alarm verifyAlarm() {
        SignedEnvelope envelope = value(SignedEnvelope.read(signedAlarm));
        return believed(envelope, value(Messages.readAlarm(envelope)));
    }

    /** The centre's part behind its ledger. */
    @Benchmark
    public Bytes signReceipt() {
        return Messages.sign(receipt, key.signer()).bytes();
    }

    /** The device's part at the end. */
    @Benchmark
    public Answer verifyReceipt() {
        SignedEnvelope envelope = value(SignedEnvelope.read(signedReceipt));
        return believed(envelope, value(Messages.readAnswer(envelope)));
    }

    /** Signs with nothing. */
    private record Blank(Signer key) implements Signer {

        private static final byte[] NOTHING = new byte[64];

        @Override
        public SignatureAlgorithm algorithm() {
            return key.algorithm();
        }

        @Override
        public Bytes keyId() {
            return key.keyId();
        }

        @Override
        public byte[] sign(byte[] message) {
            return NOTHING;
        }
    }

    private <T> T believed(SignedEnvelope envelope, T message) {
        if (!envelope.isSignedBy(key.verifier())) {
            throw new IllegalStateException("a signature that does not hold");
        }
        return message;
    }

    private static <T> T value(Decoded<T> decoded) {
        return switch (decoded) {
            case Decoded.Ok<T>(T value) -> value;
            case Decoded.Malformed<T>(String why) -> throw new IllegalStateException(why);
        };
    }
}
