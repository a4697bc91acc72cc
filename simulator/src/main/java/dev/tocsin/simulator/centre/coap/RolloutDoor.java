package dev.tocsin.simulator.centre.coap;

import dev.tocsin.sdk.coap.CoapService;
import dev.tocsin.sdk.coap.CoapService.Blocks.Block;
import dev.tocsin.sdk.coap.PackageClient;
import dev.tocsin.sdk.coap.Peer;
import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.UpdateMessages;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.UpdateReport;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.simulator.centre.Centre;
import dev.tocsin.simulator.centre.registry.RegisteredDevice;
import dev.tocsin.simulator.centre.registry.Registry;
import dev.tocsin.simulator.centre.rollout.RolloutDesk;
import dev.tocsin.simulator.centre.sqlite.SqliteRollouts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Updates over CoAP: {@code POST /update} takes how far a device is and answers with what it shall run; {@code GET
 * /package/<SHA-256>} serves the payloads of rollouts that run, block by block. Its database has a thread of its own, so
 * that no alarm waits for it.
 */
final class RolloutDoor implements AutoCloseable {

    /** Most reports that wait; the next is answered 5.03. */
    static final int MAX_WAITING = 256;

    private static final Logger LOG = LoggerFactory.getLogger(RolloutDoor.class);
    private static final Duration ASK_AGAIN = Duration.ofMinutes(1);
    private static final long END_S = 10;

    private final SqliteRollouts store;
    private final RolloutDesk desk;
    private final Path payloads;
    private final Supplier<Registry> registry;
    private final CoapService service;
    private final Centre centre;
    private final ThreadPoolExecutor worker;
    private volatile Set<Bytes> served = Set.of();

    private RolloutDoor(
            SqliteRollouts store,
            Path payloads,
            Supplier<Registry> registry,
            CoapService service,
            Centre centre,
            Clock clock) {
        this.store = store;
        this.desk = new RolloutDesk(store, clock);
        this.payloads = payloads;
        this.registry = registry;
        this.service = service;
        this.centre = centre;
        this.worker =
                new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING), task -> {
                    Thread thread = new Thread(task, "rollouts");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * Opens the door. Before the service is started.
     *
     * @param ledger beside which rollouts and payloads lie
     * @param centre is told whom it refuses
     * @throws IOException if they cannot be had
     */
    static RolloutDoor open(CoapService service, Path ledger, Supplier<Registry> registry, Centre centre, Clock clock)
            throws IOException {
        SqliteRollouts store = SqliteRollouts.open(SqliteRollouts.beside(ledger));
        RolloutDoor door = new RolloutDoor(store, SqliteRollouts.payloads(ledger), registry, service, centre, clock);
        service.handle("update", door::report);
        service.handleBlocks(PackageClient.FOLDER, door::read);
        door.look();
        return door;
    }

    /** Looks which payloads are served now: the command line may have started or stopped a rollout. Any thread. */
    void look() {
        try {
            worker.execute(() -> {
                try {
                    served = desk.served();
                } catch (RuntimeException e) {
                    LOG.error("The rollouts could not be looked at", e);
                }
            });
        } catch (RejectedExecutionException e) {
            // busy or closed: the next look will do
        }
    }

    private void report(CoapService.Request request, CoapService.Reply reply) {
        switch (UpdateMessages.readReport(request.payload())) {
            case Decoded.Malformed<UpdateReport>(String why) -> {
                tell(400, why, request.peer());
                reply.respond(400, Content.TEXT, text(why));
            }
            case Decoded.Ok<UpdateReport>(UpdateReport report) -> {
                if (!speaksFor(request.peer(), report.device())) {
                    String why = "this session does not speak for " + report.device();
                    tell(403, why, request.peer());
                    reply.respond(403, Content.TEXT, text(why));
                    return;
                }
                try {
                    worker.execute(() -> answer(report, reply));
                } catch (RejectedExecutionException e) {
                    reply.later(ASK_AGAIN, text("busy"));
                }
            }
        }
    }

    private void answer(UpdateReport report, CoapService.Reply reply) {
        try {
            Optional<Bytes> manifest = desk.report(report);
            served = desk.served();
            if (manifest.isPresent()) {
                reply.respond(205, Content.COSE_SIGN1, manifest.get());
            } else {
                reply.respond(204, Content.TEXT, Bytes.EMPTY);
            }
        } catch (RuntimeException e) {
            LOG.error("The report of {} could not be taken", report.device(), e);
            reply.later(ASK_AGAIN, text("it cannot be kept"));
        }
    }

    private void tell(int code, String why, Peer peer) {
        centre.refused(code, why, new CoapPeer(service, peer));
    }

    private Block.None refused(int code, String why, Peer peer) {
        tell(code, why, peer);
        return new Block.None(code, why);
    }

    private boolean isRevoked(Peer peer) {
        Registry now = registry.get();
        return peer.publicKey().map(now::isRevoked).orElse(false)
                || now.devices().stream().anyMatch(d -> d.revoked() && d.peer().equals(peer.name()));
    }

    private boolean speaksFor(Peer peer, String device) {
        Optional<RegisteredDevice> known = registry.get().byId(device).filter(d -> !d.revoked());
        return known.isPresent()
                && (peer.publicKey().isEmpty() || known.get().peer().equals(peer.name()));
    }

    private Block read(Peer peer, String name, long offset, int length) {
        if (offset == 0 && isRevoked(peer)) {
            return refused(403, peer.name() + " is revoked", peer);
        }
        Bytes sha256;
        try {
            sha256 = Bytes.ofHex(name);
        } catch (IllegalArgumentException e) {
            return refused(404, "a package is named by its SHA-256", peer);
        }
        if (!served.contains(sha256)) {
            return refused(404, "no rollout of it runs", peer);
        }
        try (FileChannel file = FileChannel.open(payloads.resolve(sha256.hex()), StandardOpenOption.READ)) {
            if (offset >= file.size()) {
                return refused(402, "it ends at " + file.size(), peer);
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(length, file.size() - offset));
            while (bytes.hasRemaining() && file.read(bytes, offset + bytes.position()) >= 0) {}
            return new Block.Some(
                    Bytes.wrap(Arrays.copyOf(bytes.array(), bytes.position())),
                    file.size(),
                    Bytes.wrap(Arrays.copyOf(sha256.toArray(), PackageClient.ETAG_BYTES)));
        } catch (IOException e) {
            LOG.error("A package cannot be read", e);
            return new Block.None(503, "it cannot be read");
        }
    }

    private static Bytes text(String sentence) {
        return Bytes.wrap(sentence.getBytes(StandardCharsets.UTF_8));
    }

    /** Finishes what waits. Blocks. */
    @Override
    public void close() {
        worker.shutdown();
        try {
            if (!worker.awaitTermination(END_S, TimeUnit.SECONDS)) {
                LOG.warn("The rollouts did not end in {} s", END_S);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        store.close();
    }
}
