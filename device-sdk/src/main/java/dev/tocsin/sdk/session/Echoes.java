package dev.tocsin.sdk.session;

import dev.tocsin.sdk.port.Entropy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The random numbers in the last heartbeats to one centre. An order that repeats one of them was made after that heartbeat
 * left: the idea of RFC 9175's Echo option, with the device as the one who wants to know. Belongs to the event loop.
 */
final class Echoes {

    /** Heartbeats that an order may answer: the last, and the one before, in case the order crossed with the last. */
    static final int KEPT = 2;

    /**
     * One heartbeat's.
     *
     * @param sentNs when it was handed out: the centre cannot have heard it earlier
     */
    record Echo(long value, long sentNs) {}

    private final Entropy entropy;
    private final Deque<Echo> last = new ArrayDeque<>();

    Echoes(Entropy entropy) {
        this.entropy = entropy;
    }

    /** A new one, for a heartbeat that is sent now. Never 0. */
    long next(long nowNs) {
        long value;
        do {
            value = entropy.nextLong();
        } while (value == 0);
        last.addLast(new Echo(value, nowNs));
        if (last.size() > KEPT) {
            last.removeFirst();
        }
        return value;
    }

    /** The one of this value, if it is one of the last. */
    Optional<Echo> find(long value) {
        for (Echo echo : last) {
            if (echo.value == value) {
                return Optional.of(echo);
            }
        }
        return Optional.empty();
    }
}
