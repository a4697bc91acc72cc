package dev.tocsin.sdk.session;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What orders need of the program around a device. Called on the event loop; must not block. */
public interface Maintenance {

    /** A device without a board, in a program that does not restart itself: such orders are refused. */
    Maintenance NONE = new Maintenance() {};

    /** Names of the sensors whose alarms may be marked as maintenance. Never the panic button. */
    default Set<String> sensors() {
        return Set.of();
    }

    /**
     * Tries the board out: switches the outputs, reads the inputs.
     *
     * @param done told once, later and on the event loop
     */
    default void tryOut(Consumer<Trial> done) {
        done.accept(new Trial(true, "no board"));
    }

    /** Ends the program in a way that makes whoever watches it start it again; empty where nobody does. */
    default Optional<Runnable> restart() {
        return Optional.empty();
    }

    /**
     * What was found.
     *
     * @param well whether all is as it should be
     * @param text the same for people, at most 200 characters
     */
    record Trial(boolean well, String text) {}
}
