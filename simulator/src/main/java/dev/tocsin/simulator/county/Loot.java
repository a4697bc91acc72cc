package dev.tocsin.simulator.county;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.MessageType;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.simulator.world.World;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A copy of the last of all that devices and centres sign, as of somebody who reads every ledger and every log: replaying is
 * easy then, and only what signatures say stands in the way.
 */
final class Loot {

    /** Kept of each type of message. */
    private static final int MAX_KEPT = 256;

    private final World world;
    private final Map<MessageType, Deque<Piece>> kept = new EnumMap<>(MessageType.class);

    Loot(World world) {
        this.world = world;
    }

    /**
     * Something signed.
     *
     * @param signer whose it is: a device's or a centre's id
     */
    record Piece(String signer, long atNs, SignedEnvelope envelope, Cose cose) {}

    /** What was signed of this type, oldest first. */
    List<Piece> of(MessageType type) {
        return List.copyOf(kept.getOrDefault(type, new ArrayDeque<>()));
    }

    /** The same signer, of whose works a copy comes here. */
    Signer copied(String name, Signer signer) {
        return new Signer() {
            @Override
            public SignatureAlgorithm algorithm() {
                return signer.algorithm();
            }

            @Override
            public Bytes keyId() {
                return signer.keyId();
            }

            @Override
            public byte[] sign(byte[] message) {
                byte[] signature = signer.sign(message);
                keep(name, Cose.of(message, signature));
                return signature;
            }
        };
    }

    private void keep(String name, Cose cose) {
        if (SignedEnvelope.read(cose.bytes()) instanceof Decoded.Ok<SignedEnvelope>(SignedEnvelope envelope)) {
            Deque<Piece> pieces = kept.computeIfAbsent(envelope.type(), t -> new ArrayDeque<>());
            pieces.add(new Piece(name, world.nanoTime(), envelope, cose));
            if (pieces.size() > MAX_KEPT) {
                pieces.removeFirst();
            }
        }
    }
}
