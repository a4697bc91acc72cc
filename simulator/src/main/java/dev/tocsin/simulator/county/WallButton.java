package dev.tocsin.simulator.county;

import dev.tocsin.firmware.app.ButtonDevice;
import dev.tocsin.firmware.app.FirmwareConfig;
import dev.tocsin.firmware.board.Board;
import dev.tocsin.simulator.board.VirtualContacts;
import dev.tocsin.simulator.machine.Boot;
import dev.tocsin.simulator.machine.Machine;
import dev.tocsin.simulator.network.Host;
import dev.tocsin.simulator.storage.DiskEvent;
import dev.tocsin.simulator.storage.PowerCut;
import dev.tocsin.simulator.storage.VirtualDisk;
import dev.tocsin.simulator.world.Seed;
import dev.tocsin.simulator.world.World;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/** A wall button: the real firmware on a machine with a disk and a board that stay when the power goes. */
final class WallButton implements Machine.Program {

    /** How long a device takes from power to its program, as on a Raspberry Pi with its own runtime. */
    private static final Duration START_UP = Duration.ofSeconds(6);

    private final String id;
    private final World world;
    private final FirmwareConfig config;
    private final Chronicle chronicle;
    private final Machine machine;
    private final VirtualContacts contacts;
    private final VirtualDisk disk;

    WallButton(World world, Host host, FirmwareConfig config, Chronicle chronicle) {
        this.id = host.name();
        this.world = world;
        this.config = config;
        this.chronicle = chronicle;
        Seed seed = world.seed().child(id);
        this.machine = new Machine(world, host);
        machine.install(this);
        this.contacts = new VirtualContacts(
                config.profile(),
                Duration.ZERO,
                world::nanoTime,
                seed.child("board").entropy(),
                event -> {});
        this.disk = new VirtualDisk(world::nanoTime, seed.child("disk").entropy(), this::observe);
    }

    String id() {
        return id;
    }

    Machine machine() {
        return machine;
    }

    VirtualContacts contacts() {
        return contacts;
    }

    VirtualDisk disk() {
        return disk;
    }

    void on() {
        chronicle.power(world.nanoTime(), id, true);
        machine.on();
    }

    /** The power goes, and comes back later. */
    void cut(Duration time, PowerCut unsynced) {
        if (machine.isOn()) {
            chronicle.power(world.nanoTime(), id, false);
            machine.cut();
            contacts.cutPower();
            disk.cut(unsynced);
            var unused = world.schedule(time.plus(START_UP).toNanos(), this::on);
        }
    }

    @Override
    public void boot(Boot boot) throws IOException {
        Board board = contacts.open(boot.clock()::nanoTime, boot.loop());
        ButtonDevice button = ButtonDevice.open(config, board, boot.runtime(folder -> disk.mount(boot.loop())));
        button.device().onAlarm(status -> chronicle.claim(status, machine.clock()::worldNanos, world.nanoTime()));
        button.device().onIndication(shows -> chronicle.lamp(world.nanoTime(), id, shows));
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
            case DiskEvent.Appended a -> {}
            case DiskEvent.SyncEnded s -> {}
        }
    }
}
