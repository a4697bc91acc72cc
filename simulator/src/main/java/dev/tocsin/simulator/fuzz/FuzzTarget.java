package dev.tocsin.simulator.fuzz;

import java.util.List;
import java.util.function.Supplier;

/**
 * A reader of bytes from outside.
 *
 * @param name as in {@code tocsin fuzz NAME}
 * @param what it reads, for people
 * @param opening makes what is fed; what it keeps lives as long as the process
 * @param seeds honest inputs to begin with
 */
public record FuzzTarget(String name, String what, Supplier<Feeding> opening, Supplier<List<byte[]>> seeds) {

    /** Takes an input. Any exception is a finding. One thread. */
    @FunctionalInterface
    public interface Feeding extends AutoCloseable {
        /** Reads it, and looks at what came of it. */
        void feed(byte[] input) throws Exception;

        /** Lets go of what it stood on. */
        @Override
        default void close() {}
    }

    static FuzzTarget of(String name, String what, Feeding feeding, Supplier<List<byte[]>> seeds) {
        return new FuzzTarget(name, what, () -> feeding, seeds);
    }
}
