package dev.tocsin.simulator.centre;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.model.Answer;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Transport.Content;
import java.util.ArrayList;
import java.util.List;

/** Keeps the replies to requests. */
final class TestReplies implements Reply {

    record Given(int code, Content content, Bytes payload) {
        String text() {
            return new String(payload.readOnlyArray(), UTF_8);
        }

        Answer answer() {
            Decoded<SignedEnvelope> envelope = SignedEnvelope.read(payload);
            return Messages.readAnswer(envelope.orThrow()).orThrow();
        }
    }

    private final List<Given> given = new ArrayList<>();

    @Override
    public void respond(int code, Content content, Bytes payload) {
        given.add(new Given(code, content, payload));
    }

    /** All replies. */
    List<Given> all() {
        return given;
    }

    /** The only reply since the last look. */
    Given take() {
        if (given.size() != 1) {
            throw new AssertionError("not one reply but " + given);
        }
        return given.removeFirst();
    }
}
