package dev.tocsin.simulator.centre.authority;

import dev.tocsin.sdk.model.Bytes;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the authority remembers. Several processes may have them open. Any thread; blocks. */
public interface AuthorityBooks extends AutoCloseable {

    /**
     * Reads and writes in one transaction, which is durable when this returns: nobody else's comes between.
     *
     * @throws IOException if the medium does not take it; then nothing of it was written
     */
    <T> T change(Function<Pages, T> work) throws IOException;

    @Override
    void close();

    /** The books within a transaction. */
    interface Pages {

        /** All claims, by device. */
        List<Claim> claims();

        /** The device's claim. */
        Optional<Claim> claim(String device);

        /** Writes a claim in the place of the device's former one. */
        void write(Claim claim);

        /** All certificates, oldest first. */
        List<Issued> issued();

        /** The device's certificates, oldest first. */
        List<Issued> issued(String device);

        /** The certificates of this key, oldest first. */
        List<Issued> issuedTo(Bytes publicKey);

        /** Writes a certificate. */
        void add(Issued issued);

        /** Revokes all certificates of this key that are not revoked yet. */
        void revoke(Bytes publicKey, Instant at);
    }
}
