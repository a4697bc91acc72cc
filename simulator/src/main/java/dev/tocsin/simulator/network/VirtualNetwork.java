package dev.tocsin.simulator.network;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.simulator.world.Seed;
import dev.tocsin.simulator.world.World;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The network of a world: who is on it, what befalls datagrams between whom, and who listens. */
public final class VirtualNetwork {

    private static final String INJECTOR = "attacker";
    private static final byte[] FIRST_ADDRESS = {10, 0, 0, 0};
    private static final byte[] FIRST_OUTSIDE_ADDRESS = {100, 64, 0, 0}; // RFC 6598, carriers' NATs

    private record Rule(Predicate<String> from, Predicate<String> to, Conditions conditions) {}

    private final World world;
    private final Seed seed;
    private final Map<String, Host> hosts = new LinkedHashMap<>();
    private final Map<InetAddress, Host> byAddress = new HashMap<>(); // looked up, never walked through
    private final List<Rule> rules = new ArrayList<>();
    private final List<Partition> partitions = new ArrayList<>();
    private final List<Wiretap> wiretaps = new ArrayList<>();
    private Optional<Attacker> attacker = Optional.empty();
    private int edition = 1;

    /** A network without hosts, in which all paths are {@linkplain Conditions#GOOD good}. */
    public VirtualNetwork(World world) {
        this.world = world;
        this.seed = world.seed().child("network");
    }

    /** Puts a host on it, at the next free address; its name is known to all as a host name, too. */
    public Host host(String name) {
        if (hosts.containsKey(name)) {
            throw new IllegalArgumentException("two hosts of the name " + name);
        }
        Host host = new Host(this, name, address(FIRST_ADDRESS, hosts.size() + 1), seed.child(name));
        hosts.put(name, host);
        byAddress.put(host.address(), host);
        return host;
    }

    /**
     * From now on this is how it is between these hosts, one way. What was said last about a pair holds.
     *
     * @param from picks senders by name
     * @param to picks receivers by name
     */
    public void conditions(Predicate<String> from, Predicate<String> to, Conditions conditions) {
        rules.add(new Rule(from, to, conditions));
        edition++;
    }

    /** From now on this is how it is between all hosts. */
    public void conditions(Conditions conditions) {
        rules.clear();
        conditions(any -> true, any -> true, conditions);
    }

    /** Nothing gets from these hosts to those any more. What is on its way still arrives. */
    public Partition partition(Predicate<String> from, Predicate<String> to) {
        Partition partition = new Partition(this, from, to);
        partitions.add(partition);
        edition++;
        return partition;
    }

    /** Nothing gets from these hosts to those for a while. */
    public void partition(Predicate<String> from, Predicate<String> to, Duration time) {
        Partition partition = partition(from, to);
        var unused = world.schedule(time.toNanos(), partition::heal);
    }

    void heal(Partition partition) {
        partitions.remove(partition);
        edition++;
    }

    /** Shows every datagram to this one, too. */
    public void tap(Wiretap wiretap) {
        wiretaps.add(wiretap);
    }

    /** Lets somebody into the middle, or out of it. */
    public void attacker(Optional<Attacker> somebody) {
        attacker = somebody;
    }

    /**
     * Sends a datagram that no host has sent, from nowhere.
     *
     * @param from where it claims to come from
     */
    public void inject(InetSocketAddress from, InetSocketAddress to, Bytes data) {
        transmit(new Datagram(world.nanoTime(), INJECTOR, from, to, data), null);
    }

    World world() {
        return world;
    }

    /** The address of a host, by name. */
    @Nullable
    InetAddress look(String name) {
        Host host = hosts.get(name);
        return host == null ? null : host.publicAddress();
    }

    /** Gives a host an address outside its NAT. */
    InetAddress outside(Host host) {
        byte[] inner = host.address().getAddress();
        InetAddress address =
                address(FIRST_OUTSIDE_ADDRESS, (inner[1] & 0xff) << 16 | (inner[2] & 0xff) << 8 | (inner[3] & 0xff));
        byAddress.remove(host.address());
        byAddress.put(address, host);
        return address;
    }

