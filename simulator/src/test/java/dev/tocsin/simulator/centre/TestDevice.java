package dev.tocsin.simulator.centre;

import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.ClockQuality;
import dev.tocsin.sdk.model.DeviceTime;
import dev.tocsin.sdk.model.DrillState;
import dev.tocsin.sdk.model.Heartbeat;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.model.Place;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.model.StageTimes;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.simulator.centre.ledger.Submission;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A device as a test needs it: a key and a boot; what it signs is as a real one would. */
public final class TestDevice {

    /** The nonce of a device's first boot here. */
    public static final long NONCE = 0x9f3c2a11d05b7e60L;

    private final String id;
    private final String privatePem;
    private final Signer signer;

    /** A device with a new key. */
    public TestDevice(String id) {
        this(id, SignatureAlgorithm.ED25519);
    }

    /** A device with a new key of this kind. */
    public TestDevice(String id, SignatureAlgorithm algorithm) {
        this(id, Keys.generatePem(algorithm));
    }

    /** A device with this key. */
    public static TestDevice with(String id, String privatePem) {
        return new TestDevice(id, privatePem);
    }

    private TestDevice(String id, String privatePem) {
        this.id = id;
        this.privatePem = privatePem;
        try {
            this.signer = Keys.signer(privatePem);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its id. */
    public String id() {
        return id;
    }

    /** Its key. */
    public Signer signer() {
        return signer;
    }

    /** Its public key as PEM. */
    public String publicPem() {
        try {
            return Keys.publicPem(privatePem);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An id of its first boot. */
    public AlarmId alarmId(long sequence) {
        return new AlarmId(id, 1, NONCE, sequence);
    }

    /** A live panic of its first boot. */
    public Alarm panic(long sequence) {
        return panic(alarmId(sequence), "");
    }

    /** A live panic under this id with this text. */
    public Alarm panic(AlarmId alarmId, String text) {
        return alarm(alarmId, AlarmState.RAISED, Optional.empty(), text);
    }

    /** Its panic, continued. */
    public Alarm about(AlarmId first, long sequence, AlarmState state) {
        return alarm(alarmId(sequence), state, Optional.of(first), "");
    }

    /** A fault of its own, raised or right again. */
    public Alarm fault(long sequence, AlarmState state, String text) {
        return alarm(alarmId(sequence), AlarmKind.FAULT, state, Optional.empty(), text);
    }

    private static Alarm alarm(AlarmId alarmId, AlarmState state, Optional<AlarmId> about, String text) {
        return alarm(alarmId, AlarmKind.PANIC, state, about, text);
    }

    private static Alarm alarm(
            AlarmId alarmId, AlarmKind kind, AlarmState state, Optional<AlarmId> about, String text) {
        return new Alarm(
                alarmId,
                kind,
                state,
                Mode.LIVE,
                Place.UNKNOWN,
                List.of(),
                time(),
                new StageTimes(1_000, 2_000),
                about,
                text);
    }

    /** The signed envelope's bytes. */
    public Bytes sign(Alarm alarm) {
        return Messages.sign(alarm, signer).bytes();
    }

    /** The signed envelope. */
    public SignedEnvelope envelope(Alarm alarm) {
        return Messages.sign(alarm, signer);
    }

    /** What a centre submits when this alarm was received and verified. */
    public Submission.Received received(Alarm alarm) {
        return new Submission.Received(alarm, sign(alarm), "");
    }

    /** A heartbeat's bytes. */
    public Bytes heartbeat(long boot, long nonce, Duration period) {
        return heartbeat(boot, nonce, period, signer.keyId(), false);
    }

    /** A heartbeat's bytes. */
    public Bytes heartbeat(long boot, long nonce, Duration period, Bytes alarmKey, boolean prove) {
        return heartbeat(boot, nonce, period, alarmKey, prove, 0, Optional.empty());
    }

    /** A heartbeat's bytes that an order may answer, and how a drill stands. */
    public Bytes heartbeat(long boot, long nonce, long echo, Optional<DrillState> drill) {
        return heartbeat(boot, nonce, Duration.ofSeconds(60), signer.keyId(), false, echo, drill);
    }

    private Bytes heartbeat(
            long boot,
            long nonce,
            Duration period,
            Bytes alarmKey,
            boolean prove,
            long echo,
            Optional<DrillState> drill) {
        return Messages.write(new Heartbeat(
                id,
                boot,
                nonce,
                period,
                time(),
                new Heartbeat.Health("test 1", 0, 0, List.of(), Double.NaN, Double.NaN),
                alarmKey,
                prove,
                echo,
                drill));
    }

    /** A device's clock that was never set. */
    public static DeviceTime time() {
        return new DeviceTime(Instant.EPOCH, ClockQuality.UNKNOWN, Duration.ofSeconds(5));
    }
}
