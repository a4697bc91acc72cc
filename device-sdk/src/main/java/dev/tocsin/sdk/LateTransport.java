package dev.tocsin.sdk;

import dev.tocsin.sdk.coap.CoapTransport;
import dev.tocsin.sdk.coap.DtlsIdentity;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.port.Transport;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The way to the centres of a device that is armed before that way is there: what is posted meanwhile waits, and goes in its
 * order once it is. Belongs to the event loop.
 */
final class LateTransport implements Transport {

    /** Posts that may wait; the session tries again later with what is beyond it. */
    static final int MAX_WAITING = 1_000;

    private final Executor loop;
    private final Set<Waiting> waiting = new LinkedHashSet<>();
    private @Nullable PushHandler handler;
    private @Nullable CoapTransport transport;
    private @Nullable DtlsIdentity shown;
    private @Nullable String missing;
    private boolean closed;

    LateTransport(Executor loop) {
        this.loop = loop;
    }

    /** It is there: takes it over. */
    void begin(CoapTransport there) {
        if (closed) {
            there.close();
            return;
        }
        transport = there;
        if (handler != null) {
            there.serve(handler);
        }
        if (shown != null) {
            there.show(shown);
        }
        List<Waiting> posts = new ArrayList<>(waiting);
        waiting.clear();
        posts.forEach(post -> post.exchange = there.post(post.post, post.listener));
    }

    /** It will not be there: nothing can be sent. */
    void fail(String why) {
        missing = why;
        List<Waiting> posts = new ArrayList<>(waiting);
        waiting.clear();
        for (Waiting post : posts) {
            if (!post.cancelled) { // by an earlier one's listener
                post.listener.ended(new Outcome.Unreachable(why));
            }
        }
    }

    void show(DtlsIdentity identity) {
        shown = identity;
        if (transport != null) {
            transport.show(identity);
        }
    }

    @Override
    public void serve(PushHandler pushes) {
        handler = pushes;
        if (transport != null) {
            transport.serve(pushes);
        }
    }

    @Override
    public Timers.Cancellable post(Post post, ExchangeListener listener) {
        if (transport != null) {
            return transport.post(post, listener);
        }
        Waiting one = new Waiting(post, listener);
        String why =
                missing != null ? missing : waiting.size() >= MAX_WAITING ? "too much waits for the network" : null;
        if (why == null) {
            waiting.add(one);
        } else {
            loop.execute(() -> {
                if (!one.cancelled) {
                    listener.ended(new Outcome.Unreachable(why));
                }
            });
        }
        return one;
    }

    @Override
    public void close() {
        closed = true;
        waiting.clear();
        if (transport != null) {
            transport.close();
        }
    }

    /** A post that has not begun. */
    private final class Waiting implements Timers.Cancellable {

        private final Post post;
        private final ExchangeListener listener;
        private Timers.@Nullable Cancellable exchange;
        private boolean cancelled;

        Waiting(Post post, ExchangeListener listener) {
            this.post = post;
            this.listener = listener;
        }

        @Override
        public void cancel() {
            cancelled = true;
            waiting.remove(this);
            if (exchange != null) {
                exchange.cancel();
            }
        }
    }
}