    /** A host sends. */
    void send(Host sender, InetSocketAddress from, InetSocketAddress to, byte[] data) {
        Datagram datagram = new Datagram(world.nanoTime(), sender.name(), from, to, Bytes.wrap(data));
        if (attacker.isPresent() && !attacker.get().passes(datagram)) {
            tell(datagram, Fate.WITHHELD);
        } else {
            transmit(datagram, sender);
        }
    }

    private void transmit(Datagram datagram, @Nullable Host sender) {
        Host receiver = byAddress.get(datagram.to().getAddress());
        if (receiver == null) {
            tell(datagram, Fate.NOBODY_THERE);
            return;
        }
        if (receiver.equals(sender)) {
            var unused = world.schedule(0, () -> tell(datagram, receiver.receive(datagram)));
            return;
        }
        Route route = route(datagram.sender(), receiver);
        long leavesNs = world.nanoTime();
        if (datagram.packetBytes() > route.conditions.mtuBytes()) {
            tell(datagram, Fate.TOO_LARGE);
            return;
        }
        if (route.isCut) {
            tell(datagram, Fate.PARTITIONED);
            return;
        }
        if (sender != null) {
            leavesNs = sender.up().pass(leavesNs, datagram.packetBytes());
            if (leavesNs == Line.DROPPED) {
                tell(datagram, Fate.QUEUE_FULL);
                return;
            }
        }
        if (route.entropy.chance(route.conditions.loss())) {
            tell(datagram, Fate.LOST);
            return;
        }
        boolean twice = route.entropy.chance(route.conditions.duplicate());
        arriveAt(route.arrivalNs(leavesNs), datagram, receiver, Fate.DELIVERED);
        if (twice) {
            arriveAt(route.arrivalNs(leavesNs), datagram, receiver, Fate.DUPLICATED);
        }
    }

    private void arriveAt(long atNs, Datagram datagram, Host receiver, Fate ifDelivered) {
        var unused = world.schedule(atNs - world.nanoTime(), () -> arrive(datagram, receiver, ifDelivered));
    }

    private void arrive(Datagram datagram, Host receiver, Fate ifDelivered) {
        long nowNs = world.nanoTime();
        long throughNs = receiver.down().pass(nowNs, datagram.packetBytes());
        if (throughNs == Line.DROPPED) {
            tell(datagram, Fate.QUEUE_FULL);
        } else if (throughNs == nowNs) {
            deliver(datagram, receiver, ifDelivered);
        } else {
            var unused = world.schedule(throughNs - nowNs, () -> deliver(datagram, receiver, ifDelivered));
        }
    }

    private void deliver(Datagram datagram, Host receiver, Fate ifDelivered) {
        Fate fate = receiver.receive(datagram);
        tell(datagram, fate == Fate.DELIVERED ? ifDelivered : fate);
    }

    private Route route(String sender, Host receiver) {
        Route route = receiver.from(sender);
        if (route.isOutdated(edition)) {
            route.conditions = rules.reversed().stream()
                    .filter(rule -> rule.from.test(sender) && rule.to.test(receiver.name()))
                    .findFirst()
                    .map(Rule::conditions)
                    .orElse(Conditions.GOOD);
            route.isCut = partitions.stream().anyMatch(p -> p.cuts(sender, receiver.name()));
        }
        return route;
    }

    private void tell(Datagram datagram, Fate fate) {
        for (Wiretap wiretap : wiretaps) {
            wiretap.saw(world.nanoTime(), datagram, fate);
        }
    }

    private static InetAddress address(byte[] network, int number) {
        try {
            return InetAddress.getByAddress(
                    new byte[] {network[0], (byte) (network[1] + (number >>> 16)), (byte) (number >>> 8), (byte) number
                    });
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
