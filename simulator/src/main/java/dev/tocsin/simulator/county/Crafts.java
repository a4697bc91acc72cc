package dev.tocsin.simulator.county;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.DrillMessages;
import dev.tocsin.sdk.codec.MessageType;
import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.Answer;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.DrillOrder;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.model.Place;
import dev.tocsin.sdk.model.ReceiptStage;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.simulator.world.SeededEntropy;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;

/** What an attacker makes: signed things that are not what they say, each wrong in one way. */
final class Crafts {

    /** An id this far ahead has not been used. */
    private static final long AHEAD = 1_000_000;

    /** EdDSA under its old number, ES256 under its own, and HMAC: none of them is what the key is for. */
    private static final int HMAC_256 = 5;

    private static final int ES256 = -9;
    private static final int ED25519 = -19;

    private final Signer own;
    private final SeededEntropy entropy;

    Crafts(SignatureAlgorithm algorithm, SeededEntropy entropy) {
        this.entropy = entropy;
        try {
            this.own = Keys.signer(Keys.generatePem(algorithm, entropy));
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("a key made here does not fit", e);
        }
    }

    /** His own key, under another's name. */
    private Signer as(Bytes keyId) {
        return new Signer() {
            @Override
            public SignatureAlgorithm algorithm() {
                return own.algorithm();
            }

            @Override
            public Bytes keyId() {
                return keyId;
            }

            @Override
            public byte[] sign(byte[] message) {
                return own.sign(message);
            }
        };
    }

    /** Another alarm of the device, which that never raised, signed with his own key. */
    Bytes forgedAlarm(Loot.Piece like) {
        return Messages.sign(another(read(like)), as(like.envelope().keyId())).bytes();
    }

    /** An alarm in another device's name with a true key, which is that of a device that was stolen and revoked. */
    Bytes alarmOf(Loot.Piece like, Signer stolen) {
        return Messages.sign(another(read(like)), stolen).bytes();
    }

    /** An alarm of the stolen device itself. */
    Bytes alarmOfStolen(Loot.Piece like, Signer stolen, String device) {
        Alarm a = read(like);
        return Messages.sign(
                        with(
                                a,
                                new AlarmId(device, 1, entropy.nextLong(), 1 + entropy.below(AHEAD)),
                                a.kind(),
                                a.place()),
                        stolen)
                .bytes();
    }

    /** The same alarm with its signature, of another kind. */
    Bytes otherKind(Loot.Piece real) {
        Alarm a = read(real);
        return swapped(real, with(a, a.id(), a.kind() == AlarmKind.FIRE ? AlarmKind.GAS : AlarmKind.FIRE, a.place()));
    }

    /** The same alarm with its signature, from another place. */
    Bytes otherPlace(Loot.Piece real) {
        Alarm a = read(real);
        Place p = a.place();
        return swapped(
                real,
                with(
                        a,
                        a.id(),
                        a.kind(),
                        new Place(p.county(), "school-elsewhere", p.building(), p.floor(), p.spot(), p.position())));
    }

    private Bytes swapped(Loot.Piece real, Alarm said) {
        byte[][] payload = new byte[1][];
        Signer reader = new Signer() {
            @Override
            public SignatureAlgorithm algorithm() {
                return own.algorithm();
            }

            @Override
            public Bytes keyId() {
                return real.envelope().keyId();
            }

            @Override
            public byte[] sign(byte[] message) {
                payload[0] = Cose.of(message, new byte[0]).payload();
                return real.cose().signature();
            }
        };
        Messages.sign(said, reader);
        return real.cose().withPayload(payload[0]).bytes();
    }

    /** No algorithm at all. */
    Bytes stripped(Loot.Piece real) {
        return real.cose()
                .withHeader(real.cose().headerWithoutAlgorithm(), new byte[] {(byte) 0xa0})
                .bytes();
    }

    /** The algorithm where anybody can change it. */
    Bytes algorithmUnprotected(Loot.Piece real) {
        return real.cose()
                .withHeader(real.cose().headerWithoutAlgorithm(), Cose.mapOf(1, ED25519))
                .bytes();
    }

    /** Another algorithm. */
    Bytes downgraded(Loot.Piece real) {
        int other = entropy.chance(0.5) ? HMAC_256 : own.algorithm() == SignatureAlgorithm.ES256 ? ED25519 : ES256;
        return real.cose()
                .withHeader(real.cose().headerWithAlgorithm(other), new byte[] {(byte) 0xa0})
                .bytes();
    }

    /** A receipt for this alarm with his own signature under the centre's name. */
    Bytes forgedReceipt(Alarm alarm, Bytes envelope, String centre, Bytes keyId, Instant now) {
        return Messages.sign(
                        new Answer.Receipt(
                                alarm.id(),
                                envelope.sha256(),
                                centre,
                                now,
                                ReceiptStage.RECEIVED,
                                alarm.mode(),
                                1 + entropy.below(AHEAD),
                                envelope.sha256(),
                                ""),
                        as(keyId))
                .bytes();
    }

    /** An order as fresh as can be. */
    Bytes order(String centre, String device, long echo, Signer signer) {
        return DrillMessages.sign(
                        new DrillOrder(
                                centre,
                                "quiet-" + entropy.below(AHEAD),
                                device,
                                echo,
                                "everywhere",
                                Duration.ZERO,
                                Duration.ZERO,
                                DrillOrder.MAX_LASTS,
                                "nobody"),
                        signer)
                .bytes();
    }

    /** The same, signed with his own key. */
    Bytes forgedOrder(String centre, String device, long echo, Bytes keyId) {
        return order(centre, device, echo, as(keyId));
    }

    private Alarm another(Alarm a) {
        AlarmId id = a.id();
        return with(
                a,
                new AlarmId(id.device(), id.boot(), id.nonce(), id.sequence() + 1 + entropy.below(AHEAD)),
                a.kind(),
                a.place());
    }

    private static Alarm with(Alarm a, AlarmId id, AlarmKind kind, Place place) {
        return new Alarm(id, kind, a.state(), Mode.LIVE, place, a.cameras(), a.time(), a.stages(), a.about(), a.text());
    }

    static Alarm read(Loot.Piece piece) {
        if (piece.envelope().type() == MessageType.ALARM
                && Messages.readAlarm(piece.envelope()) instanceof Decoded.Ok<Alarm>(Alarm alarm)) {
            return alarm;
        }
        throw new IllegalArgumentException("no alarm");
    }
}
