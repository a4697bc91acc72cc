package dev.tocsin.sdk;

import dev.tocsin.sdk.coap.CoapNode;
import dev.tocsin.sdk.coap.CoapTransport;
import dev.tocsin.sdk.coap.NetworkLoop;
import dev.tocsin.sdk.config.FileTrouble;
import dev.tocsin.sdk.crypto.PlatformEntropy;
import dev.tocsin.sdk.disk.DiskStorage;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.DatagramNetwork;
import dev.tocsin.sdk.port.Entropy;
import dev.tocsin.sdk.port.Storage;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.session.Session;
import dev.tocsin.sdk.system.EventLoop;
import dev.tocsin.sdk.system.SystemClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * What devices run on: an event loop, clocks, a network, a disk. {@link #start} makes it of two threads that all devices of
 * a process share: {@code tocsin-loop} waits for datagrams and runs every device's events, {@code tocsin-disk} writes
 * journals. {@link #of} takes an event loop and all the rest from somebody else. A device adds no thread.
 */
public final class TocsinRuntime implements Executor, AutoCloseable {

    /** How long closing waits for what is under way. */
    private static final Duration CLOSING = Duration.ofSeconds(5);

    /** After how long the thread that opens networks ends, once there is none to open. */
    private static final Duration OPENER_RESTS = Duration.ofSeconds(1);

    private final Parts parts;
    private final Optional<Executor> opener;
    private final Closing closing;
    private final AtomicBoolean rehearsed = new AtomicBoolean();
    private volatile boolean closed;

    /** @param opener opens networks once devices are armed; without one they are opened with the device */
    private TocsinRuntime(Parts parts, Optional<Executor> opener, Closing closing) {
        this.parts = parts;
        this.opener = opener;
        this.closing = closing;
    }

    private interface Closing {
        void close() throws IOException;
    }

    /** Opens the folder that a device's journal lies in. */
    public interface Disk {
        /**
         * Opens a folder, for one device, with callbacks on the runtime's event loop.
         *
         * @throws IOException if it cannot be opened, saying why
         */
        Storage open(Path folder) throws IOException;
    }

    /**
     * What a runtime is made of.
     *
     * @param loop the event loop: runs one task at a time, in order, for all devices of this runtime
     * @param timers the same event loop's timers
     * @param clock both clocks
     * @param entropy spreads retransmissions, makes boot nonces, tokens and message ids
     * @param network carries datagrams
     * @param disk keeps journals
     */
    public record Parts(
            ScheduledExecutorService loop,
            Timers timers,
            Clock clock,
            Entropy entropy,
            DatagramNetwork network,
            Disk disk) {}

    /**
     * Starts the threads.
     *
     * @throws IOException if the machine gives no selector
     */
    public static TocsinRuntime start() throws IOException {
        NetworkLoop loop = new NetworkLoop("tocsin-loop");
        EventLoop disk = new EventLoop("tocsin-disk");
        Parts parts = new Parts(
                loop,
                loop,
                new SystemClock(),
                new PlatformEntropy(),
                loop.network(),
                folder -> new DiskStorage(folder, disk, loop));
        EventLoop opener = new EventLoop("tocsin-network");
        opener.setKeepAliveTime(OPENER_RESTS.toMillis(), TimeUnit.MILLISECONDS);
        opener.allowCoreThreadTimeOut(true);
        return new TocsinRuntime(parts, Optional.of(opener), () -> {
            opener.shutdown();
            opener.awaitEnd(CLOSING);
            loop.execute(loop::shutdown); // behind what devices had still to do
            loop.awaitEnd(CLOSING);
            disk.shutdown();
            disk.awaitEnd(CLOSING);
        });
    }

    /** A runtime on parts of one's own. Starts nothing, and closing it stops nothing: the parts stay with their owner. */
    public static TocsinRuntime of(Parts parts) {
        return new TocsinRuntime(parts, Optional.empty(), () -> {});
    }

    /**
     * Opens a device. It arms by itself, without a network: all that speaks with centres is loaded and opened once it is
     * armed, on a thread of its own, and what is raised meanwhile is kept and goes out then ({@link Device#connected}). With
     * the first device of a runtime that thread then raises some TEST alarms that go nowhere, so that the first real one
     * finds all code loaded and compiled, and ends. On {@linkplain #of parts of one's own} a device is connected first, and
     * nothing is rehearsed.
     *
     * @throws IOException if its journal's folder, or on parts of one's own its socket, cannot be opened, saying why
     */
    public Device open(DeviceConfig config) throws IOException {
        return open(config, device -> {});
    }

    /**
     * As {@link #open(DeviceConfig)}, and connects what hangs on the device before it can arm.
     *
     * @param wiring connects inputs and listeners; called once on the event loop, before the device does anything. If it
     *     throws, the device starts all the same, with a FAULT that says so
     * @throws IOException if its journal's folder, or on parts of one's own its socket, cannot be opened, saying why
     */
    public Device open(DeviceConfig config, Consumer<Device> wiring) throws IOException {
        Storage storage = openJournal(config.journalFolder());
        LateTransport transport = new LateTransport(parts.loop);
        Optional<CoapTransport> first = Optional.empty();
        if (opener.isEmpty()) {
            try {
                first = Optional.of(connection(config, storage));
            } catch (IOException | RuntimeException e) {
                storage.close();
                throw e;
            }
        }
        first.ifPresent(transport::begin);
        Session.Ports ports =
                new Session.Ports(parts.clock, parts.timers, transport, storage, config.alarmKey(), parts.entropy);
        Device device = new Device(
                config.settings(),
                ports,
                parts.loop,
                transport::show,
                () -> {
                    transport.close();
                    storage.close();
                },
                wiring);
        if (first.isPresent()) {
            device.connect(Optional.empty());
        }
        opener.ifPresent(late -> {
            var unused = device.armed()
                    .thenRun(() -> late.execute(() -> {
                        connect(config, storage, device, transport);
                        rehearse(config.alarmKey().algorithm());
                    }));
        });
        return device;
    }

    private CoapTransport connection(DeviceConfig config, Storage storage) throws IOException {
        if (!config.keepsSessions()) {
            KeptSessions.remove(storage);
        }
        return new CoapTransport(CoapNode.device(
                parts.network,
                new InetSocketAddress(0),
                config.channel(),
                parts.loop,
                parts.clock,
                parts.entropy,
                config.keepsSessions() ? Optional.of(new KeptSessions(storage)) : Optional.empty()));
    }

    private void connect(DeviceConfig config, Storage storage, Device device, LateTransport transport) {
        try {
            CoapTransport made = connection(config, storage);
            parts.loop.execute(() -> {
                transport.begin(made);
                device.connect(Optional.empty());
            });
        } catch (IOException | RuntimeException e) {
            unconnected(e, device, transport);
        } catch (LinkageError e) { // a program whose network part cannot be loaded: an update that is to be rolled back
            unconnected(new IllegalStateException(e.toString(), e), device, transport);
        }
    }

    /** Once: what it loads and compiles is every device's. */
    private void rehearse(SignatureAlgorithm algorithm) {
        if (!rehearsed.getAndSet(true)) {
            Rehearsal.run(algorithm, parts.clock, parts.entropy, () -> !closed);
        }
    }

    private void unconnected(Exception why, Device device, LateTransport transport) {
        parts.loop.execute(() -> {
            transport.fail(Objects.requireNonNullElse(why.getMessage(), why.toString()));
            device.connect(Optional.of(why));
        });
    }

    private Storage openJournal(Path folder) throws IOException {
        try {
            return parts.disk.open(folder);
        } catch (FileSystemException e) { // which names the file, and often not what is wrong with it
            throw new IOException("journal folder " + folder + ": " + FileTrouble.of(e), e);
        }
    }

    Parts parts() {
        return parts;
    }

    /** Runs a task on the event loop, after those that wait already. Any thread. */
    @Override
    public void execute(Runnable task) {
        parts.loop.execute(task);
    }

    /** Timers on the event loop. */
    public Timers timers() {
        return parts.timers;
    }

    /** The clock that stage times are on. */
    public Clock clock() {
        return parts.clock;
    }

    /**
     * Stops the threads that {@link #start} started, after what they have to do already; waits for that up to 5 s each,
     * unless called on the event loop. Close devices first; what they have synced is safe in any case.
     */
    @Override
    public void close() throws IOException {
        closed = true;
        closing.close();
    }
}
