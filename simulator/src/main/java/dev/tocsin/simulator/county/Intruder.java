package dev.tocsin.simulator.county;

import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.simulator.network.Attacker;
import dev.tocsin.simulator.network.Datagram;
import dev.tocsin.simulator.network.Host;
import dev.tocsin.simulator.network.VirtualNetwork;
import dev.tocsin.simulator.world.SeededEntropy;
import dev.tocsin.simulator.world.World;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Somebody in the middle of the network, who sees all datagrams, sends them again, changes them and makes some up. */
final class Intruder implements Attacker {

    /** Longest time after which something is sent again: devices have rebooted, and centres too. */
    private static final long MAX_REPLAY_NS = 600_000_000_000L;

    /** Datagrams that he keeps to make up others from. */
    private static final int MAX_SEEN = 64;

    private static final int RUBBISH_BYTES = 300;

    private final World world;
    private final VirtualNetwork network;
    private final Map<String, CentreHouse> centres;
    private final boolean secure;
    private final Impostor impostor;
    private final Chronicle chronicle;
    private final Optional<Gang> gang;
    private final SeededEntropy entropy;
    private final List<Datagram> seen = new ArrayList<>();
    private double replaying;
    private double tampering;
    private int forgeries;

    /**
     * @param plan says whether what passes is DTLS: then all that can be made up is bytes
     * @param gang who has machines of his own
     */
    Intruder(
            World world,
            VirtualNetwork network,
            Map<String, CentreHouse> centres,
            CountyPlan plan,
            Optional<Gang> gang,
            Chronicle chronicle) {
        this.gang = gang;
        this.world = world;
        this.network = network;
        this.centres = new LinkedHashMap<>(centres);
        this.secure = plan.secure();
        this.chronicle = chronicle;
        this.entropy = world.seed().child("intruder").entropy();
        this.impostor =
                new Impostor(plan.signatures(), world.seed().child("impostor").entropy());
    }

    void attack(Trouble.Attack attack) {
        network.attacker(Optional.of(this));
        switch (attack.deed()) {
            case REPLAY -> {
                replaying = attack.amount();
                later(attack, () -> replaying = 0);
            }
            case TAMPER -> {
                tampering = attack.amount();
                later(attack, () -> tampering = 0);
            }
            case THIEF, IMPOSTOR, OVERLOAD -> gang.ifPresent(g -> g.attack(attack));
            case FLOOD -> flood(attack, world.nanoTime() + attack.lasts().toNanos());
            case FORGE -> {
                if (secure) {
                    forge(attack);
                } else {
                    forgeries = (int) attack.amount();
                    later(attack, () -> forgeries = 0);
                }
            }
        }
    }

    @Override
    public boolean passes(Datagram datagram) {
        if (gang.isPresent()) {
            if (gang.get().diverts(datagram)) {
                return false;
            }
            if (gang.get().isOurs(datagram)) {
                return true;
            }
        }
        if (seen.size() < MAX_SEEN) {
            seen.add(datagram);
        } else {
            seen.set((int) entropy.below(MAX_SEEN), datagram);
        }
        if (entropy.chance(replaying)) {
            var unused = world.schedule(entropy.below(MAX_REPLAY_NS), () -> {
                chronicle.exercised("replayed-datagram");
                network.inject(datagram.from(), datagram.to(), datagram.data());
            });
        }
        if (forgeries > 0 && impersonates(datagram)) {
            return false;
        }
        if (entropy.chance(tampering)) {
            chronicle.exercised("tampered-datagram");
            network.inject(datagram.from(), datagram.to(), flipped(datagram.data()));
            return false;
        }
        return true;
    }

    /** Answers an alarm in its centre's name, and keeps it; or lets it pass with another one of his own behind it. */
    private boolean impersonates(Datagram datagram) {
        Optional<SignedEnvelope> alarm = impostor.alarm(datagram.data());
        Optional<Map.Entry<String, CentreHouse>> centre = centres.entrySet().stream()
                .filter(c -> c.getValue().host().address().equals(datagram.to().getAddress()))
                .findFirst();
        if (alarm.isEmpty() || centre.isEmpty()) {
            return false;
        }
        forgeries--;
        if (entropy.chance(0.5)) {
            chronicle.exercised("forged-receipt");
            Bytes receipt = impostor.receipt(
                    datagram.data(),
                    alarm.get(),
                    centre.get().getKey(),
                    centre.get().getValue().receiptKey(),
                    world.now());
            network.inject(datagram.to(), datagram.from(), receipt);
            return true;
        }
        chronicle.exercised("forged-alarm");
        network.inject(datagram.from(), datagram.to(), impostor.alarm(datagram.data(), alarm.get()));
        return false;
    }

    private Bytes flipped(Bytes data) {
        byte[] bytes = data.toArray();
        bytes[(int) entropy.below(bytes.length)] ^= (byte) (1 << entropy.below(Byte.SIZE));
        return Bytes.wrap(bytes);
    }

    private void flood(Trouble.Attack attack, long untilNs) {
        if (world.nanoTime() >= untilNs) {
            return;
        }
        for (CentreHouse house : centres.values()) {
            Host centre = house.host();
            byte[] rubbish = new byte[1 + (int) entropy.below(RUBBISH_BYTES)];
            entropy.fill(rubbish);
            chronicle.exercised("flood-datagram");
            network.inject(stranger(), door(centre), Bytes.wrap(rubbish));
        }
        var unused = world.schedule((long) (1e9 / attack.amount()), () -> flood(attack, untilNs));
    }

    /** What he has seen, with some other bytes in it and another's address on it: alarms and receipts of nobody. */
    private void forge(Trouble.Attack attack) {
        long gapNs = attack.lasts().toNanos() / Math.max(1, (long) attack.amount());
        for (int i = 0; i < (int) attack.amount(); i++) {
            var unused = world.schedule(gapNs * i, () -> {
                if (seen.isEmpty()) {
                    return;
                }
                Datagram model = seen.get((int) entropy.below(seen.size()));
                Datagram other = seen.get((int) entropy.below(seen.size()));
                byte[] bytes = model.data().toArray();
                int from = (int) entropy.below(bytes.length);
                byte[] filling = new byte[bytes.length - from];
                entropy.fill(filling);
                System.arraycopy(filling, 0, bytes, from, filling.length);
                chronicle.exercised("forged-datagram");
                network.inject(other.from(), model.to(), Bytes.wrap(bytes));
            });
        }
    }

    private InetSocketAddress stranger() {
        return new InetSocketAddress(
                centres.values().iterator().next().host().address(), 1 + (int) entropy.below(65_000));
    }

    private InetSocketAddress door(Host centre) {
        return new InetSocketAddress(centre.address(), secure ? CentreHouse.SECURE_PORT : CentreHouse.PLAIN_PORT);
    }

    private void later(Trouble.Attack attack, Runnable end) {
        var unused = world.schedule(attack.lasts().toNanos(), end);
    }
}
