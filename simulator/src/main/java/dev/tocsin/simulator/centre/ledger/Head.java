package dev.tocsin.simulator.centre.ledger;

import dev.tocsin.sdk.model.Bytes;

/**
 * The newest end of the chain.
 *
 * @param number number of the last entry; 0 while there is none
 * @param hash its hash, 32 bytes; zeros while there is none
 */
public record Head(long number, Bytes hash) {

    /** The head of an empty ledger. */
    public static final Head EMPTY = new Head(0, Bytes.wrap(new byte[32]));
}
