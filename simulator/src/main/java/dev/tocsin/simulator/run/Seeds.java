package dev.tocsin.simulator.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tocsin.sdk.model.Bytes;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** Randomness by name: each purpose has a stream of its own, so that drawing more for one changes nothing for another. */
record Seeds(long seed) {

    /** The stream of a name. */
    SplittableRandom stream(String name) {
        Bytes digest = Bytes.wrap((seed + "/" + name).getBytes(UTF_8)).sha256();
        return new SplittableRandom(ByteBuffer.wrap(digest.readOnlyArray()).getLong());
    }
}
