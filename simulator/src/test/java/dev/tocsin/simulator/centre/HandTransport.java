package dev.tocsin.simulator.centre;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.port.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A transport whose outcomes a test decides on, on the loop. */
final class HandTransport implements Transport {

    /** A post nobody answered yet. */
    record Open(Post post, ExchangeListener listener) {}

    private final Timers loop;
    private final List<Open> open = new ArrayList<>();
    private int posts;

    HandTransport(Timers loop) {
        this.loop = loop;
    }

    /** Posts so far. */
    int posts() {
        return posts;
    }

    /** The one post that is open; it stays so until it is ended. */
    Post open() {
        if (open.size() != 1) {
            throw new AssertionError("not one open post but " + open);
        }
        return open.getFirst().post;
    }

    boolean isIdle() {
        return open.isEmpty();
    }

    void answer(int code, Bytes payload) {
        end(new Outcome.Answered(code, payload, Duration.ofMillis(40), 1));
    }

    void lose() {
        end(new Outcome.NoAnswer(5));
    }

    private void end(Outcome outcome) {
        ExchangeListener listener = open.removeFirst().listener;
        var unused = loop.schedule(0, () -> listener.ended(outcome));
    }

    @Override
    public void serve(PushHandler handler) {
        // nobody pushes
    }

    @Override
    public Timers.Cancellable post(Post post, ExchangeListener listener) {
        posts++;
        Open exchange = new Open(post, listener);
        open.add(exchange);
        return () -> open.remove(exchange);
    }

    @Override
    public void close() {
        open.clear();
    }
}
