package dev.tocsin.benchmarks;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.journal.Limits;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.Answer;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.Place;
import dev.tocsin.sdk.model.ReceiptStage;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.model.StageTimes;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.sdk.port.Storage;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.port.Transport;
import dev.tocsin.sdk.port.Verifier;
import dev.tocsin.sdk.session.AlarmRequest;
import dev.tocsin.sdk.session.AlarmStatus;
import dev.tocsin.sdk.session.CentreLink;
import dev.tocsin.sdk.session.Session;
import dev.tocsin.sdk.session.SessionListener;
import dev.tocsin.sdk.session.Settings;
import dev.tocsin.simulator.world.Seed;
import dev.tocsin.simulator.world.VirtualClock;
import dev.tocsin.simulator.world.VirtualLoop;
import dev.tocsin.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the session itself costs: one alarm raised, encoded, journaled, posted and receipted, on one thread in virtual time,
 * with a medium that forgets, a network that answers at once and signatures that sign nothing. What is left out here is in
 * {@link EnvelopeCost}, {@link JournalCost} and {@link AlarmPathTime}.
 */
@State(Scope.Thread)
@BenchmarkMode({Mode.Throughput, Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SessionCost {

    private static final String CENTRE = "police";
    private static final Bytes HASH = Bytes.wrap(new byte[32]);

    private Optional<Rig> rig = Optional.empty();

    /** Starts the session and lets it arm. */
    @Setup(Level.Trial)
    public void open() {
        rig = Optional.of(new Rig());
    }

    /** One alarm until it is receipted and nothing is left to do for it. */
    @Benchmark
    public AlarmStatus alarm() {
        return rig.orElseThrow().alarm();
    }

    /** Lets go of the thread. */
    @TearDown(Level.Trial)
    public void close() {
        rig.orElseThrow().world.close();
    }

    private static final class Rig implements SessionListener {

        private final World world = World.open(new Seed(1), Instant.parse("2027-03-01T00:00:00Z"));
        private final VirtualLoop loop = world.loop("device");
        private final VirtualClock clock = new VirtualClock(world, world.seed());
        private final NoSignatures keys = new NoSignatures();
        private final Session session;
        private Optional<AlarmStatus> last = Optional.empty();

        Rig() {
            Settings settings = new Settings(
                    "school-001/button-1",
                    new Place("530902", "school-001", "B", "2", "", Optional.empty()),
                    List.of(),
                    List.of(CentreLink.ofAllKinds(CENTRE, List.of("coap://centre"), List.of(keys), false)),
                    Settings.DEFAULT_HEARTBEAT,
                    Limits.DEFAULT.withBallast(0),
                    "tocsin");
            Session.Ports ports = new Session.Ports(
                    clock,
                    loop,
                    new Receipting(loop, keys),
                    new Forgetting(loop),
                    keys,
                    world.seed().entropy());
            session = new Session(settings, ports, this);
            loop.enter(session::start);
            world.run(Duration.ofMillis(1));
            if (!session.isArmed()) {
                throw new IllegalStateException("it does not arm");
            }
        }

        AlarmStatus alarm() {
            long nowNs = world.nanoTime();
            loop.enter(() ->
                    session.raise(AlarmRequest.live(AlarmKind.PANIC, new StageTimes(nowNs, nowNs)), status -> {}));
            world.run(Duration.ofMillis(1));
            AlarmStatus status = last.orElseThrow();
            if (!status.isReceivedByAll()) {
                throw new IllegalStateException("not receipted: " + status);
            }
            return status;
        }

        @Override
        public void armed() {}

        @Override
        public void alarmChanged(AlarmStatus status) {
            last = Optional.of(status);
        }

        @Override
        public void indicationChanged(dev.tocsin.sdk.session.Indication indication) {}

        @Override
        public void remark(String sentence) {}
    }

    /** Signs with nothing and believes everything. */
    private static final class NoSignatures implements Signer, Verifier {

        private static final Bytes ID = Bytes.wrap(new byte[8]);

        @Override
        public SignatureAlgorithm algorithm() {
            return SignatureAlgorithm.ED25519;
        }

        @Override
        public Bytes keyId() {
            return ID;
        }

        @Override
        public byte[] sign(byte[] message) {
            return new byte[SignatureAlgorithm.SIGNATURE_BYTES];
        }

        @Override
        public boolean verify(byte[] message, byte[] signature) {
            return true;
        }
    }

    /** Receipts every alarm, as soon as the loop is free; to all else nobody answers. */
    private record Receipting(VirtualLoop loop, Signer centre) implements Transport {

        @Override
        public void serve(PushHandler handler) {}

        @Override
        public Timers.Cancellable post(Post post, ExchangeListener listener) {
            if (!post.path().equals("alarm")) {
                return () -> {};
            }
            return loop.schedule(0, () -> {
                listener.sent();
                listener.ended(new Outcome.Answered(201, receipt(post.payload()), Duration.ofMillis(1), 1));
            });
        }

        private Bytes receipt(Bytes alarm) {
            SignedEnvelope envelope = value(SignedEnvelope.read(alarm));
            Alarm said = value(Messages.readAlarm(envelope));
            Answer.Receipt receipt = new Answer.Receipt(
                    said.id(), alarm.sha256(), CENTRE, Instant.EPOCH, ReceiptStage.RECEIVED, said.mode(), 1, HASH, "");
            return Messages.sign(receipt, centre).bytes();
        }

        private static <T> T value(Decoded<T> decoded) {
            return switch (decoded) {
                case Decoded.Ok<T>(T value) -> value;
                case Decoded.Malformed<T>(String why) -> throw new IllegalStateException(why);
            };
        }

        @Override
        public void close() {}
    }

    /** A medium that says it has synced. */
    private record Forgetting(VirtualLoop loop) implements Storage {

        @Override
        public List<String> list() {
            return List.of();
        }

        @Override
        public byte[] read(String name) {
            return new byte[0];
        }

        @Override
        public void append(String name, byte[] bytes) {}

        @Override
        public void sync(String name, Consumer<SyncResult> done) {
            loop.execute(() -> done.accept(new SyncResult.Synced()));
        }

        @Override
        public void delete(String name) {}

        @Override
        public void close() {}
    }
}
