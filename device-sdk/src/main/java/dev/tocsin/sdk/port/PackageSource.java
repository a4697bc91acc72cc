package dev.tocsin.sdk.port;

import dev.tocsin.sdk.model.Bytes;
import java.util.function.Consumer;

/**
 * Fetches a payload from a centre, block by block, from any block on. Called on an event loop, on which it calls back,
 * never inside the call.
 */
public interface PackageSource extends AutoCloseable {

    /** Size of a block, but for the last one of a payload, bytes. */
    int BLOCK_BYTES = 1024;

    /**
     * Asks for one block.
     *
     * @param from the centre's address, {@code coaps://host:port}
     * @param sha256 names the payload
     * @param number the block's, from 0
     * @param ended called once, unless cancelled
     * @return a handle: cancelling ends it without an outcome
     */
    Timers.Cancellable block(String from, Bytes sha256, int number, Consumer<Outcome> ended);

    @Override
    void close();

    /** What came of it. */
    sealed interface Outcome {
        /**
         * It came.
         *
         * @param more whether others follow it
         */
        record Block(Bytes bytes, boolean more) implements Outcome {}

        /**
         * The centre does not give it.
         *
         * @param code CoAP code as {@code class * 100 + detail}
         */
        record Refused(int code, String why) implements Outcome {}

        /** Nobody answered, or with something else than was asked for. */
        record NoAnswer(String why) implements Outcome {}
    }
}
