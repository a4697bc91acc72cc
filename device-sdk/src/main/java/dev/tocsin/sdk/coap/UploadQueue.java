package dev.tocsin.sdk.coap;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets one block-wise upload at a time through to each resource: a second one would end the first (RFC 7959, section 2.5).
 * Belongs to the event loop.
 */
final class UploadQueue {

    /** Uploads that wait for, or are on, one resource. */
    static final int MAX_PER_RESOURCE = 64;

    private final Map<String, Deque<Ticket>> queues = new HashMap<>();

    /** A place in the queue. */
    final class Ticket {
        private final String resource;
        private final Consumer<Ticket> turn;

        private Ticket(String resource, Consumer<Ticket> turn) {
            this.resource = resource;
            this.turn = turn;
        }

        /** Done, or not to be done any more: makes place. Again has no effect. */
        void leave() {
            Deque<Ticket> queue = queues.get(resource);
            if (queue == null) {
                return;
            }
            boolean first = queue.peekFirst() == this;
            queue.remove(this);
            if (queue.isEmpty()) {
                queues.remove(resource);
            } else if (first) {
                queue.getFirst().turn.accept(queue.getFirst());
            }
        }
    }

    /**
     * Waits for a turn.
     *
     * @param turn called when it has come, within this call or later
     * @return the place, or null if too many wait
     */
    @Nullable
    Ticket enter(String resource, Consumer<Ticket> turn) {
        Deque<Ticket> queue = queues.computeIfAbsent(resource, r -> new ArrayDeque<>());
        if (queue.size() >= MAX_PER_RESOURCE) {
            return null;
        }
        Ticket ticket = new Ticket(resource, turn);
        queue.add(ticket);
        if (queue.size() == 1) {
            turn.accept(ticket);
        }
        return ticket;
    }
}
