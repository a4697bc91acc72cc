package dev.tocsin.simulator.machine;

import dev.tocsin.sdk.Device;
import dev.tocsin.sdk.DeviceConfig;
import dev.tocsin.sdk.RaisedAlarm;
import dev.tocsin.sdk.coap.DtlsIdentity;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.journal.Limits;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.Place;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Entropy;
import dev.tocsin.sdk.session.CentreLink;
import dev.tocsin.sdk.session.Settings;
import dev.tocsin.sdk.testkit.MemoryStorage;
import dev.tocsin.simulator.centre.evidence.EvidenceStore;
import dev.tocsin.simulator.centre.evidence.MemoryEvidence;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.EntryType;
import dev.tocsin.simulator.centre.ledger.GroupCommit;
import dev.tocsin.simulator.centre.ledger.MemoryLedger;
import dev.tocsin.simulator.centre.registry.RegisteredDevice;
import dev.tocsin.simulator.centre.registry.Registry;
import dev.tocsin.simulator.lab.ThrowAwayAuthority;
import dev.tocsin.simulator.network.Host;
import dev.tocsin.simulator.network.TrafficDigest;
import dev.tocsin.simulator.network.VirtualNetwork;
import dev.tocsin.simulator.world.Seed;
import dev.tocsin.simulator.world.VirtualClock;
import dev.tocsin.simulator.world.World;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A world with some devices and centres, the real ones, and an observer of all that goes over the network. */
final class SmallCity implements AutoCloseable {

    /** How big it is, and how it speaks. */
    record Plan(long seed, int devices, List<String> centres, boolean secure, Duration heartbeat) {}

    /** A device that can be switched off. */
    static final class Unit {
        final Machine machine;

        @Nullable
        Device device;

        private MemoryStorage disk;

        private Unit(World world, Host host, DeviceConfig config) {
            this.disk = new MemoryStorage(world);
            this.machine = new Machine(world, host);
            machine.install(boot -> {
                disk = new MemoryStorage(boot.loop(), disk.contents());
                device = boot.runtime(folder -> disk).open(config);
            });
        }

        Device device() {
            if (device == null) {
                throw new IllegalStateException("not started yet");
            }
            return device;
        }
    }

    static final Instant START = Instant.parse("2027-03-01T00:00:00Z");

    /** Ten thousand times 2 MiB of nothing would not fit into a memory. */
    private static final Limits NO_BALLAST = new Limits(Limits.MAX_BYTES, 1 << 20, 0);

    final World world;
    final VirtualNetwork network;
    final TrafficDigest digest = new TrafficDigest();
    final Map<String, Machine> centres = new LinkedHashMap<>();
    private final Map<String, MemoryLedger> ledgers = new LinkedHashMap<>();
    private final Map<String, MemoryEvidence> evidence = new LinkedHashMap<>();
    final List<String> audit = new ArrayList<>();
    final Map<String, Unit> units = new LinkedHashMap<>();
    final List<String> failures = new ArrayList<>();
    private final Plan plan;
    private final Seed keys;
    private final ThrowAwayAuthority authority;
    private Registry registry = Registry.EMPTY;

    /** Builds it; all power is off. */
    SmallCity(Plan plan) throws GeneralSecurityException {
        this.plan = plan;
        this.world = World.open(new Seed(plan.seed), START);
        world.onFailure((machine, thrown) -> failures.add(machine + ": " + thrown));
        this.network = new VirtualNetwork(world);
        network.tap(digest);
        this.keys = world.seed().child("keys");
        this.authority = new ThrowAwayAuthority(new VirtualClock(world, keys), entropy("authority"));
        List<CentreLink> links = new ArrayList<>();
        for (String id : plan.centres) {
            links.add(centre(id));
        }
        Map<String, RegisteredDevice> devices = new LinkedHashMap<>();
        for (int i = 0; i < plan.devices; i++) {
            String id = "school-" + i / 20 + "/button-" + i % 20;
            devices.put(id, device(id, links));
        }
        registry = new Registry(Map.of(), devices);
    }

