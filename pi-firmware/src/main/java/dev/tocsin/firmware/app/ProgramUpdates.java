package dev.tocsin.firmware.app;

import dev.tocsin.sdk.Device;
import dev.tocsin.sdk.coap.CoapNode;
import dev.tocsin.sdk.coap.CoapTransport;
import dev.tocsin.sdk.coap.DtlsIdentity;
import dev.tocsin.sdk.coap.NetworkLoop;
import dev.tocsin.sdk.coap.PackageClient;
import dev.tocsin.sdk.config.FileTrouble;
import dev.tocsin.sdk.crypto.PlatformEntropy;
import dev.tocsin.sdk.disk.DiskSlots;
import dev.tocsin.sdk.model.ProgramVersion;
import dev.tocsin.sdk.model.Slot;
import dev.tocsin.sdk.model.UpdateManifest;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.DatagramNetwork;
import dev.tocsin.sdk.port.Entropy;
import dev.tocsin.sdk.system.EventLoop;
import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.sdk.update.Installation;
import dev.tocsin.sdk.update.UpdateReports;
import dev.tocsin.sdk.update.UpdateSettings;
import dev.tocsin.sdk.update.Updates;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * New versions of this program, for a firmware that {@code tocsin-launch} started: asks the centres that may update it, puts
 * what they sign into the slot that does not run, and ends the program so that the launcher tries it. It shares neither loop
 * nor session nor disk queue with alarms, begins when the device is armed, and does nothing while the lamp shows an alarm or a
 * drill.
 */
final class ProgramUpdates implements AutoCloseable {

    /** A device that does not arm is no reason not to give up a new version. */
    private static final Duration BEGIN_BY = Duration.ofSeconds(30);

    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final FirmwareConfig config;
    private final Installation here;
    private final Path folder;
    private final Device device;
    private final UpdateDuty duty;
    private final NetworkLoop loop;
    private final EventLoop disk = new EventLoop("tocsin-updates-disk");
    private final AtomicReference<DtlsIdentity> shown = new AtomicReference<>();
    private boolean begun;
    private boolean closed;
    private @Nullable DiskSlots slots;
    private @Nullable CoapTransport transport;
    private @Nullable LatePackages packages;
    private @Nullable UpdateReports reports;

    private ProgramUpdates(
            FirmwareConfig config, Installation here, Path folder, SensorDevice device, Host host, NetworkLoop loop) {
        this.config = config;
        this.here = here;
        this.folder = folder;
        this.device = device.device();
        this.loop = loop;
        this.duty = new UpdateDuty(device, here.version(), new SystemClock(), host, loop);
        config.device().channel().ifPresent(shown::set);
    }

    /** The program around. Any thread. */
    interface Host {

        /** Ends the program, so that its launcher starts it again. */
        void restart(String why);

        /** A line for the log. */
        void say(String line);
    }

    /**
     * Begins once the device is armed.
     *
     * @param environment {@code TOCSIN_SLOT} and {@code TOCSIN_SLOTS}, as the launcher set them: without them nobody would
     *     start a new version, and none is taken
     * @return empty where the configuration lets nobody update, or nobody would start what is new
     * @throws IOException if the machine gives no selector
     */
    static Optional<ProgramUpdates> start(
            FirmwareConfig config, SensorDevice device, Map<String, String> environment, Host host) throws IOException {
        Optional<Slot> slot = Arrays.stream(Slot.values())
                .filter(s -> s.label().equals(environment.get("TOCSIN_SLOT")))
                .findFirst();
        String folder = environment.getOrDefault("TOCSIN_SLOTS", "");
        if (config.updates().from().isEmpty()
                && slot.filter(s -> s != Slot.PACKAGED).isEmpty()) {
            return Optional.empty();
        }
        if (slot.isEmpty() || folder.isEmpty()) {
            host.say("no updates: tocsin-launch did not start this program, and would not start a new one");
            return Optional.empty();
        }
        Installation here = new Installation(
                config.device().settings().device(),
                UpdateManifest.Ids.TOCSIN,
                UpdateManifest.Ids.deviceClass(UpdateManifest.Ids.TOCSIN, deviceClass()),
                Release.VERSION,
                slot.get(),
                Map.of(
                        "java",
                        new ProgramVersion(String.valueOf(Runtime.version().feature()))));
        ProgramUpdates updates =
                new ProgramUpdates(config, here, Path.of(folder), device, host, new NetworkLoop("tocsin-updates"));
        var unused = device.device().armed().thenRun(() -> updates.loop.execute(updates::begin));
        var unusedLate = updates.loop.schedule(BEGIN_BY.toNanos(), updates::begin);
        return Optional.of(updates);
    }

    /** The class of devices that this is one of, as {@code tocsin package sign --class} has it. */
    static String deviceClass() {
        return "tocsin-firmware/" + System.getProperty("os.arch");
    }

    private void begin() {
        if (begun || closed) {
            return;
        }
        begun = true;
        try {
            LatePackages source = new LatePackages(
                    () -> new PackageClient(
                            node(CoapNode::fetcher), config.updates().pace()),
                    loop);
            DiskSlots opened = new DiskSlots(folder, disk, loop);
            packages = source;
            slots = opened;
            Updates updates = // first: from now on a version on trial has its deadline
                    Updates.open(here, config.updates().from(), opened, source, loop, settings(), duty.listener());
            CoapTransport line = new CoapTransport(node(CoapNode::device));
            transport = line;
            UpdateReports telling = new UpdateReports(
                    updates,
                    config.updates().from(),
                    line,
                    loop,
                    config.updates().ask(),
                    duty.answers());
            reports = telling;
            duty.begin(updates, telling);
            device.onShow(identity -> loop.execute(() -> show(identity)));
        } catch (IOException e) {
            duty.cannot("no updates: " + folder + ": " + FileTrouble.of(e));
        } catch (RuntimeException | LinkageError e) {
            duty.cannot("no updates: " + e);
        }
    }

    private UpdateSettings settings() {
        UpdateSettings usual = UpdateSettings.USUAL;
        return new UpdateSettings(
                usual.partBytes(),
                usual.retryAfter(),
                usual.retryAtMost(),
                config.updates().proof());
    }

    /** One kind of endpoint or the other. */
    private interface Making {
        CoapNode node(
                DatagramNetwork network,
                InetSocketAddress bind,
                Optional<DtlsIdentity> identity,
                ScheduledExecutorService loop,
                Clock clock,
                Entropy entropy)
                throws IOException;
    }

    private CoapNode node(Making making) throws IOException {
        return making.node(
                loop.network(),
                new InetSocketAddress(0),
                Optional.ofNullable(shown.get()),
                loop,
                new SystemClock(),
                new PlatformEntropy());
    }

    private void show(DtlsIdentity identity) {
        shown.set(identity);
        Optional.ofNullable(transport).ifPresent(t -> t.show(identity));
        Optional.ofNullable(packages).ifPresent(p -> p.show(identity));
    }

    /** Lets go of the slots, behind what is being written. What was fetched stays, and is gone on with at the next start. */
    @Override
    public void close() {
        loop.execute(() -> {
            closed = true;
            Optional.ofNullable(reports).ifPresent(UpdateReports::stop);
            Optional.ofNullable(transport).ifPresent(CoapTransport::close);
            Optional.ofNullable(packages).ifPresent(LatePackages::close);
            Optional.ofNullable(slots).ifPresent(DiskSlots::close);
            loop.shutdown();
        });
        loop.awaitEnd(CLOSING);
        disk.shutdown();
        disk.awaitEnd(CLOSING);
    }
}
