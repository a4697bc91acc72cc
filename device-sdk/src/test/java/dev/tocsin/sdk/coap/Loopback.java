package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.coap.CoapSettings.Handshake;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.ClockQuality;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.Entropy;
import dev.tocsin.sdk.port.Keepsake;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.sdk.port.Transport.Outcome;
import dev.tocsin.sdk.port.Transport.Post;
import dev.tocsin.sdk.port.Transport.Retransmission;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Devices and centres of one test on loopback sockets: one network, one event loop for devices, a pool for centres. */
final class Loopback implements AutoCloseable {

    static final TestAuthority AUTHORITY = TestAuthority.create("Loopback test authority");
    static final DtlsIdentity CENTRE = AUTHORITY.identity(AUTHORITY.centre("centre", "127.0.0.1", "localhost"));
    static final DtlsIdentity DEVICE = AUTHORITY.identity(AUTHORITY.device("button-7"));

    /** Gives up after 0.7 to 1.05 s, so that tests do not have to wait long. */
    static final Handshake QUICK = new Handshake(Duration.ofMillis(100), Duration.ofMillis(200), 3);

    /** Patient, so that a busy machine is not taken for a loss. */
    static final Retransmission TIMING = new Retransmission(Duration.ofSeconds(3), 1.5, 1.25, 4, OptionalInt.of(1));

    /** As for an alarm on a good path. */
    static final Retransmission FAST = new Retransmission(Duration.ofMillis(300), 1.5, 1.25, 4, OptionalInt.of(1));

    final NioNetwork network;
    final ScheduledThreadPoolExecutor loop = executor(1, "device-loop");
    final ScheduledThreadPoolExecutor pool = executor(2, "centre-pool");
    private final Deque<Runnable> open = new ArrayDeque<>();

    Loopback() throws IOException {
        network = new NioNetwork();
    }

    private static ScheduledThreadPoolExecutor executor(int threads, String name) {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(threads, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what it does shows elsewhere
    void later(long delayMs, Runnable task) {
        pool.schedule(task, delayMs, TimeUnit.MILLISECONDS);
    }

    static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** IPv6's loopback address. */
    static InetSocketAddress anyIpv6Port() throws IOException {
        byte[] loopback = new byte[16];
        loopback[15] = 1;
        return new InetSocketAddress(InetAddress.getByAddress(loopback), 0);
    }

    CoapTransport device() throws IOException {
        return device(DEVICE);
    }

    CoapTransport device(DtlsIdentity identity) throws IOException {
        return device(Optional.of(identity), new SystemTime(), Handshake.DEFAULT);
    }

    /** A device that soon gives up a handshake. */
    CoapTransport impatientDevice() throws IOException {
        return device(Optional.of(DEVICE), new SystemTime(), QUICK);
    }

    CoapTransport plainDevice() throws IOException {
        return device(Optional.empty(), new SystemTime(), Handshake.DEFAULT);
    }

    CoapTransport device(Optional<DtlsIdentity> identity, Clock clock, Handshake handshake) throws IOException {
        CoapSettings settings = new CoapSettings(
                network, new InetSocketAddress(0), identity, loop, clock, new SeededEntropy(1), handshake);
        CoapNode node = new CoapNode(settings, CoapNode.Role.DEVICE);
        node.start();
        CoapTransport device = new CoapTransport(node);
        open.push(device::close);
        return device;
    }

    /** A device that has just started, with what it kept before. */
    CoapTransport deviceKeeping(DtlsIdentity identity, Keepsake kept) throws IOException {
        CoapTransport device = new CoapTransport(CoapNode.device(
                network,
                new InetSocketAddress(0),
                Optional.of(identity),
                loop,
                new SystemTime(),
                new SeededEntropy(1),
                Optional.of(kept)));
        open.push(device::close);
        return device;
    }

    /** A centre that resumes so, and answers every {@code alarm} with 2.04. */
    CoapService centre(DtlsIdentity identity, InetSocketAddress bind, Resumption resumption) throws IOException {
        CoapService centre = new CoapService(CoapNode.centre(
                network,
                bind,
                Optional.of(identity),
                pool,
                new SystemTime(),
                new SeededEntropy(2),
                SourceLimits.USUAL,
                resumption));
        centre.handle("alarm", (request, reply) -> reply.respond(204, Content.COSE_SIGN1, request.payload()));
        centre.start();
        open.push(centre::close);
        return centre;
    }

    CoapService centre() throws IOException {
        return centre(CENTRE, anyPort());
    }

    /** A centre that answers every {@code alarm} with 2.04 and what was posted. */
    CoapService centre(DtlsIdentity identity, InetSocketAddress bind) throws IOException {
        return centre(Optional.of(identity), bind, new SystemTime());
    }

    CoapService plainCentre() throws IOException {
        return centre(Optional.empty(), anyPort(), new SystemTime());
    }

    CoapService centre(Optional<DtlsIdentity> identity, InetSocketAddress bind, Clock clock) throws IOException {
        CoapService centre =
                new CoapService(CoapNode.centre(network, bind, identity, pool, clock, new SeededEntropy(2)));
        centre.handle("alarm", (request, reply) -> reply.respond(204, Content.COSE_SIGN1, request.payload()));
        centre.start();
        open.push(centre::close);
        return centre;
    }

    void closeLater(Runnable closing) {
        open.push(closing);
    }

    static String secure(InetSocketAddress at) {
        return "coaps://127.0.0.1:" + at.getPort();
    }

    static String plain(InetSocketAddress at) {
        return "coap://127.0.0.1:" + at.getPort();
    }

    static Bytes text(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Posts on the event loop, as a session would. */
    CompletableFuture<Outcome> post(
            CoapTransport device, String to, String path, Bytes payload, Retransmission timing) {
        CompletableFuture<Outcome> ended = new CompletableFuture<>();
        loop.execute(() -> device.post(new Post(to, path, Content.COSE_SIGN1, payload, timing), ended::complete));
        return ended;
    }

    CompletableFuture<Outcome> post(CoapTransport device, String to) {
        return post(device, to, "alarm", text("help"), TIMING);
    }

    @Override
    public void close() throws IOException {
        open.forEach(Runnable::run);
        network.close();
        loop.shutdownNow();
        pool.shutdownNow();
    }

    /** The system's clocks. */
    static class SystemTime implements Clock {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public Instant wallTime() {
            return Instant.now();
        }

        @Override
        public ClockQuality quality() {
            return ClockQuality.SYNCHRONIZED;
        }
    }

    /** Repeatable. */
    static final class SeededEntropy implements Entropy {
        private final SplittableRandom random;

        SeededEntropy(long seed) {
            random = new SplittableRandom(seed);
        }

        @Override
        public synchronized long nextLong() {
            return random.nextLong();
        }
    }
}
