package dev.tocsin.simulator.county;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.Answer;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.ReceiptStage;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.simulator.world.SeededEntropy;
import java.io.ByteArrayOutputStream;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Makes up alarms and receipts that are right in all but the signature: it names the true key, and is made with another one.
 * Over plain CoAP they get into a conversation as they are (RFC 7252, section 3, by hand: nobody sends them who has a stack).
 */
final class Impostor {

    private static final int HEADER_BYTES = 4;
    private static final int POST = 0x02;
    private static final int CHANGED = 0x44; // 2.04
    private static final int ACKNOWLEDGEMENT = 0x60;
    private static final int TOKEN_LENGTH = 0x0f;
    private static final int PAYLOAD_FOLLOWS = 0xff;
    private static final byte[] CONTENT_FORMAT_COSE_SIGN1 = {(byte) 0xc1, 18};

    /** An id this far ahead has not been used. */
    private static final long AHEAD = 1_000_000;

    private final Signer key;
    private final SeededEntropy entropy;

    /** @param algorithm what those it copies sign with: a forgery must come to be verified */
    Impostor(SignatureAlgorithm algorithm, SeededEntropy entropy) {
        this.entropy = entropy;
        try {
            this.key = Keys.signer(Keys.generatePem(algorithm, entropy));
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("a key made here does not fit", e);
        }
    }

    /** The alarm that a plain CoAP request carries; empty if it is something else. */
    Optional<SignedEnvelope> alarm(Bytes request) {
        byte[] bytes = request.readOnlyArray();
        int payload = payload(bytes);
        if (payload == 0 || bytes[1] != POST) {
            return Optional.empty();
        }
        Bytes body = Bytes.copyOf(Arrays.copyOfRange(bytes, payload, bytes.length));
        return SignedEnvelope.read(body) instanceof Decoded.Ok<SignedEnvelope>(SignedEnvelope envelope)
                        && Messages.readAlarm(envelope) instanceof Decoded.Ok<Alarm>
                ? Optional.of(envelope)
                : Optional.empty();
    }

    /** The answer to such a request: a receipt that its centre never gave. */
    Bytes receipt(Bytes request, SignedEnvelope envelope, String centre, Bytes keyId, Instant now) {
        Alarm alarm = read(envelope);
        Answer.Receipt receipt = new Answer.Receipt(
                alarm.id(),
                envelope.bytes().sha256(),
                centre,
                now,
                ReceiptStage.RECEIVED,
                alarm.mode(),
                1 + entropy.below(AHEAD),
                envelope.bytes().sha256(),
                "");
        byte[] asked = request.readOnlyArray();
        int token = asked[0] & TOKEN_LENGTH;
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.write(ACKNOWLEDGEMENT | token);
        answer.write(CHANGED);
        answer.write(asked, 2, HEADER_BYTES - 2 + token);
        answer.writeBytes(CONTENT_FORMAT_COSE_SIGN1);
        answer.write(PAYLOAD_FOLLOWS);
        answer.writeBytes(Messages.sign(receipt, as(keyId)).bytes().readOnlyArray());
        return Bytes.wrap(answer.toByteArray());
    }

    /** The same request with another alarm of the same device, which that never raised. */
    Bytes alarm(Bytes request, SignedEnvelope envelope) {
        Alarm seen = read(envelope);
        AlarmId id = seen.id();
        Alarm forged = new Alarm(
                new AlarmId(id.device(), id.boot(), id.nonce(), id.sequence() + 1 + entropy.below(AHEAD)),
                seen.kind(),
                seen.state(),
                seen.mode(),
                seen.place(),
                seen.cameras(),
                seen.time(),
                seen.stages(),
                seen.about(),
                seen.text());
        byte[] like = request.readOnlyArray();
        ByteArrayOutputStream forgery = new ByteArrayOutputStream();
        forgery.write(like, 0, 2);
        byte[] messageId = new byte[2 + (like[0] & TOKEN_LENGTH)];
        entropy.fill(messageId);
        forgery.writeBytes(messageId);
        forgery.write(
                like, HEADER_BYTES + (like[0] & TOKEN_LENGTH), payload(like) - HEADER_BYTES - (like[0] & TOKEN_LENGTH));
        forgery.writeBytes(Messages.sign(forged, as(envelope.keyId())).bytes().readOnlyArray());
        return Bytes.wrap(forgery.toByteArray());
    }

    private static Alarm read(SignedEnvelope envelope) {
        if (Messages.readAlarm(envelope) instanceof Decoded.Ok<Alarm>(Alarm alarm)) {
            return alarm;
        }
        throw new IllegalArgumentException("no alarm");
    }

    /** Where the payload begins; 0 if there is none. Options: RFC 7252, section 3.1; ours are all shorter than 269 bytes. */
    private static int payload(byte[] message) {
        if (message.length < HEADER_BYTES) {
            return 0;
        }
        int at = HEADER_BYTES + (message[0] & TOKEN_LENGTH);
        while (at < message.length) {
            int head = message[at] & 0xff;
            if (head == PAYLOAD_FOLLOWS) {
                return at + 1;
            }
            int delta = head >>> 4;
            int length = head & 0x0f;
            if (delta > 13 || length > 13) {
                return 0;
            }
            at += 1 + (delta == 13 ? 1 : 0);
            if (length == 13) {
                if (at >= message.length) {
                    return 0;
                }
                length += message[at] & 0xff;
                at++;
            }
            at += length;
        }
        return 0;
    }

    private Signer as(Bytes keyId) {
        return new Signer() {
            @Override
            public SignatureAlgorithm algorithm() {
                return key.algorithm();
            }

            @Override
            public Bytes keyId() {
                return keyId;
            }

            @Override
            public byte[] sign(byte[] message) {
                return key.sign(message);
            }
        };
    }
}
