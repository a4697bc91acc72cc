package dev.tocsin.simulator.centre.ledger;

import dev.tocsin.sdk.model.Bytes;
import java.time.Instant;

/**
 * One line of the ledger, for ever as it is.
 *
 * @param number 1 for the first, one more for each
 * @param time the centre's wall clock when it was written, whole milliseconds
 * @param fact what it says
 * @param previous hash of the entry before, 32 bytes; zeros for the first
 * @param hash of this entry, 32 bytes, see {@link #computedHash}
 */
public record Entry(long number, Instant time, Fact fact, Bytes previous, Bytes hash) {

    /** What is recorded. */
    public EntryType type() {
        return fact.type();
    }

    /**
     * The hash that this content must have. Any program can compute it:
     *
     * <pre>
     * hash = SHA-256( previous || field("tocsin-ledger-1") || field(number) || field(type) || field(device)
     *                 || field(alarm) || field(about) || field(kind) || field(state) || field(mode)
     *                 || field(envelope) || field(envelope_sha256) || field(time_ms) || field(person) || field(detail) )
     * </pre>
     *
     * where {@code previous} is 32 bytes, {@code field(x)} is the length of x in bytes as 4 bytes, most significant
     * first, and then x; texts are UTF-8, numbers decimal digits, and what is absent is empty.
     */
    public Bytes computedHash() {
        return Chain.hash(previous, number, time, fact);
    }

    Head asHead() {
        return new Head(number, hash);
    }
}
