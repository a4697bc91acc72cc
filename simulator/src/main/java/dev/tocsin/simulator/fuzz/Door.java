package dev.tocsin.simulator.fuzz;

import dev.tocsin.sdk.coap.DtlsIdentity;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.simulator.centre.Settings;
import dev.tocsin.simulator.centre.evidence.MemoryEvidence;
import dev.tocsin.simulator.centre.ledger.GroupCommit;
import dev.tocsin.simulator.centre.ledger.MemoryLedger;
import dev.tocsin.simulator.centre.registry.Registry;
import dev.tocsin.simulator.fuzz.FuzzTarget.Feeding;
import dev.tocsin.simulator.lab.ThrowAwayAuthority;
import dev.tocsin.simulator.machine.CentreProgram;
import dev.tocsin.simulator.machine.Machine;
import dev.tocsin.simulator.network.Host;
import dev.tocsin.simulator.network.VirtualNetwork;
import dev.tocsin.simulator.world.Seed;
import dev.tocsin.simulator.world.World;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A centre in a virtual world, Californium and Scandium with it, that knows no device: a stranger sends it each input as a
 * datagram. Nothing of a stranger's may come into its ledger, and it must live on.
 */
final class Door implements Feeding {

    private static final int PORT = 5684;
    private static final Duration COMMIT = Duration.ofMillis(2);

    /** Long enough that what an exchange leaves behind is gone a few hundred inputs later (RFC 7252, 4.8.2: 247 s). */
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final World world = World.open(new Seed(1), Instant.parse("2027-03-01T00:00:00Z"));
    private final VirtualNetwork network = new VirtualNetwork(world);
    private final MemoryLedger ledger;
    private final InetSocketAddress centre;
    private final InetAddress stranger;
    private int port = 1024;

    private Door(boolean isSecure) {
        Host host = network.host("centre");
        Machine machine = new Machine(world, host);
        stranger = network.host("stranger").address();
        centre = new InetSocketAddress(host.address(), PORT);
        ledger = new MemoryLedger(machine.clock());
        Seed chance = world.seed().child("keys");
        try {
            Keys.Pair key = Keys.generate(SignatureAlgorithm.ED25519, chance.entropy());
            machine.install(new CentreProgram(
                    new CentreProgram.Config(
                            Settings.of("police"),
                            key.signer(),
                            () -> Registry.EMPTY,
                            isSecure ? Optional.of(identity(machine, host, chance)) : Optional.empty(),
                            PORT,
                            List.of(),
                            boot -> new GroupCommit(ledger, boot.loop(), () -> COMMIT)),
                    new MemoryEvidence(machine.clock()),
                    line -> {}));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        machine.on();
        world.run(BETWEEN);
    }

    static Door plain() {
        return new Door(false);
    }

    static Door secure() {
        return new Door(true);
    }

    private static DtlsIdentity identity(Machine machine, Host host, Seed chance) throws GeneralSecurityException {
        ThrowAwayAuthority authority = new ThrowAwayAuthority(
                machine.clock(), chance.child("authority").entropy());
        ThrowAwayAuthority.Issued issued = authority.forCentre(
                "police",
                host.address().getHostAddress(),
                chance.child("police").entropy());
        return DtlsIdentity.of(issued.certificate(), issued.key(), authority.certificate());
    }

    @Override
    public void close() {
        world.close();
    }

    @Override
    public void feed(byte[] input) {
        port = port < 65_535 ? port + 1 : 1024;
        network.inject(new InetSocketAddress(stranger, port), centre, Bytes.copyOf(input));
        world.run(BETWEEN);
        if (ledger.head().number() != 0) {
            throw new AssertionError("a stranger's datagram is in the ledger");
        }
    }
}
