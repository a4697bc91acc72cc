package dev.tocsin.sdk;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.journal.Limits;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.Answer;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.Place;
import dev.tocsin.sdk.model.ReceiptStage;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.model.StageTimes;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.Entropy;
import dev.tocsin.sdk.port.Storage;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.port.Transport;
import dev.tocsin.sdk.session.AlarmRequest;
import dev.tocsin.sdk.session.AlarmStatus;
import dev.tocsin.sdk.session.CentreLink;
import dev.tocsin.sdk.session.Session;
import dev.tocsin.sdk.session.SessionListener;
import dev.tocsin.sdk.session.Settings;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Raises TEST alarms that go nowhere, so that the first real one does not wait for classes to be loaded and code to be
 * compiled: a session of its own with keys made for it, a centre that is a method call away, and a disk that forgets. It has
 * no part in common with the real device but the code. Runs on the thread that calls it, in some hundred milliseconds of a
 * desk's processor.
 */
final class Rehearsal {

    /** Signatures are compiled after a few alarms, the rest after a few dozen. */
    static final int ALARMS = 60;

    private static final String CENTRE = "rehearsal";
    private static final Bytes HASH = Bytes.wrap(new byte[32]);

    private final Set<AlarmId> received = new HashSet<>();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Timers timers = new Timers() {
        @Override
        public Cancellable schedule(long delayNs, Runnable task) {
            if (delayNs == 0) {
                tasks.add(task);
            }
            return () -> {}; // what is to be later is for a device that lives longer
        }
    };

    private Rehearsal() {}

    /**
     * Runs it.
     *
     * @param algorithm the device's
     * @param goesOn asked before each alarm
     * @return how many alarms came back with a receipt
     */
    static int run(SignatureAlgorithm algorithm, Clock clock, Entropy entropy, BooleanSupplier goesOn) {
        return new Rehearsal().play(algorithm, clock, entropy, goesOn);
    }

    private int play(SignatureAlgorithm algorithm, Clock clock, Entropy entropy, BooleanSupplier goesOn) {
        Keys.Pair device = Keys.generate(algorithm, entropy);
        Keys.Pair centre = Keys.generate(algorithm, entropy);
        Settings settings = new Settings(
                "rehearsal/button",
                new Place("530902", "rehearsal", "", "", "", Optional.empty()),
                List.of(),
                List.of(CentreLink.ofAllKinds(CENTRE, List.of("coaps://nowhere"), List.of(centre.verifier()), false)),
                Settings.DEFAULT_HEARTBEAT,
                Limits.DEFAULT.withBallast(0),
                "");
        Session session = new Session(
                settings,
                new Session.Ports(
                        clock, timers, new AtOnce(timers, centre), new Forgetful(timers), device.signer(), entropy),
                new SessionListener() {
                    @Override
                    public void alarmChanged(AlarmStatus status) {
                        if (status.isReceivedByAll()) {
                            received.add(status.alarm().id());
                        }
                    }
                });
        session.start();
        work();
        for (int i = 0; i < ALARMS && goesOn.getAsBoolean(); i++) {
            long nowNs = clock.nanoTime();
            session.raise(AlarmRequest.test(AlarmKind.PANIC, new StageTimes(nowNs, nowNs)), status -> {});
            work();
        }
        session.close();
        return received.size();
    }

    private void work() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /** A centre that has a receipt as soon as it is asked, and is silent to all but alarms. */
    private record AtOnce(Timers timers, Keys.Pair keys) implements Transport {

        @Override
        public void serve(PushHandler handler) {}

        @Override
        public Timers.Cancellable post(Post post, ExchangeListener listener) {
            return timers.schedule(0, () -> {
                receipt(post.payload()).ifPresent(receipt -> {
                    listener.sent();
                    listener.ended(new Outcome.Answered(204, receipt, Duration.ofMillis(1), 1));
                });
            });
        }

        private Optional<Bytes> receipt(Bytes payload) {
            if (SignedEnvelope.read(payload) instanceof Decoded.Ok<SignedEnvelope>(SignedEnvelope envelope)
                    && Messages.readAlarm(envelope) instanceof Decoded.Ok<Alarm>(Alarm alarm)) {
                Answer.Receipt receipt = new Answer.Receipt(
                        alarm.id(),
                        payload.sha256(),
                        CENTRE,
                        Instant.EPOCH,
                        ReceiptStage.RECEIVED,
                        alarm.mode(),
                        1,
                        HASH,
                        "");
                return Optional.of(Messages.sign(receipt, keys.signer()).bytes());
            }
            return Optional.empty();
        }

        @Override
        public void close() {}
    }

    /** A disk that keeps nothing and says that it does. */
    private record Forgetful(Timers timers) implements Storage {

        @Override
        public List<String> list() {
            return List.of();
        }

        @Override
        public byte[] read(String name) throws IOException {
            throw new NoSuchFileException(name);
        }

        @Override
        public void append(String name, byte[] bytes) {}

        @Override
        public void sync(String name, Consumer<SyncResult> done) {
            timers.schedule(0, () -> done.accept(new SyncResult.Synced()));
        }

        @Override
        public void delete(String name) {}

        @Override
        public void close() {}
    }
}
