package dev.tocsin.simulator.world;

import dev.tocsin.sdk.model.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Where randomness comes from. Seeds form a tree by name, {@code seed / county / device / stream}, so that what one stream
 * draws changes nothing for another, and the order in which things are made does not matter. Immutable.
 *
 * @param value 64 bits that decide everything below
 */
public record Seed(long value) {

    /** The seed of a part, for example a county, a device in it, or one of that device's streams. */
    public Seed child(String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        byte[] path = ByteBuffer.allocate(Long.BYTES + text.length)
                .putLong(value)
                .put(text)
                .array();
        return new Seed(
                ByteBuffer.wrap(Bytes.wrap(path).sha256().readOnlyArray()).getLong());
    }

    /** A fresh stream of this seed: the same numbers each time it is asked for. */
    public SeededEntropy entropy() {
        return new SeededEntropy(value);
    }
}
