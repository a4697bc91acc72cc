package dev.tocsin.sdk.session;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.DrillMessages;
import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.codec.OrderMessages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.Answer;
import dev.tocsin.sdk.model.Authority;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.DeviceOrder;
import dev.tocsin.sdk.model.DrillOrder;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.model.OrderKind;
import dev.tocsin.sdk.model.Presence;
import dev.tocsin.sdk.port.Verifier;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A centre as a device knows it.
 *
 * @param id its name, as in its receipts; of the form of a {@linkplain AlarmId#isDeviceId device id}
 * @param addresses {@code coaps://host:port}, primary first, then backups; 1 to {@value #MAX_ADDRESSES}
 * @param keys keys that may sign its answers; more than one while a key is rolled
 * @param kinds kinds of alarm it gets; a FAULT goes to every centre anyway
 * @param modes modes it gets; LIVE and TEST always do
 * @param may what it may order; a drill only if it also gets drill alarms
 */
public record CentreLink(
        String id,
        List<String> addresses,
        List<Verifier> keys,
        Set<AlarmKind> kinds,
        Set<Mode> modes,
        Set<OrderKind> may) {

    /** Most addresses of one centre. */
    public static final int MAX_ADDRESSES = 4;

    public CentreLink {
        addresses = List.copyOf(addresses);
        keys = List.copyOf(keys);
        kinds = Set.copyOf(kinds);
        modes = Set.copyOf(modes);
        may = Set.copyOf(may);
        if (!AlarmId.isDeviceId(id)) {
            throw new IllegalArgumentException("not a centre's id: '" + id + "'");
        }
        if (addresses.isEmpty() || addresses.size() > MAX_ADDRESSES || keys.isEmpty()) {
            throw new IllegalArgumentException(
                    "centre " + id + " needs 1 to " + MAX_ADDRESSES + " addresses and at least one key");
        }
    }

    /** A centre that may order what is usual: everything if it gets drill alarms, else only what is harmless. */
    public CentreLink(String id, List<String> addresses, List<Verifier> keys, Set<AlarmKind> kinds, Set<Mode> modes) {
        this(id, addresses, keys, kinds, modes, usualFor(modes));
    }

    private static Set<OrderKind> usualFor(Set<Mode> modes) {
        return (modes.contains(Mode.DRILL) ? Authority.EDUCATION : Authority.POLICE).may();
    }

    /** A centre that gets every kind of alarm, drills included or not. */
    public static CentreLink ofAllKinds(String id, List<String> addresses, List<Verifier> keys, boolean drills) {
        return new CentreLink(
                id,
                addresses,
                keys,
                Set.of(AlarmKind.values()),
                drills ? Set.of(Mode.values()) : Set.of(Mode.LIVE, Mode.TEST));
    }

    /** Whether this centre is on an alarm's route. */
    boolean isOnRouteOf(Alarm alarm) {
        boolean mode = alarm.mode() != Mode.DRILL || modes.contains(Mode.DRILL);
        return mode && (alarm.kind() == AlarmKind.FAULT || kinds.contains(alarm.kind()));
    }

    /** Whether a press within a drill goes there. */
    boolean takesDrillPresses() {
        return modes.contains(Mode.DRILL) && kinds.contains(AlarmKind.PANIC);
    }

    /** What the centre says of an alarm; malformed, with the reason, unless the centre itself signed it. */
    Decoded<Answer> read(Bytes signed) {
        return read(signed, "an answer without a receipt", Messages::readAnswer, Answer::centre);
    }

    /** That the centre heard a heartbeat; malformed, with the reason, unless the centre itself signed it. */
    Decoded<Presence> readPresence(Bytes signed) {
        return read(signed, "no signed presence", Messages::readPresence, Presence::centre);
    }

    /** An order of the centre; malformed, with the reason, unless the centre itself signed it. */
    Decoded<DrillOrder> readOrder(Bytes signed) {
        return read(signed, "no signed order", DrillMessages::readOrder, DrillOrder::centre);
    }

    /** An order of the centre other than a drill; malformed, with the reason, unless the centre itself signed it. */
    Decoded<DeviceOrder> readDeviceOrder(Bytes signed) {
        return read(signed, "no signed order", OrderMessages::readOrder, DeviceOrder::centre);
    }

    private <T> Decoded<T> read(
            Bytes signed, String nothing, Function<SignedEnvelope, Decoded<T>> reading, Function<T, String> speaker) {
        if (!(SignedEnvelope.read(signed) instanceof Decoded.Ok<SignedEnvelope>(SignedEnvelope envelope))) {
            return new Decoded.Malformed<>(nothing);
        }
        if (keys.stream().noneMatch(envelope::isSignedBy)) {
            return new Decoded.Malformed<>("an answer that " + id + " did not sign");
        }
        Decoded<T> read = reading.apply(envelope);
        return read instanceof Decoded.Ok<T>(T said) && !speaker.apply(said).equals(id)
                ? new Decoded.Malformed<>("an answer in the name of " + speaker.apply(said))
                : read;
    }
}
