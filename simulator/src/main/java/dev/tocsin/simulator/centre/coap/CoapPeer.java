package dev.tocsin.simulator.centre.coap;

import dev.tocsin.sdk.coap.CoapService;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.sdk.port.Transport.Outcome;
import dev.tocsin.sdk.port.Transport.Retransmission;
import dev.tocsin.simulator.centre.Peer;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** A device in its CoAP session. */
record CoapPeer(CoapService service, dev.tocsin.sdk.coap.Peer peer) implements Peer {

    @Override
    public String name() {
        return peer.name();
    }

    @Override
    public String label() {
        return name().isEmpty() ? peer.address().getHostString() : name();
    }

    @Override
    public Optional<Bytes> publicKey() {
        return peer.publicKey();
    }

    @Override
    public Optional<Instant> validUntil() {
        return peer.validUntil();
    }

    @Override
    public void push(String path, Bytes signed, Consumer<PushResult> ended) {
        service.push(
                peer,
                path,
                Content.COSE_SIGN1,
                signed,
                Retransmission.RFC_7252,
                outcome -> ended.accept(
                        switch (outcome) {
                            case Outcome.Answered a when a.code() / 100 == 2 -> PushResult.TAKEN;
                            case Outcome.Answered a when a.code() / 100 == 4 -> PushResult.REFUSED;
                            case Outcome.Answered a -> PushResult.NO_ANSWER;
                            case Outcome.NoAnswer n -> PushResult.NO_ANSWER;
                            case Outcome.Unreachable u -> PushResult.NO_ANSWER;
                        }));
    }
}
