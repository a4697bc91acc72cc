package dev.tocsin.sdk.coap;

import static org.awaitility.Awaitility.await;

import dev.tocsin.sdk.coap.CoapSettings.Handshake;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Transport;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.sdk.port.Transport.Outcome;
import dev.tocsin.sdk.port.Transport.Retransmission;
import dev.tocsin.sdk.testkit.TransportContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;

/** The contract on real sockets and in real time. */
abstract class LoopbackTransportContract extends TransportContract {

    private static final Duration AT_MOST = Duration.ofSeconds(20);

    private final Loopback on;
    private final LossyNetwork network;
    private final CoapTransport device;
    private final CoapService centre;
    private final boolean secure;
    private final AtomicReference<Peer> lastPeer = new AtomicReference<>();

    LoopbackTransportContract(boolean secure) {
        this.secure = secure;
        try {
            on = new Loopback();
            network = new LossyNetwork(on.network);
            centre = secure ? on.centre() : on.plainCentre();
            CoapNode node = new CoapNode(
                    new CoapSettings(
                            network,
                            new InetSocketAddress(0),
                            secure ? Optional.of(Loopback.DEVICE) : Optional.empty(),
                            on.loop,
                            new Loopback.SystemTime(),
                            new Loopback.SeededEntropy(1),
                            Handshake.DEFAULT),
                    CoapNode.Role.DEVICE);
            node.start();
            device = new CoapTransport(node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void close() throws IOException {
        device.close();
        on.close();
    }

    @Override
    protected Transport transport() {
        return device;
    }

    @Override
    protected String address() {
        return secure ? Loopback.secure(centre.localAddress()) : Loopback.plain(centre.localAddress());
    }

    @Override
    protected void centre(Function<Bytes, Answer> behaviour) {
        centre.handle("alarm", (request, reply) -> {
            lastPeer.set(request.peer());
            Answer answer = behaviour.apply(request.payload());
            reply.respond(answer.code(), Content.COSE_SIGN1, answer.payload());
        });
    }

    @Override
    protected void lose(Loss what) {
        network.lose(what == Loss.REQUESTS, what == Loss.ANSWERS);
    }

    @Override
    protected CompletionStage<Integer> push(String path, Bytes payload) {
        CompletableFuture<Integer> code = new CompletableFuture<>();
        centre.push(
                lastPeer.get(),
                path,
                Content.COSE_SIGN1,
                payload,
                Retransmission.RFC_7252,
                outcome -> code.complete(outcome instanceof Outcome.Answered a ? a.code() : -1));
        return code;
    }

    @Override
    protected void onLoop(Runnable task) {
        CompletableFuture.runAsync(task, on.loop)
                .orTimeout(AT_MOST.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    @Override
    protected long nanoTime() {
        return System.nanoTime();
    }

    @Override
    protected void until(BooleanSupplier condition) {
        await().atMost(AT_MOST).until(condition::getAsBoolean);
    }

    @Override
    protected void pass(Duration time) {
        CompletableFuture<Boolean> passed = new CompletableFuture<>();
        on.later(time.toMillis(), () -> passed.complete(true));
        until(passed::isDone);
    }
}
