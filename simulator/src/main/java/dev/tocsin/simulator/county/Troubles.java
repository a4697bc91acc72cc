package dev.tocsin.simulator.county;

import dev.tocsin.firmware.app.ButtonDevice;
import dev.tocsin.simulator.board.Sparks;
import dev.tocsin.simulator.board.VirtualContacts;
import dev.tocsin.simulator.network.Conditions;
import dev.tocsin.simulator.network.VirtualNetwork;
import dev.tocsin.simulator.storage.DiskFaults;
import dev.tocsin.simulator.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Makes troubles happen, and heals them. */
final class Troubles {

    private static final Duration SPARK = Duration.ofMillis(1);

    private final World world;
    private final VirtualNetwork network;
    private final Function<String, Conditions> usual;
    private final Map<String, FieldDevice> buttons;
    private final Map<String, CentreHouse> centres;
    private final Intruder intruder;
    private final Chronicle chronicle;
    private final Map<String, List<Trouble>> inForce = new HashMap<>();
    private final Map<String, List<Trouble.Weather>> weathers = new HashMap<>();

    /** @param usual what a device's link is like when nothing is wrong with it */
    Troubles(
            World world,
            VirtualNetwork network,
            Function<String, Conditions> usual,
            Map<String, FieldDevice> buttons,
            Map<String, CentreHouse> centres,
            CountyPlan plan,
            Optional<Gang> gang,
            Chronicle chronicle) {
        this.world = world;
        this.network = network;
        this.usual = usual;
        this.buttons = buttons;
        this.centres = centres;
        this.chronicle = chronicle;
        this.intruder = new Intruder(world, network, centres, plan, gang, chronicle);
    }

    /** It happens, now. */
    void happen(Trouble trouble) {
        long nowNs = world.nanoTime();
        chronicle.spell(new Chronicle.Spell(nowNs, nowNs + trouble.lasts().toNanos(), trouble), isNew(trouble));
        switch (trouble) {
            case Trouble.PowerOff p -> button(p.device()).cut(p.lasts(), p.disk());
            case Trouble.Disk d -> disk(d);
            case Trouble.Clock c -> clock(c);
            case Trouble.Input i -> input(i);
            case Trouble.Sensor s -> sensor(s);
            case Trouble.Rebind r -> button(r.device()).machine().host().nat().ifPresent(nat -> nat.rebind());
            case Trouble.Certificate c -> {} // its calendar does it
            case Trouble.Partition p -> partition(p);
            case Trouble.Weather w -> weather(w);
            case Trouble.Centre c -> centre(c);
            case Trouble.Attack a -> intruder.attack(a);
        }
    }

    /** Whether it changes anything: a machine without power has none to lose. */
    private boolean isNew(Trouble trouble) {
        return switch (trouble) {
            case Trouble.PowerOff p -> button(p.device()).machine().isOn();
            case Trouble.Centre c ->
                c.outage() != Trouble.Centre.Outage.KILLED
                        || centreOf(c).machine().isOn();
            default -> true;
        };
    }

    /**
     * A trouble that lasts. Several of one sort may overlap: whenever one of them begins or ends, all that are then in force,
     * in the order in which they began, are put to effect together.
     *
     * @param of what they trouble: troubles of the same name overlap
     */
    private <T extends Trouble> void during(T trouble, Class<T> sort, String of, Consumer<List<T>> effect) {
        List<Trouble> standing = inForce.computeIfAbsent(sort.getSimpleName() + " " + of, k -> new ArrayList<>());
        standing.add(trouble);
        effect.accept(standing.stream().map(sort::cast).toList());
        var unused = world.schedule(trouble.lasts().toNanos(), () -> {
            standing.remove(trouble);
            effect.accept(standing.stream().map(sort::cast).toList());
        });
    }

