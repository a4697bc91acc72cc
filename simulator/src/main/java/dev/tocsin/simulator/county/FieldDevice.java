package dev.tocsin.simulator.county;

import dev.tocsin.firmware.app.ButtonDevice;
import dev.tocsin.firmware.app.FirmwareConfig;
import dev.tocsin.firmware.app.SensorDevice;
import dev.tocsin.firmware.board.Board;
import dev.tocsin.firmware.board.sensor.SensorSource;
import dev.tocsin.sdk.CertificateRenewal;
import dev.tocsin.sdk.Device;
import dev.tocsin.sdk.DeviceConfig;
import dev.tocsin.sdk.TocsinRuntime;
import dev.tocsin.sdk.coap.DtlsIdentity;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.session.AlarmStatus;
import dev.tocsin.sdk.session.Indication;
import dev.tocsin.simulator.board.VirtualContacts;
import dev.tocsin.simulator.board.VirtualSensor;
import dev.tocsin.simulator.machine.Boot;
import dev.tocsin.simulator.machine.Machine;
import dev.tocsin.simulator.network.Host;
import dev.tocsin.simulator.storage.DiskEvent;
import dev.tocsin.simulator.storage.PowerCut;
import dev.tocsin.simulator.storage.VirtualDisk;
import dev.tocsin.simulator.world.Seed;
import dev.tocsin.simulator.world.VirtualLoop;
import dev.tocsin.simulator.world.World;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A device: the real firmware on a machine with a disk, a board and perhaps a sensor, which stay when the power goes. All have
 * a panic button; those without a sensor are wall buttons.
 */
final class FieldDevice implements Machine.Program {

    /** How long a device takes from power to its program, as on a Raspberry Pi with its own runtime. */
    static final Duration START_UP = Duration.ofSeconds(6);

    /** Heartbeats that may go unanswered before a centre counts as silent, and the time for the last one's answer. */
    private static final int HEARD_PERIODS = 3;

    private static final long HEARD_GRACE_NS = 5_000_000_000L;

    private final String id;
    private final Duration period;
    private final World world;
    private final FirmwareConfig config;
    private final Optional<Papers> papers;
    private final Chronicle chronicle;
    private final Eyewitness eyewitness;
    private final Set<AlarmId> signed = new HashSet<>();
    private final SpoiltRecords records = new SpoiltRecords();
    private final Machine machine;
    private final VirtualContacts contacts;
    private final VirtualDisk disk;
    private final Optional<SensorKit> kit;
    private final Optional<VirtualSensor> sensor;
    private long returnsNs = Long.MIN_VALUE;

    FieldDevice(
            World world,
            Host host,
            FirmwareConfig config,
            Optional<Papers> papers,
            Optional<SensorKit> kit,
            Chronicle chronicle,
            Eyewitness eyewitness) {
        this.id = host.name();
        this.period = config.device().settings().heartbeat();
        this.world = world;
        this.config = config;
        this.papers = papers;
        this.chronicle = chronicle;
        this.eyewitness = eyewitness;
        eyewitness.device(host, world.nanoTime());
        Seed seed = world.seed().child(id);
        this.machine = new Machine(world, host);
        machine.install(this);
        this.contacts = new VirtualContacts(
                config.profile(),
                Duration.ZERO,
                world::nanoTime,
                seed.child("board").entropy(),
                event -> {});
        this.kit = kit;
        this.sensor = kit.map(k -> new VirtualSensor(
                k.part(), world::nanoTime, seed.child("sensor").entropy()));
        this.disk = new VirtualDisk(world::nanoTime, seed.child("disk").entropy(), this::observe);
    }

    /**
     * Certificates that it renews by itself.
     *
     * @param authority where
     * @param keys where they lie
     */
    record Papers(String authority, MemoryKeys keys) {}

    String id() {
        return id;
    }

    Machine machine() {
        return machine;
    }

    VirtualContacts contacts() {
        return contacts;
    }

    /** Its sensor; empty where it is a wall button. */
    Optional<VirtualSensor> sensor() {
        return sensor;
    }

    VirtualDisk disk() {
        return disk;
    }

    void on() {
        chronicle.power(world.nanoTime(), id, true);
        machine.on();
    }

