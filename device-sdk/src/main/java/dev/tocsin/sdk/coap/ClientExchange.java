package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.port.Transport.ExchangeListener;
import dev.tocsin.sdk.port.Transport.Outcome;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.coap.MessageObserverAdapter;
import org.eclipse.californium.core.coap.Response;
import org.jspecify.annotations.Nullable;

/**
 * Follows one request from its first datagram to its outcome, and sees to it that there is one. The listener is called on
 * the node's executor, by one thread at a time, and never inside {@link #start} or {@link #cancel}.
 */
final class ClientExchange extends MessageObserverAdapter implements Timers.Cancellable {

    private final CoapNode node;
    private final TimedRequest request;
    private final ExchangeListener listener;
    private final Runnable over;
    private final long handshakesNs;
    private boolean starting;
    private boolean ended;
    private int transmissions;
    private long firstSentNs;
    private long deadlineNs;
    private @Nullable ScheduledFuture<?> watch;

    /** @param over called when the outcome is known, or it was cancelled; before the listener is */
    ClientExchange(CoapNode node, TimedRequest request, ExchangeListener listener, Runnable over) {
        this.node = node;
        this.request = request;
        this.listener = listener;
        this.over = over;
        // One to begin a session, one to probe for it.
        this.handshakesNs =
                node.isSecure() ? 2 * node.settings().handshake().span().toNanos() : 0;
    }

    synchronized void start() {
        request.addMessageObserver(this);
        extend(handshakesNs + request.spanNs());
        watchIn(deadlineNs - nowNs());
        starting = true;
        node.endpoint().sendRequest(request);
        starting = false;
    }

    @Override
    public synchronized void cancel() {
        if (finish()) {
            request.cancel();
        }
    }

    @Override
    public synchronized void onSent(boolean repeated) {
        if (ended) {
            return;
        }
        if (transmissions++ == 0) {
            firstSentNs = nowNs();
        }
        node.sessions().left(request);
        extend(handshakesNs + request.spanNs());
        listener.sent();
    }

    @Override
    public synchronized void onAcknowledgement() {
        // Retransmission is over, and a separate response (RFC 7252, section 5.2.2) may never come.
        if (!ended) {
            extend(request.spanNs());
            watchIn(request.spanNs());
        }
    }

    @Override
    public synchronized void onResponse(Response response) {
        node.sessions().answered(request);
        int raw = response.getRawCode();
        byte[] payload = response.getPayload();
        end(new Outcome.Answered(
                (raw >> 5) * 100 + (raw & 0x1f),
                payload == null ? Bytes.EMPTY : Bytes.wrap(payload),
                Duration.ofNanos(nowNs() - firstSentNs),
                transmissions));
    }

    @Override
    public synchronized void onTimeout() {
        node.sessions().unanswered(request);
        end(new Outcome.NoAnswer(transmissions));
    }

    @Override
    public synchronized void onReject() {
        end(new Outcome.Unreachable("rejected by the peer (RST)"));
    }

    @Override
    public synchronized void onSendError(Throwable error) {
        if (transmissions > 0 && Reasons.isHandshakeTimeout(error)) {
            onTimeout(); // what failed was only the probe
        } else {
            end(new Outcome.Unreachable(Reasons.of(error)));
        }
    }

    @Override
    public synchronized void onResponseHandlingError(Throwable cause) {
        end(new Outcome.Unreachable("an answer that cannot be taken: " + Reasons.of(cause)));
    }

    @Override
    public synchronized void onCancel() {
        // Not by us, who set ended before: Californium gave it up.
        if (node.endpoint().isStarted()) {
            end(new Outcome.NoAnswer(transmissions));
        } else {
            ended = true; // closed: nobody is told any more
        }
    }

    private synchronized void check() {
        long leftNs = deadlineNs - nowNs();
        if (ended) {
            return;
        }
        if (leftNs > 0) {
            watchIn(leftNs);
            return;
        }
        if (transmissions > 0) {
            onTimeout();
        } else {
            end(new Outcome.Unreachable("never left: the handshake has too many requests waiting, or never ends"));
        }
        request.cancel();
    }

    private void end(Outcome outcome) {
        if (finish()) {
            if (starting) {
                node.settings().executor().execute(() -> listener.ended(outcome));
            } else {
                listener.ended(outcome);
            }
        }
    }

    private boolean finish() {
        if (ended) {
            return false;
        }
        ended = true;
        if (watch != null) {
            watch.cancel(false);
        }
        over.run();
        return true;
    }

    private void extend(long byNs) {
        deadlineNs = nowNs() + byNs;
    }

    private void watchIn(long delayNs) {
        if (watch != null) {
            watch.cancel(false);
        }
        try {
            watch = node.settings().executor().schedule(this::check, delayNs, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            ended = true; // the executor is shut down: nobody is there to be told
        }
    }

    private long nowNs() {
        return node.settings().clock().nanoTime();
    }
}
