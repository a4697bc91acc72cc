package dev.tocsin.simulator.county;

import dev.tocsin.firmware.app.ButtonDevice;
import dev.tocsin.simulator.board.Sparks;
import dev.tocsin.simulator.network.Conditions;
import dev.tocsin.simulator.network.VirtualNetwork;
import dev.tocsin.simulator.storage.DiskFaults;
import dev.tocsin.simulator.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Makes troubles happen, and heals them. */
final class Troubles {

    private static final Duration SPARK = Duration.ofMillis(1);

    private final World world;
    private final VirtualNetwork network;
    private final Function<String, Conditions> usual;
    private final Map<String, WallButton> buttons;
    private final Map<String, CentreHouse> centres;
    private final Intruder intruder;
    private final Chronicle chronicle;

    /** @param usual what a device's link is like when nothing is wrong with it */
    Troubles(
            World world,
            VirtualNetwork network,
            Function<String, Conditions> usual,
            Map<String, WallButton> buttons,
            Map<String, CentreHouse> centres,
            boolean secure,
            Chronicle chronicle) {
        this.world = world;
        this.network = network;
        this.usual = usual;
        this.buttons = buttons;
        this.centres = centres;
        this.chronicle = chronicle;
        this.intruder = new Intruder(world, network, centres, secure, chronicle);
    }

    /** It happens, now. */
    void happen(Trouble trouble) {
        long nowNs = world.nanoTime();
        chronicle.spell(new Chronicle.Spell(nowNs, nowNs + trouble.lasts().toNanos(), trouble));
        switch (trouble) {
            case Trouble.PowerOff p -> button(p.device()).cut(p.lasts(), p.disk());
            case Trouble.Disk d -> disk(d);
            case Trouble.Clock c -> clock(c);
            case Trouble.Input i -> input(i);
            case Trouble.Rebind r -> button(r.device()).machine().host().nat().ifPresent(nat -> nat.rebind());
            case Trouble.Certificate c -> {} // its calendar does it
            case Trouble.Partition p -> partition(p);
            case Trouble.Weather w -> {
                weather(w.devices(), w.conditions());
                later(w, () -> calm(w.devices()));
            }
            case Trouble.Centre c -> centre(c);
            case Trouble.Attack a -> intruder.attack(a);
        }
    }

    private void disk(Trouble.Disk d) {
        DiskFaults faults = button(d.device()).disk().faults();
        switch (d.illness()) {
            case FULL -> {
                faults.capacity((long) d.amount());
                later(d, () -> faults.capacity(Long.MAX_VALUE));
            }
            case SLOW -> {
                faults.slow(d.amount());
                later(d, () -> faults.slow(1));
            }
            case STALL -> {
                faults.stall();
                later(d, faults::resume);
            }
            case WRITES_FAIL -> {
                faults.writesFail(true);
                later(d, () -> faults.writesFail(false));
            }
            case READS_FAIL -> faults.failReads((int) d.amount());
            case ROT -> faults.rot((int) d.amount());
        }
    }

    private void clock(Trouble.Clock c) {
        var clock = button(c.device()).machine().clock();
        if (c.unset()) {
            clock.lose();
        } else {
            clock.jump(c.offset());
            clock.drift(c.driftPpm());
        }
    }

    private void input(Trouble.Input i) {
        var contacts = button(i.device()).contacts();
        switch (i.defect()) {
            case STUCK_CLOSED -> {
                contacts.stickClosed(ButtonDevice.PANIC);
                later(i, () -> contacts.mend(ButtonDevice.PANIC));
            }
            case STUCK_OPEN -> {
                contacts.stickOpen(ButtonDevice.PANIC);
                later(i, () -> contacts.mend(ButtonDevice.PANIC));
            }
            case CHATTER -> {
                Sparks sparks = Sparks.on(
                        contacts,
                        ButtonDevice.PANIC,
                        i.perSecond(),
                        SPARK,
                        world,
                        world.seed().child(i.device()).child("sparks").entropy());
                later(i, sparks::close);
            }
        }
    }

    private void partition(Trouble.Partition p) {
        Set<String> from = Set.copyOf(p.from());
        Set<String> to = Set.copyOf(p.to());
        network.partition(from::contains, to::contains, p.lasts());
        if (p.bothWays()) {
            network.partition(to::contains, from::contains, p.lasts());
        }
    }

    /** Each link is again as it was made. */
    private void calm(List<String> devices) {
        Map<Conditions, List<String>> own = new LinkedHashMap<>();
        devices.forEach(
                d -> own.computeIfAbsent(usual.apply(d), k -> new ArrayList<>()).add(d));
        own.forEach((conditions, alike) -> weather(alike, conditions));
    }

    private void weather(List<String> some, Conditions conditions) {
        Set<String> devices = Set.copyOf(some);
        network.conditions(devices::contains, any -> true, conditions);
        network.conditions(any -> true, devices::contains, conditions);
    }

    private void centre(Trouble.Centre c) {
        CentreHouse centre = Optional.ofNullable(centres.get(c.centre()))
                .orElseThrow(() -> new IllegalArgumentException("no centre " + c.centre()));
        switch (c.outage()) {
            case KILLED -> centre.machine().cut(c.lasts());
            case SLOW -> {
                centre.commitAfter(Optional.of(c.by()));
                later(c, () -> centre.commitAfter(Optional.empty()));
            }
            case LEDGER_FAILS -> {
                centre.ledger().fail(Optional.of("no space left on device"));
                later(c, () -> centre.ledger().fail(Optional.empty()));
            }
            case FAILED_OVER -> {
                String primary = centre.host().name();
                network.partition(any -> true, primary::equals, c.lasts());
                network.partition(primary::equals, any -> true, c.lasts());
            }
        }
    }

    private void later(Trouble trouble, Runnable heal) {
        var unused = world.schedule(trouble.lasts().toNanos(), heal);
    }

    private WallButton button(String device) {
        return Optional.ofNullable(buttons.get(device))
                .orElseThrow(() -> new IllegalArgumentException("no device " + device));
    }
}
