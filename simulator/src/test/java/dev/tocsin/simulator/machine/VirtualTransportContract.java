package dev.tocsin.simulator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.coap.CoapNode;
import dev.tocsin.sdk.coap.CoapService;
import dev.tocsin.sdk.coap.CoapTransport;
import dev.tocsin.sdk.coap.DtlsIdentity;
import dev.tocsin.sdk.coap.LossyNetwork;
import dev.tocsin.sdk.coap.Peer;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Transport;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.sdk.port.Transport.Outcome;
import dev.tocsin.sdk.port.Transport.Retransmission;
import dev.tocsin.sdk.testkit.TransportContract;
import dev.tocsin.simulator.lab.ThrowAwayAuthority;
import dev.tocsin.simulator.network.Host;
import dev.tocsin.simulator.network.VirtualNetwork;
import dev.tocsin.simulator.world.Seed;
import dev.tocsin.simulator.world.VirtualClock;
import dev.tocsin.simulator.world.VirtualLoop;
import dev.tocsin.simulator.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;

/** The same contract, the same Californium and Scandium, on virtual sockets and in virtual time. */
abstract class VirtualTransportContract extends TransportContract {

    private static final Duration AT_MOST = Duration.ofMinutes(1);

    private final World world = World.open(new Seed(1), Instant.parse("2027-03-01T00:00:00Z"));
    private final VirtualLoop loop = world.loop("device");
    private final Seed keys = world.seed().child("keys");
    private final boolean secure;
    private final Host centreHost;
    private final LossyNetwork network;
    private final CoapTransport device;
    private final CoapService centre;
    private final AtomicReference<Peer> lastPeer = new AtomicReference<>();

    VirtualTransportContract(boolean secure) {
        this.secure = secure;
        VirtualNetwork wires = new VirtualNetwork(world);
        centreHost = wires.host("centre");
        network = new LossyNetwork(wires.host("device").on(loop));
        ThrowAwayAuthority authority = new ThrowAwayAuthority(clock("authority"), entropy("authority"));
        String ip = centreHost.address().getHostAddress();
        VirtualLoop centreLoop = world.loop("centre");
        try {
            centre = new CoapService(CoapNode.centre(
                    centreHost.on(centreLoop),
                    new InetSocketAddress(centreHost.address(), 5684),
                    identity(authority.forCentre("centre", ip, entropy("centre")), authority),
                    centreLoop,
                    clock("centre"),
                    entropy("centre-chance")));
            centre.start();
            device = new CoapTransport(CoapNode.device(
                    network,
                    new InetSocketAddress(0),
                    identity(authority.forDevice("button-7", entropy("device")), authority),
                    loop,
                    clock("device"),
                    entropy("device-chance")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private VirtualClock clock(String name) {
        return new VirtualClock(world, keys.child(name));
    }

    private dev.tocsin.simulator.world.SeededEntropy entropy(String name) {
        return keys.child(name).entropy();
    }

    private Optional<DtlsIdentity> identity(ThrowAwayAuthority.Issued issued, ThrowAwayAuthority authority)
            throws GeneralSecurityException {
        return secure
                ? Optional.of(DtlsIdentity.of(issued.certificate(), issued.key(), authority.certificate()))
                : Optional.empty();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Override
    protected Transport transport() {
        return device;
    }

    @Override
    protected String address() {
        return (secure ? "coaps://" : "coap://") + centreHost.address().getHostAddress() + ":5684";
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
        Future<?> done = loop.submit(task);
        until(done::isDone);
    }

    @Override
    protected long nanoTime() {
        return world.nanoTime();
    }

    @Override
    protected void until(BooleanSupplier condition) {
        assertThat(world.runUntil(condition, AT_MOST)).isTrue();
    }

    @Override
    protected void pass(Duration time) {
        world.run(time);
    }
}
