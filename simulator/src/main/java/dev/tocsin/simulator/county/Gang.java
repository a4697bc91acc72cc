package dev.tocsin.simulator.county;

import dev.tocsin.sdk.coap.DtlsIdentity;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.simulator.machine.Machine;
import dev.tocsin.simulator.network.Datagram;
import dev.tocsin.simulator.network.Host;
import dev.tocsin.simulator.network.VirtualNetwork;
import dev.tocsin.simulator.world.World;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Attackers with machines and keys of their own, beside the {@link Intruder} on the line: a thief with a stolen device, and
 * false centres to which the line leads for a while. There only where a scenario has such attacks.
 */
final class Gang {

    /**
     * A centre to be attacked.
     *
     * @param address where devices call it
     * @param host the same on the network
     */
    record Mark(String centre, String address, Host host, boolean takesDrills) {}

    /** A false centre that stands ready. */
    private record Impersonation(String centre, Host host, FalseCentre program) {}

    private final World world;
    private final VirtualNetwork network;
    private final Chronicle chronicle;
    private final int port;
    private final Loot loot;
    private final Crafts crafts;
    private final List<Machine> machines = new ArrayList<>();
    private final Set<String> hosts = new HashSet<>();
    private final List<Mark> marks = new ArrayList<>();
    private final List<Impersonation> impersonations = new ArrayList<>();
    private final Map<InetSocketAddress, InetSocketAddress> meant = new HashMap<>(); // by caller, whom he called
    private Optional<Thief> thief = Optional.empty();
    private Optional<Impersonation> inPlace = Optional.empty();

    /** @param port where centres listen */
    Gang(World world, VirtualNetwork network, Chronicle chronicle, CountyPlan plan, int port) {
        this.world = world;
        this.network = network;
        this.chronicle = chronicle;
        this.port = port;
        this.loot = new Loot(world);
        this.crafts = new Crafts(plan.signatures(), world.seed().child("gang").entropy());
    }

    /** Whether a plan has anything for it to do. */
    static boolean isWanted(CountyPlan plan) {
        return plan.troubles().stream()
                .anyMatch(t -> t.trouble() instanceof Trouble.Attack attack
                        && switch (attack.deed()) {
                            case THIEF, IMPOSTOR, OVERLOAD -> true;
                            case REPLAY, FORGE, FLOOD, TAMPER -> false;
                        });
    }

    /** The same signer; what it signs is copied. */
    Signer copied(String name, Signer signer) {
        return loot.copied(name, signer);
    }

    void mark(Mark mark) {
        marks.add(mark);
    }

    /** A device was stolen. */
    void thief(Optional<DtlsIdentity> identity, Signer alarmKey) {
        Host host = host("stolen-button");
        Thief made = new Thief(
                identity,
                alarmKey,
                loot,
                crafts,
                chronicle,
                world.seed().child("thief").entropy());
        install(host, made);
        thief = Optional.of(made);
    }

    /**
     * Makes a false centre ready.
     *
     * @param name tells it from others
     */
    void falseCentre(
            String name, String centre, Optional<DtlsIdentity> identity, Bytes keyId, Optional<Signer> accomplice) {
        Host host = host(name);
        FalseCentre made = new FalseCentre(
                new FalseCentre.Role(centre, port, identity, keyId, accomplice),
                loot,
                crafts,
                chronicle,
                world.seed().child(name).entropy());
        install(host, made);
        impersonations.add(new Impersonation(centre, host, made));
    }

    private Host host(String name) {
        hosts.add(name);
        return network.host(name);
    }

    private void install(Host host, Machine.Program program) {
        Machine machine = new Machine(world, host);
        machine.install(program);
        machines.add(machine);
    }

    void on() {
        machines.forEach(Machine::on);
    }

    void attack(Trouble.Attack attack) {
        switch (attack.deed()) {
            case THIEF -> {
                long gapNs = attack.lasts().toNanos() / Math.max(1, (long) attack.amount());
                for (int i = 0; i < (int) attack.amount(); i++) {
                    Mark mark = marks.get(i % marks.size());
                    var unused = world.schedule(
                            gapNs * i,
                            () -> thief.ifPresent(t -> t.attack(mark.address, mark.centre, mark.takesDrills)));
                }
            }
            case OVERLOAD ->
                overload(attack.amount(), world.nanoTime() + attack.lasts().toNanos());
            case IMPOSTOR -> {
                long eachNs = attack.lasts().toNanos() / Math.max(1, impersonations.size());
                for (int i = 0; i < impersonations.size(); i++) {
                    Impersonation next = impersonations.get(i);
                    var unused = world.schedule(eachNs * i, () -> {
                        next.program.answer(attack.amount());
                        inPlace = Optional.of(next);
                    });
                }
                var unused = world.schedule(attack.lasts().toNanos(), () -> inPlace = Optional.empty());
            }
            case REPLAY, FORGE, FLOOD, TAMPER -> throw new IllegalArgumentException("done on the line");
        }
    }

    private void overload(double perSecond, long untilNs) {
        if (world.nanoTime() < untilNs) {
            marks.forEach(mark -> thief.ifPresent(t -> t.overload(mark.address, mark.takesDrills)));
            var unused = world.schedule((long) (1e9 / perSecond), () -> overload(perSecond, untilNs));
        }
    }

    /** Whether one of its own machines sends this. */
    boolean isOurs(Datagram datagram) {
        return hosts.contains(datagram.sender());
    }

    /** Leads a datagram elsewhere; false if it may pass. */
    boolean diverts(Datagram datagram) {
        if (inPlace.isEmpty()) {
            return isOurs(datagram) && isOfFalseCentre(datagram); // it was said in another's name, which it has no more
        }
        Impersonation now = inPlace.get();
        Optional<Mark> played =
                marks.stream().filter(m -> m.centre.equals(now.centre)).findFirst();
        if (datagram.sender().equals(now.host.name())) {
            InetSocketAddress as = meant.get(datagram.to());
            if (as != null) {
                network.inject(as, datagram.to(), datagram.data());
            }
            return true;
        }
        boolean toPlayed = played.isPresent()
                && !isOurs(datagram)
                && datagram.to().getAddress().equals(played.get().host.address());
        if (toPlayed) {
            chronicle.exercised("attack-diverted-datagram");
            meant.put(datagram.from(), datagram.to());
            network.inject(datagram.from(), new InetSocketAddress(now.host.address(), port), datagram.data());
            return true;
        }
        return isOurs(datagram) && isOfFalseCentre(datagram);
    }

    private boolean isOfFalseCentre(Datagram datagram) {
        return impersonations.stream().anyMatch(i -> i.host.name().equals(datagram.sender()));
    }
}
