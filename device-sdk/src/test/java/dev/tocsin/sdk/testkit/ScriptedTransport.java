package dev.tocsin.sdk.testkit;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.port.Timers.Cancellable;
import dev.tocsin.sdk.port.Transport;
import dev.tocsin.sdk.testkit.ScriptedCentre.Reply;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A device's end of a {@link ScriptedNetwork}: retransmits as its posts ask for, in virtual time. */
public final class ScriptedTransport implements Transport {

    private final ScriptedNetwork network;
    private final Timers life;
    private final Map<String, Integer> underWay = new HashMap<>(); // by path
    private final Map<String, Integer> mostUnderWay = new HashMap<>();
    private @Nullable PushHandler handler;
    private boolean closed;

    ScriptedTransport(ScriptedNetwork network, Timers life) {
        this.network = network;
        this.life = life;
    }

    @Override
    public void serve(PushHandler newHandler) {
        handler = newHandler;
    }

    @Override
    public Cancellable post(Post post, ExchangeListener listener) {
        Exchange exchange = new Exchange(post, listener);
        mostUnderWay.merge(post.path(), underWay.merge(post.path(), 1, Integer::sum), Math::max);
        life.schedule(0, exchange::transmit);
        return exchange;
    }

    @Override
    public void close() {
        closed = true;
    }

    /** A centre posts something of its own accord; it arrives at once. Returns the device's code. */
    public int push(String path, Bytes payload) {
        if (handler == null) {
            throw new IllegalStateException("nobody serves pushes");
        }
        return handler.pushed(path, payload);
    }

    /** Exchanges under way on a path, all addresses together. */
    public int underWay(String path) {
        return underWay.getOrDefault(path, 0);
    }

    /** Most exchanges that were ever under way at once on a path. */
    public int mostUnderWay(String path) {
        return mostUnderWay.getOrDefault(path, 0);
    }

    private final class Exchange implements Cancellable {
        private final Post post;
        private final ExchangeListener listener;
        private final int number = network.nextExchange();
        private int transmissions;
        private long firstNs;
        private double timeoutNs;
        private boolean over;
        private @Nullable Cancellable timeout;

        // the centre's side of it
        private @Nullable Reply reply;
        private boolean replied;

        Exchange(Post post, ExchangeListener listener) {
            this.post = post;
            this.listener = listener;
        }

        private void transmit() {
            if (over || closed) {
                return;
            }
            String why = network.whyUnreachable(post.to());
            if (why != null) {
                end(new Outcome.Unreachable(why));
                return;
            }
            transmissions++;
            long nowNs = network.time().nanoTime();
            if (transmissions == 1) {
                firstNs = nowNs;
                timeoutNs = post.timing().first().toNanos()
                        * (1 + network.draw() * (post.timing().stretch() - 1));
            } else {
                timeoutNs *= post.timing().growth();
            }
            network.record(new ScriptedNetwork.Sent(nowNs, post, number, transmissions));
            network.toCentre(post.to(), this::arrived);
            timeout = life.schedule((long) timeoutNs, this::timedOut);
            listener.sent();
        }

        private void timedOut() {
            if (transmissions > post.timing().retransmissions()) {
                end(new Outcome.NoAnswer(transmissions));
            } else {
                transmit();
            }
        }

        private void arrived(ScriptedCentre centre) {
            if (reply == null) {
                reply = centre.take(post);
                if (reply instanceof Reply.Says says) {
                    network.time().schedule(says.after().toNanos(), () -> {
                        replied = true;
                        send(says);
                    });
                }
            } else if (replied && reply instanceof Reply.Says says) {
                send(says); // a copy of a request that was answered gets the same answer
            }
        }

        private void send(Reply.Says says) {
            network.toDevice(
                    post.to(),
                    () -> life.schedule(
                            0,
                            () -> end(new Outcome.Answered(
                                    says.code(),
                                    says.payload(),
                                    Duration.ofNanos(network.time().nanoTime() - firstNs),
                                    transmissions))));
        }

        private void end(Outcome outcome) {
            if (!over && !closed) {
                cancel();
                listener.ended(outcome);
            }
        }

        @Override
        public void cancel() {
            if (!over) {
                over = true;
                underWay.merge(post.path(), -1, Integer::sum);
            }
            if (timeout != null) {
                timeout.cancel();
            }
        }
    }
}