    private void disk(Trouble.Disk d) {
        DiskFaults faults = button(d.device()).disk().faults();
        Consumer<List<Trouble.Disk>> effect = switch (d.illness()) {
            case FULL ->
                all -> faults.capacity(all.stream()
                        .mapToLong(full -> (long) full.amount())
                        .min()
                        .orElse(Long.MAX_VALUE));
            case SLOW ->
                all -> faults.slow(
                        all.stream().mapToDouble(Trouble.Disk::amount).max().orElse(1));
            case STALL ->
                all -> {
                    if (all.isEmpty()) {
                        faults.resume();
                    } else {
                        faults.stall();
                    }
                };
            case WRITES_FAIL -> all -> faults.writesFail(!all.isEmpty());
            case READS_FAIL ->
                all -> {
                    if (!all.isEmpty()) {
                        faults.failReads((int) d.amount());
                    }
                };
            case ROT ->
                all -> {
                    if (!all.isEmpty()) {
                        faults.rot((int) d.amount());
                    }
                };
        };
        during(d, Trouble.Disk.class, d.device() + " " + d.illness(), effect);
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
            case STUCK_CLOSED, STUCK_OPEN -> during(i, Trouble.Input.class, i.device(), all -> stick(contacts, all));
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

    private void sensor(Trouble.Sensor s) {
        button(s.device()).sensor().ifPresent(sensor -> {
            switch (s.failing()) {
                case STUCK -> sensor.stick(s.lasts());
                case FROZEN -> sensor.freeze(s.lasts());
                case BROKEN -> sensor.breakWire(s.lasts());
                case SATURATED -> sensor.saturate(s.amount(), s.lasts());
            }
        });
    }

    private static void stick(VirtualContacts contacts, List<Trouble.Input> all) {
        if (all.isEmpty()) {
            contacts.mend(ButtonDevice.PANIC);
        } else if (all.getLast().defect() == Trouble.Input.Defect.STUCK_CLOSED) {
            contacts.stickClosed(ButtonDevice.PANIC);
        } else {
            contacts.stickOpen(ButtonDevice.PANIC);
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

    private void weather(Trouble.Weather w) {
        w.devices()
                .forEach(
                        d -> weathers.computeIfAbsent(d, k -> new ArrayList<>()).add(w));
        settle(w.devices());
        var unused = world.schedule(w.lasts().toNanos(), () -> {
            w.devices().forEach(d -> weathers.getOrDefault(d, List.of()).remove(w));
            settle(w.devices());
        });
    }

    /** Each link has the last weather that came up there, or is as it was made if all is over; links alike go together. */
    private void settle(List<String> devices) {
        Map<Conditions, Set<String>> alike = new LinkedHashMap<>();
        for (String device : devices) {
            List<Trouble.Weather> all = weathers.getOrDefault(device, List.of());
            Conditions conditions =
                    all.isEmpty() ? usual.apply(device) : all.getLast().conditions();
            alike.computeIfAbsent(conditions, k -> new HashSet<>()).add(device);
        }
        alike.forEach((conditions, some) -> {
            network.conditions(some::contains, any -> true, conditions);
            network.conditions(any -> true, some::contains, conditions);
        });
    }

    private void centre(Trouble.Centre c) {
        CentreHouse centre = centreOf(c);
        switch (c.outage()) {
            case KILLED -> centre.machine().cut(c.lasts());
            case NEW_CERTIFICATE -> {
                centre.renew();
                centre.machine().cut(c.lasts());
            }
            case SLOW ->
                during(
                        c,
                        Trouble.Centre.class,
                        c.centre() + " slow",
                        all -> centre.commitAfter(
                                all.stream().map(Trouble.Centre::by).max(Comparator.naturalOrder())));
            case LEDGER_FAILS ->
                during(
                        c,
                        Trouble.Centre.class,
                        c.centre() + " ledger",
                        all -> centre.ledger()
                                .fail(all.isEmpty() ? Optional.empty() : Optional.of("no space left on device")));
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

    private CentreHouse centreOf(Trouble.Centre c) {
        return Optional.ofNullable(centres.get(c.centre()))
                .orElseThrow(() -> new IllegalArgumentException("no centre " + c.centre()));
    }

    private FieldDevice button(String device) {
        return Optional.ofNullable(buttons.get(device))
                .orElseThrow(() -> new IllegalArgumentException("no device " + device));
    }
}
