package dev.tocsin.firmware.board;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * The things that hang on a device's pins, by the names in its {@link BoardProfile}. "Active" means pressed or on, whatever
 * the voltage.
 *
 * <p>All methods are called on the device's event loop, and all listeners are called there. A name that the profile does
 * not have is a mistake in the program: {@link IllegalArgumentException}.
 *
 * <p>Edges may be lost: Linux keeps the oldest {@value #KERNEL_EDGES} unread edges of a line and throws the newer ones
 * away (kernel documentation, GPIO_LINEEVENT_DATA_READ), so after a burst the last edge that came need not show the level
 * that is. Whoever listens must look at {@link #isActive} again; {@link DebouncedInput} does.
 */
public interface Board extends AutoCloseable {

    /** How many unread edges the Linux GPIO character device (version 1) keeps per line. */
    int KERNEL_EDGES = 16;

    /** Edges of one input that may wait for the event loop; more are dropped, as the kernel does. */
    int MAX_WAITING_EDGES = 256;

    /** The pins and their names. */
    BoardProfile profile();

    /**
     * Follows an input. Edges that happened before are not told: ask {@link #isActive} after this call.
     *
     * @param listener added to those there are
     */
    void onEdge(String input, EdgeListener listener);

    /** Whether the input is active now, read from the line. Does not block. */
    boolean isActive(String input);

    /** An output; {@link Output#NONE} never comes from here. */
    Output output(String name);

    /**
     * How often an input should be read again although no edge came, because this board's edges can stop coming without a
     * word. {@link Duration#ZERO} where they cannot.
     */
    Duration recheck();

    /** Where to tell that a line could not be read or switched, in a sentence. Replaces the one before. */
    void onTrouble(Consumer<String> listener);

    /**
     * Switches all outputs off and lets go of the lines. May block for a moment. After it no edge comes, inputs keep what
     * was read last and outputs cannot be switched.
     */
    @Override
    void close();

    /** Takes edges. */
    @FunctionalInterface
    interface EdgeListener {
        /**
         * The line changed.
         *
         * @param timeNs when the edge arrived, by the clock that the board was given, nanoseconds
         * @param active whether the input is active after it
         */
        void edge(long timeNs, boolean active);
    }
}