    /** The power goes, and comes back later; of several cuts that overlap the last one's end counts. */
    void cut(Duration time, PowerCut unsynced) {
        if (machine.isOn()) {
            chronicle.power(world.nanoTime(), id, false);
            machine.cut();
            contacts.cutPower();
            disk.cut(unsynced);
        }
        long dueNs = world.nanoTime() + time.plus(START_UP).toNanos();
        returnsNs = Math.max(returnsNs, dueNs);
        var unused = world.schedule(time.plus(START_UP).toNanos(), () -> {
            if (!machine.isOn() && world.nanoTime() >= returnsNs) {
                on();
            }
        });
    }

    @Override
    public void boot(Boot boot) throws IOException {
        eyewitness.deviceBoots(id, world.nanoTime());
        Board board = contacts.open(boot.clock()::nanoTime, boot.loop());
        TocsinRuntime runtime = boot.runtime(folder -> disk.mount(boot.loop()));
        Optional<DtlsIdentity> shown =
                papers.isPresent() ? Optional.of(papers.get().keys().identity()) : Optional.empty();
        Device device = device(boot, board, shown.map(this::showing).orElse(config), runtime);
        shown.ifPresent(identity -> renew(identity, device, runtime, boot.loop()));
        device.onAlarm(this::hear);
        device.onIndication(this::look);
    }

    private void renew(DtlsIdentity shown, Device device, TocsinRuntime runtime, VirtualLoop loop) {
        Papers held = papers.orElseThrow();
        var unused = CertificateRenewal.start(
                new CertificateRenewal.Source(id, held.authority, held.keys, held.keys::identity),
                shown,
                device,
                runtime,
                loop);
    }

    private FirmwareConfig showing(DtlsIdentity shown) {
        DeviceConfig d = config.device();
        return new FirmwareConfig(
                new DeviceConfig(d.settings(), d.alarmKey(), Optional.of(shown), d.journalFolder()),
                config.profile(),
                config.hardware(),
                config.annunciation(),
                config.sensing());
    }

    private Device device(Boot boot, Board board, FirmwareConfig with, TocsinRuntime runtime) throws IOException {
        if (kit.isEmpty() || sensor.isEmpty()) {
            return ButtonDevice.open(with, board, runtime).device();
        }
        SensorSource part = sensor.get().open(boot.loop(), boot.clock()::nanoTime);
        return SensorDevice.open(with, board, Map.of(kit.get().name(), part), runtime)
                .device();
    }

    private void hear(AlarmStatus status) {
        long nowNs = world.nanoTime();
        chronicle.claim(status, machine.clock()::worldNanos, nowNs);
        records.heard(status);
        if (status.signedNs() != 0
                && machine.clock().worldNanos(status.signedNs()) == nowNs
                && signed.add(status.alarm().id())) {
            for (String centre : status.deliveries().keySet()) {
                eyewitness.signed(status.alarm().id(), centre, nowNs);
                if (isOfPress(status.alarm())) {
                    eyewitness.follow(status.alarm().id(), centre, nowNs);
                }
            }
        }
        status.deliveries().forEach((centre, delivery) -> {
            if (delivery.state().isReceived()) {
                eyewitness.receipted(status.alarm().id(), centre, nowNs);
            }
        });
    }

    private static boolean isOfPress(Alarm alarm) {
        return alarm.kind() == AlarmKind.PANIC && alarm.state() != AlarmState.RESTORED;
    }

    private void look(Indication shows) {
        long nowNs = world.nanoTime();
        chronicle.lamp(nowNs, id, shows);
        if (shows == Indication.ARMED
                && !eyewitness.isHeardOfSince(id, nowNs - HEARD_PERIODS * period.toNanos() - HEARD_GRACE_NS)) {
            chronicle.unheardOf(id + " shows ARMED, but has not heard of every centre");
        }
    }

    private void observe(DiskEvent event) {
        switch (event) {
            case DiskEvent.Cut cut -> {
                if (cut.duringSync()) {
                    chronicle.exercised("power-cut-during-sync");
                }
                if (cut.lostBytes() > 0) {
                    chronicle.exercised("unsynced-writes-lost");
                }
            }
            case DiskEvent.FaultMet met ->
                chronicle.exercised("disk-met-" + met.fault().name().toLowerCase(Locale.ROOT));
            case DiskEvent.Damaged damaged ->
                records.damaged(damaged, disk).forEach(alarm -> chronicle.spoilt(alarm, world.nanoTime()));
            case DiskEvent.Appended a -> {}
            case DiskEvent.SyncEnded s -> {}
        }
    }
}
