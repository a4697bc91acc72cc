package dev.tocsin.simulator.mutant;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.port.Storage;
import dev.tocsin.sdk.port.Storage.SyncResult;
import dev.tocsin.sdk.port.Timers.Cancellable;
import dev.tocsin.sdk.port.Transport;
import dev.tocsin.sdk.port.Verifier;
import dev.tocsin.simulator.centre.ledger.Chain;
import dev.tocsin.simulator.centre.ledger.EntryType;
import dev.tocsin.simulator.centre.ledger.Fact;
import dev.tocsin.simulator.centre.ledger.Ledger;
import dev.tocsin.simulator.centre.ledger.Outcome;
import dev.tocsin.simulator.centre.ledger.Submission;
import dev.tocsin.simulator.centre.registry.RegisteredDevice;
import dev.tocsin.simulator.world.World;
import java.security.cert.PKIXParameters;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What mutants call in place of what they should. Public, because the classes that are changed call it from their own
 * packages; used by nobody else.
 */
public final class Broken {

    private static final Duration NAP = Duration.ofMillis(80);
    private static final int CONNECTION_ID_BYTES = 6;
    private static final Duration TIMELY = Duration.ofMinutes(5);

    private Broken() {}

    /** For {@code Storage.sync}: says that it is on the medium, and syncs nothing. */
    public static void syncNothing(Storage storage, String name, Consumer<SyncResult> done) {
        world().schedule(0, () -> done.accept(new SyncResult.Synced()));
    }

    /** For {@code Storage.sync}: does not end. */
    public static void syncForEver(Storage storage, String name, Consumer<SyncResult> done) {
        // that is the break
    }

    /** For {@code TreeSet.add}: forgets what was to be sent again. */
    public static boolean forget(Object ready, Object parcel) {
        return false;
    }

    /** For {@code Courier.retryIn}: never. */
    public static void neverRetry(Object courier, Object parcel, long delayNs) {
        // that is the break
    }

    /** For {@code Ledger.submit}: the receipt goes out before the entry is durable. */
    public static void receiptFirst(Ledger ledger, Submission submission, Consumer<Outcome> done) {
        if (submission instanceof Submission.Received(Alarm alarm, var envelope, String remark)
                && ledger.find(alarm.id()).isEmpty()) {
            Fact fact = new Fact(
                    EntryType.ALARM,
                    alarm.id().device(),
                    Optional.of(alarm.id()),
                    alarm.about(),
                    Optional.of(alarm.kind()),
                    Optional.of(alarm.state()),
                    Optional.of(alarm.mode()),
                    envelope,
                    envelope.sha256(),
                    "",
                    remark);
            done.accept(new Outcome.Committed(Chain.append(ledger.head(), fact, world().now()), false));
            ledger.submit(submission, outcome -> {});
        } else {
            ledger.submit(submission, done);
        }
    }

    /** For {@code Rows.withEnvelope}: every envelope is new. */
    public static Optional<Object> notThere(Object rows, Object alarm, Object envelope) {
        return Optional.empty();
    }

    /** For {@code Rows.alarms}: every id is new. */
    public static List<Object> none(Object rows, Object alarm) {
        return List.of();
    }

    /** For a boot counter or a nonce: the same at every boot. */
    public static long always1(long value) {
        return 1;
    }

    /** For {@code Stream.noneMatch} over a centre's keys: one always fits. */
    public static boolean oneFits(Stream<?> keys, Predicate<?> unfit) {
        return false;
    }

    /** For {@code Set.contains} over what a centre may: all. */
    public static boolean mayAll(Set<?> modes, Object mode) {
        return true;
    }

    /** For {@code RegisteredDevice.revoked}: no device is. */
    public static boolean neverRevoked(RegisteredDevice device) {
        return false;
    }

    /** For {@code SignedEnvelope.isSignedBy}: whoever signed it. */
    public static boolean signedByAnybody(SignedEnvelope envelope, Verifier key) {
        return true;
    }

    /** For {@code SignedEnvelope.isSignedBy}: only if the device's clock says the same as the centre's. */
    public static boolean signedInTime(SignedEnvelope envelope, Verifier key) {
        if (!(Messages.readAlarm(envelope) instanceof Decoded.Ok<Alarm>(Alarm alarm))) {
            return false;
        }
        Instant told = alarm.time().wall();
        return envelope.isSignedBy(key)
                && Duration.between(told, world().now()).abs().compareTo(TIMELY) < 0;
    }

    /** For {@code PKIXParameters.setDate}: now, whatever date was asked for. */
    public static void today(PKIXParameters parameters, Date date) {
        parameters.setDate(Date.from(world().now()));
    }

    /** For {@code Transport.post}: after a nap, as long as a slow disk takes. */
    public static Cancellable postLater(Transport transport, Transport.Post post, Transport.ExchangeListener listener) {
        return world().schedule(NAP.toNanos(), () -> transport.post(post, listener));
    }

    /** For a centre's settings: the length of a connection id is none, all else stays. */
    public static @Nullable Integer noConnectionId(Integer setting) {
        return setting == CONNECTION_ID_BYTES ? null : setting;
    }

    /** For the time within which a second press is real: none. */
    public static long never(long againNs) {
        return -1;
    }

    private static World world() {
        World world = World.current();
        if (world == null) {
            throw new IllegalStateException("mutants live in virtual worlds");
        }
        return world;
    }
}