    private Entropy entropy(String name) {
        return keys.child(name).entropy();
    }

    private Optional<DtlsIdentity> identity(ThrowAwayAuthority.Issued issued) throws GeneralSecurityException {
        return Optional.of(DtlsIdentity.of(issued.certificate(), issued.key(), authority.certificate()));
    }

    private CentreLink centre(String id) throws GeneralSecurityException {
        Host host = network.host(id);
        Machine machine = new Machine(world, host);
        MemoryLedger ledger = new MemoryLedger(machine.clock());
        MemoryEvidence kept = new MemoryEvidence(machine.clock());
        evidence.put(id, kept);
        String receipts = Keys.generatePem(SignatureAlgorithm.ED25519, entropy(id + "/receipts"));
        String ip = host.address().getHostAddress();
        int port = plan.secure ? 5684 : 5683;
        CentreProgram.Config config = new CentreProgram.Config(
                dev.tocsin.simulator.centre.Settings.of(id),
                Keys.signer(receipts),
                () -> registry,
                plan.secure ? identity(authority.forCentre(id, ip, entropy(id + "/dtls"))) : Optional.empty(),
                port,
                List.of(),
                boot -> new GroupCommit(ledger, boot.loop(), () -> Duration.ofMillis(2)));
        machine.install(new CentreProgram(config, kept, audit::add));
        ledgers.put(id, ledger);
        centres.put(id, machine);
        return CentreLink.ofAllKinds(
                id,
                List.of((plan.secure ? "coaps://" : "coap://") + ip + ":" + port),
                List.of(Keys.verifier(Keys.publicPem(receipts))),
                true);
    }

    private RegisteredDevice device(String id, List<CentreLink> links) throws GeneralSecurityException {
        String key = Keys.generatePem(SignatureAlgorithm.ED25519, entropy(id + "/alarm"));
        DeviceConfig config = new DeviceConfig(
                new Settings(id, Place.UNKNOWN, List.of(), links, plan.heartbeat, NO_BALLAST, "test"),
                Keys.signer(key),
                plan.secure ? identity(authority.forDevice(id, entropy(id + "/dtls"))) : Optional.empty(),
                Path.of("journal"));
        units.put(id, new Unit(world, network.host(id), config));
        return new RegisteredDevice(
                id, Place.UNKNOWN, Keys.verifier(Keys.publicPem(key)), false, Optional.empty(), Set.of(), id);
    }

    /** Switches everything on, the devices evenly over a while. */
    void on(Duration over) {
        centres.values().forEach(Machine::on);
        long place = 0;
        for (Unit unit : units.values()) {
            var unused = world.schedule(over.toNanos() * ++place / units.size(), unit.machine::on);
        }
    }

    /** Every device raises an alarm, evenly over a while. */
    List<RaisedAlarm> raiseAll(Duration over) {
        List<RaisedAlarm> raised = new ArrayList<>();
        long place = 0;
        for (Unit unit : units.values()) {
            var unused = world.schedule(
                    over.toNanos() * ++place / units.size(),
                    () -> raised.add(unit.device().raise(AlarmKind.PANIC)));
        }
        return raised;
    }

    /** Alarms in a centre's ledger. */
    long alarmsAt(String centre) {
        return entries(centre).stream().filter(e -> e.type() == EntryType.ALARM).count();
    }

    /** The evidence that a centre has of an alarm. */
    List<EvidenceStore.Piece> evidenceAt(String centre, AlarmId alarm) {
        MemoryEvidence kept = evidence.get(centre);
        return kept == null ? List.of() : kept.of(alarm);
    }

    /** A centre's ledger. */
    List<Entry> entries(String centre) {
        MemoryLedger ledger = ledgers.get(centre);
        return ledger == null ? List.of() : ledger.entries(1, Integer.MAX_VALUE);
    }

    @Override
    public void close() {
        world.close();
    }
}
