package dev.tocsin.benchmarks.path;

import dev.tocsin.benchmarks.path.Cast.Party;
import dev.tocsin.firmware.app.FirmwareConfig;
import dev.tocsin.sdk.Device;
import dev.tocsin.sdk.DeviceConfig;
import dev.tocsin.sdk.TocsinRuntime;
import dev.tocsin.sdk.coap.DtlsIdentity;
import dev.tocsin.sdk.coap.NetworkLoop;
import dev.tocsin.sdk.crypto.PlatformEntropy;
import dev.tocsin.sdk.journal.Limits;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.StageTimes;
import dev.tocsin.sdk.session.AlarmRequest;
import dev.tocsin.sdk.session.CentreLink;
import dev.tocsin.sdk.session.Settings;
import dev.tocsin.sdk.system.EventLoop;
import dev.tocsin.sdk.system.SystemClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

/** Devices of ours on one runtime, each with a journal of its own. Any thread. */
public final class OwnDevices implements AutoCloseable {

    /** Devices that begin their sessions together. */
    private static final int AT_ONCE = 32;

    private static final long PATIENCE_S = 60;

    private final TocsinRuntime runtime;
    private final Cast cast;
    private final List<String> addresses;
    private final Path folder;
    private final StageTimers stages;
    private boolean kept;

    OwnDevices(TocsinRuntime runtime, Cast cast, List<String> addresses, Path folder, StageTimers stages) {
        this.runtime = runtime;
        this.cast = cast;
        this.addresses = List.copyOf(addresses);
        this.folder = folder;
        this.stages = stages;
    }

    /**
     * Starts the runtime.
     *
     * @param addresses the centres', in the cast's order, such as {@code coaps://127.0.0.1:5684}
     * @param folder for journals
     */
    public static OwnDevices start(Cast cast, List<String> addresses, Path folder) throws IOException {
        return new OwnDevices(TocsinRuntime.start(), cast, addresses, folder, new StageTimers());
    }

    /** The same for one device, whose journal is the folder: what an earlier process kept there is found again. */
    public static OwnDevices startKept(Cast cast, List<String> addresses, Path journal) throws IOException {
        OwnDevices devices = start(cast, addresses, journal);
        devices.kept = true;
        return devices;
    }

    /** The same for thousands: with one file descriptor for each, its socket, see {@link LeanDisk}. Its threads are daemons. */
    public static OwnDevices startMany(Cast cast, List<String> addresses, Path folder) throws IOException {
        NetworkLoop loop = new NetworkLoop("tocsin-loop");
        TocsinRuntime runtime = TocsinRuntime.of(new TocsinRuntime.Parts(
                loop,
                loop,
                new SystemClock(),
                new PlatformEntropy(),
                loop.network(),
                new LeanDisk(new EventLoop("tocsin-disk"), loop)));
        return new OwnDevices(runtime, cast, addresses, folder, new StageTimers());
    }

    TocsinRuntime runtime() {
        return runtime;
    }

    /** Opens one; it arms and begins its sessions by itself. */
    public Device open(int device) throws IOException {
        return runtime.open(config(device));
    }

    /** Its alarms; closing them closes the device. */
    public Sender sender(Device device) {
        return new Raiser(device, stages);
    }

    /**
     * Opens the first so many, some at a time, and lets each raise an alarm: then all have their sessions. Blocks.
     *
     * @param opened told how many stand, now and then
     * @throws IOException if one cannot be opened, or its alarm does not come back
     */
    public List<Sender> connect(int count, IntConsumer opened) throws IOException {
        List<Sender> senders = new ArrayList<>();
        List<CompletableFuture<Long>> first = new ArrayList<>();
        while (senders.size() < count) {
            for (int i = 0; i < AT_ONCE && senders.size() < count; i++) {
                Sender sender = sender(open(senders.size()));
                senders.add(sender);
                first.add(sender.raise());
            }
            try {
                CompletableFuture.allOf(first.toArray(CompletableFuture[]::new)).get(PATIENCE_S, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new IOException("an alarm of the first " + senders.size() + " devices did not come back", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
            first.clear();
            opened.accept(senders.size());
        }
        return senders;
    }

    DeviceConfig config(int device) throws IOException {
        Party party = cast.devices().get(device);
        List<CentreLink> links = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            Party centre = cast.centres().get(i);
            links.add(CentreLink.ofAllKinds(centre.id(), List.of(addresses.get(i)), List.of(centre.verifier()), false));
        }
        Settings settings = new Settings(
                party.id(),
                Work.PLACE,
                List.of(),
                links,
                Settings.DEFAULT_HEARTBEAT,
                Limits.DEFAULT.withBallast(0),
                FirmwareConfig.SOFTWARE);
        boolean dtls = addresses.getFirst().startsWith("coaps:");
        Path journal = kept ? folder : Files.createTempDirectory(folder, "journal-");
        return new DeviceConfig(
                settings, party.signer(), dtls ? Optional.of(identity(party, cast)) : Optional.empty(), journal);
    }

    static DtlsIdentity identity(Party party, Cast cast) {
        try {
            return DtlsIdentity.of(party.certificatePem(), party.keyPem(), cast.authorityPem());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate just made is good", e);
        }
    }

    @Override
    public void close() throws IOException {
        runtime.close();
    }

    /** The SDK's own call. */
    private record Raiser(Device device, StageTimers stages) implements Sender {

        @Override
        public CompletableFuture<Long> raise() {
            long nowNs = System.nanoTime();
            AlarmRequest request = AlarmRequest.live(AlarmKind.PANIC, new StageTimes(nowNs, nowNs));
            return device.raise(request).receivedByAll().thenApply(status -> {
                long receiptedNs = System.nanoTime();
                stages.receipted(status);
                return receiptedNs;
            });
        }

        @Override
        public void close() {
            device.close();
        }
    }
}
