package dev.tocsin.sdk.session;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.port.Transport;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.sdk.port.Transport.Outcome;
import dev.tocsin.sdk.port.Transport.Post;
import dev.tocsin.sdk.port.Transport.Retransmission;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Results of orders on their way to the centre that ordered: one at a time, a datagram each, and only while no alarm is on
 * its way there. Belongs to the event loop.
 */
final class ResultPost {

    /** Where centres take results. */
    static final String PATH = "order-result";

    /** Results that wait; beyond it the oldest goes, and is told again when its order is handed over again. */
    static final int MAX_WAITING = 8;

    private final Paths paths;
    private final Transport transport;
    private final Timers timers;
    private final Consumer<Bytes> told;
    private final Runnable wakes;
    private final Deque<Bytes> waiting = new ArrayDeque<>();
    private boolean busy;
    private boolean closed;

    /**
     * @param told the centre has this one
     * @param wakes it may be tried again: call {@link #go} if no alarm is on its way
     */
    ResultPost(Paths paths, Transport transport, Timers timers, Consumer<Bytes> told, Runnable wakes) {
        this.paths = paths;
        this.transport = transport;
        this.timers = timers;
        this.told = told;
        this.wakes = wakes;
    }

    void add(Bytes result) {
        if (!waiting.contains(result)) {
            waiting.add(result);
        }
        if (waiting.size() > MAX_WAITING) {
            waiting.removeFirst();
        }
    }

    void close() {
        closed = true;
        waiting.clear();
    }

    /** No alarm is on its way: the next one, if there is one. */
    void go() {
        if (busy || closed || waiting.isEmpty()) {
            return;
        }
        busy = true;
        Bytes result = waiting.element();
        int path = paths.current();
        Post post = new Post(paths.address(path), PATH, Content.COSE_SIGN1, result, Retransmission.RFC_7252);
        transport.post(post, outcome -> {
            busy = false;
            if (outcome instanceof Outcome.Answered a) {
                paths.answered(path, a);
                if (a.code() / 100 == 5) {
                    again();
                } else {
                    waiting.remove(result); // what it will not have now it will not have later
                    if (a.code() / 100 == 2) {
                        told.accept(result);
                    }
                    wakes.run();
                }
            } else {
                paths.failed(path, outcome);
                again();
            }
        });
    }

    private void again() {
        busy = true; // until then
        timers.schedule(Pacing.LAST_NS, () -> {
            busy = false;
            wakes.run();
        });
    }
}
