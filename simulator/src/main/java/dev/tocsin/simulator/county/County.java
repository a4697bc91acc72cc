package dev.tocsin.simulator.county;

import dev.tocsin.firmware.app.FirmwareConfig;
import dev.tocsin.firmware.app.FirmwareConfig.Hardware;
import dev.tocsin.firmware.board.Annunciator;
import dev.tocsin.sdk.DeviceConfig;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.journal.Limits;
import dev.tocsin.sdk.model.Place;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.sdk.port.Verifier;
import dev.tocsin.sdk.session.CentreLink;
import dev.tocsin.sdk.session.Settings;
import dev.tocsin.simulator.centre.evidence.MemoryEvidence;
import dev.tocsin.simulator.centre.ledger.HeldNotice;
import dev.tocsin.simulator.centre.ledger.LedgerView;
import dev.tocsin.simulator.centre.registry.RegisteredDevice;
import dev.tocsin.simulator.centre.registry.Registry;
import dev.tocsin.simulator.check.Fate;
import dev.tocsin.simulator.check.Lapse;
import dev.tocsin.simulator.check.LedgerCopy;
import dev.tocsin.simulator.check.Witness;
import dev.tocsin.simulator.lab.ThrowAwayAuthority;
import dev.tocsin.simulator.machine.CentreProgram;
import dev.tocsin.simulator.network.Conditions;
import dev.tocsin.simulator.network.Host;
import dev.tocsin.simulator.network.TrafficDigest;
import dev.tocsin.simulator.network.VirtualNetwork;
import dev.tocsin.simulator.network.Wiretap;
import dev.tocsin.simulator.world.Seed;
import dev.tocsin.simulator.world.SeededEntropy;
import dev.tocsin.simulator.world.VirtualClock;
import dev.tocsin.simulator.world.World;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A county that plays its plan: real firmware, real centres, everything under them virtual. Built, played and closed on one
 * thread. {@link dev.tocsin.simulator.world.jvm.Determinism#install} must have been called before.
 */
public final class County implements AutoCloseable {

    /** The journal of a device, without ballast: a virtual disk is full when a scenario says so. */
    private static final Limits JOURNAL = new Limits(Limits.MAX_BYTES, 1 << 20, 0);

    private static final String SOFTWARE = "tocsin-firmware/virtual";

    private final CountyPlan plan;
    private final Duration betweenBoots;
    private final World world;
    private final VirtualNetwork network;
    private final Chronicle chronicle = new Chronicle();
    private final Races races;
    private final TrafficDigest traffic = new TrafficDigest();
    private final Eyewitness eyewitness;
    private final Seed keys;
    private final Certificates certificates;
    private final Kits kits;
    private final Map<String, CentreHouse> centres = new LinkedHashMap<>();
    private final Map<String, FieldDevice> fielded = new LinkedHashMap<>();
    private final Map<String, Verifier> alarmKeys = new LinkedHashMap<>();
    private final Map<String, Verifier> centreKeys = new LinkedHashMap<>();
    private final Map<String, CountyPlan.Link> lines = new LinkedHashMap<>();
    private final Optional<Gang> gang;
    private final long startNs;
    private Registry registry = Registry.EMPTY;

    /**
     * Builds it; all power is off.
     *
     * @param lead how long before the scenario's start the first device gets its power
     * @param betweenBoots from one device's power to the next one's
     */
    public County(CountyPlan plan, Duration lead, Duration betweenBoots) {
        WarmUp.ofThisThread();
        this.plan = plan;
        this.kits = new Kits(plan.sensing());
        this.betweenBoots = betweenBoots;
        this.world = World.open(
                new Seed(plan.seed()).child(plan.code()), plan.start().minus(lead));
        this.startNs = world.nanoTime() + lead.toNanos();
        world.onFailure(chronicle::failure);
        this.races = new Races(world, chronicle);
        plan.links().forEach(link -> lines.put(link.host(), link));
        this.network = new VirtualNetwork(world);
        network.conditions(plan.weather());
        network.tap(traffic);
        this.eyewitness = new Eyewitness(plan.secure(), offlineAfter().toNanos(), chronicle);
        network.tap(eyewitness);
        this.keys = world.seed().child("keys");
        this.certificates = new Certificates(plan, world, network, keys, chronicle);
        this.gang = Gang.isWanted(plan)
                ? Optional.of(new Gang(
                        world,
                        network,
                        chronicle,
                        plan,
                        plan.secure() ? CentreHouse.SECURE_PORT : CentreHouse.PLAIN_PORT))
                : Optional.empty();
        try {
            build();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("keys and certificates made here do not fit", e);
        }
    }

    private void build() throws GeneralSecurityException {
        CentreDirectory directory = new CentreDirectory(plan, network, this::entropy);
        List<CentreLink> links = new ArrayList<>();
        for (String id : plan.centres()) {
            links.add(centre(id, directory));
            centreKeys.put(id, directory.key(id));
        }
        Map<String, RegisteredDevice> registered = new LinkedHashMap<>();
        for (String id : plan.devices()) {
            registered.put(id, device(id, links));
        }
        if (gang.isPresent()) {
            registered.put(Thief.STOLEN, gather(gang.get(), directory));
        }
        registry = new Registry(Map.of(plan.code(), plan.code()), registered);
    }

    /** Makes attackers of a scenario that has some; the device that one of them stole is in the registry, revoked. */
    private RegisteredDevice gather(Gang attackers, CentreDirectory directory) throws GeneralSecurityException {
        Keys.Pair key = Keys.generate(plan.signatures(), entropy("stolen/alarm"));
        attackers.thief(certificates.device(Thief.STOLEN, "stolen"), key.signer());
        ThrowAwayAuthority own = new ThrowAwayAuthority(new VirtualClock(world, keys), entropy("gang/authority"));
        for (String id : plan.centres()) {
            Host host = directory.host(id);
            String address = host.address().getHostAddress();
            Signer signer = directory.signer(id);
            attackers.mark(
                    new Gang.Mark(id, directory.addresses(id).getFirst(), host, CentreDirectory.takesDrills(id)));
            if (plan.secure()) {
                ThrowAwayAuthority.Issued selfMade = own.forCentre(id, address, entropy(id + "/self-made"));
                attackers.falseCentre(
                        "self-made-" + id, id, certificates.selfMade(selfMade), signer.keyId(), Optional.empty());
            }
            attackers.falseCentre(
                    "false-" + id,
                    id,
                    certificates.centre(id, host, id + "/stolen"),
                    signer.keyId(),
                    CentreDirectory.takesDrills(id) ? Optional.empty() : Optional.of(signer));
        }
        Place place = new Place(plan.code(), "stolen", "", "", Thief.STOLEN, Optional.empty());
        return new RegisteredDevice(
                Thief.STOLEN, place, key.verifier(), true, Optional.empty(), Set.of(), Thief.STOLEN);
    }

    private Signer copied(String name, Signer signer) {
        return gang.map(g -> g.copied(name, signer)).orElse(signer);
    }

    private CentreLink centre(String id, CentreDirectory directory) throws GeneralSecurityException {
        Host host = directory.host(id);
        Optional.ofNullable(lines.get(id)).ifPresent(line -> lines(host, line));
        CentreHouse centre = new CentreHouse(
                world,
                host,
                races,
                plan.upkeep().entriesPerSecond(),
                startedNs -> eyewitness.centreBoots(id, startedNs));
        eyewitness.centre(
                id,
                Stream.concat(Stream.of(host), directory.backups(id).stream()).toList());
        centre.receiptKey(directory.signer(id).keyId());
        Signer signer = copied(id, directory.signer(id));
        MemoryEvidence evidence = new MemoryEvidence(centre.machine().clock());
        centre.runs(() -> new CentreProgram(
                new CentreProgram.Config(
                        directory.settings(id),
                        signer,
                        () -> registry,
                        certificates.centre(id, host, id + "/dtls"),
                        directory.port(),
                        directory.backups(id),
                        centre::open),
                evidence,
                line -> {}));
        centres.put(id, centre);
        return CentreLink.ofAllKinds(
                id, directory.addresses(id), List.of(directory.key(id)), CentreDirectory.takesDrills(id));
    }

    private RegisteredDevice device(String id, List<CentreLink> links) throws GeneralSecurityException {
        Keys.Pair key = Keys.generate(plan.signatures(), entropy(id + "/alarm"));
        Verifier verifier = key.verifier();
        Optional<FieldDevice.Papers> papers = certificates.papers(id);
        Place place = new Place(plan.code(), school(id), "", "", id, Optional.empty());
        DeviceConfig device = new DeviceConfig(
                new Settings(id, place, List.of(), links, plan.heartbeat(), JOURNAL, SOFTWARE, plan.timing()),
                copied(id, key.signer()),
                papers.isPresent() ? Optional.empty() : certificates.device(id, id),
                Path.of("journal"));
        Optional<SensorKit> kit = kits.of(id);
        FirmwareConfig config = new FirmwareConfig(
                device, kits.profile(kit), Hardware.DESK, Annunciator.Profile.AUDIBLE, Kits.config(kit));
        Host host = network.host(id);
        Optional<CountyPlan.Link> link = Optional.ofNullable(lines.get(id));
        link.map(CountyPlan.Link::natIdle).orElse(plan.nat()).ifPresent(host::behindNat);
        link.ifPresent(l -> {
            lines(host, l);
            network.conditions(host.name()::equals, any -> true, l.conditions());
            network.conditions(any -> true, host.name()::equals, l.conditions());
        });
        fielded.put(id, new FieldDevice(world, host, config, papers, kit, chronicle, eyewitness));
        alarmKeys.put(id, verifier);
        return new RegisteredDevice(id, place, verifier, false, Optional.empty(), Set.of(), id);
    }

    private Conditions usual(String device) {
        return Optional.ofNullable(lines.get(device))
                .map(CountyPlan.Link::conditions)
                .orElse(plan.weather());
    }

    private static void lines(Host host, CountyPlan.Link link) {
        host.uplink(link.up());
        host.downlink(link.down());
    }

    private static String school(String id) {
        int slash = id.lastIndexOf('/');
        return slash < 0 ? "" : id.substring(0, slash);
    }

    private SeededEntropy entropy(String name) {
        return keys.child(name).entropy();
    }

    /** How a county that is playing stands. */
    public record Standing(Duration played, Duration of, int alarms, long datagrams) {}

    /** Is told how it stands, now and then. */
    public interface Watcher {
        /** So far it has come; false stops it. */
        boolean stands(Standing standing);
    }

    /**
     * Plays the whole plan, or until the watcher stops it.
     *
     * @return whether it was played to its end
     */
    public boolean play(Watcher watcher) {
        centres.values().forEach(centre -> centre.machine().on());
        certificates.office().ifPresent(office -> office.machine().on());
        gang.ifPresent(Gang::on);
        long place = 0;
        for (FieldDevice device : fielded.values()) {
            var unused = world.schedule(betweenBoots.toNanos() * place++, device::on);
        }
        Stage stage = new Stage(world, startNs, fielded, chronicle);
        stage.hands(plan.moves());
        plan.sensing().signals().forEach(stage::signal);
        Troubles troubles = new Troubles(world, network, this::usual, fielded, centres, plan, gang, chronicle);
        plan.troubles().forEach(planned -> {
            var unused = world.schedule(
                    startNs + planned.atNs() - world.nanoTime(), () -> troubles.happen(planned.trouble()));
        });
        Officers officers = new Officers(world, startNs, centres, chronicle);
        plan.drills().forEach(officers::order);
        plan.acceptances().forEach(officers::accept);
        long endNs = startNs
                + Math.max(plan.duration().toNanos(), lastHealedNs())
                + plan.settle().toNanos();
        Duration whole = Duration.ofNanos(endNs - world.nanoTime());
        Duration slice = whole.dividedBy(200).compareTo(Duration.ofSeconds(1)) < 0
                ? Duration.ofSeconds(1)
                : whole.dividedBy(200);
        BooleanSupplier never = () -> false;
        while (world.nanoTime() < endNs) {
            Duration left = Duration.ofNanos(endNs - world.nanoTime());
            var unused = world.runUntil(never, left.compareTo(slice) < 0 ? left : slice);
            Standing standing =
                    new Standing(world.elapsed(), whole, chronicle.claims().size(), traffic.datagrams());
            if (!watcher.stands(standing)) {
                eyewitness.end(world.nanoTime());
                return false;
            }
        }
        eyewitness.end(world.nanoTime());
        eyewitness.exercised().forEach(chronicle::exercised);
        notices().values().forEach(held -> held.forEach(notice -> chronicle.exercised("drill-noticed")));
        races.conclude();
        return true;
    }

    /** A centre's supervision time for this county's devices. */
    private Duration offlineAfter() {
        return dev.tocsin.simulator.centre.Settings.of("any").offlineAfter(plan.heartbeat());
    }

    private long lastHealedNs() {
        return plan.troubles().stream()
                .mapToLong(t -> t.atNs() + t.trouble().lasts().toNanos())
                .max()
                .orElse(0);
    }

    VirtualNetwork network() {
        return network;
    }

    /** One of its centres' ledgers. */
    LedgerView ledger(String centre) {
        return Optional.ofNullable(centres.get(centre))
                .orElseThrow(() -> new IllegalArgumentException("no centre " + centre))
                .ledger();
    }

    /** Shows every datagram to this one, too. */
    public void tap(Wiretap wiretap) {
        network.tap(wiretap);
    }

    /** What was seen. */
    public Chronicle chronicle() {
        return chronicle;
    }

    /** What only somebody saw who stands outside. To be asked when it has been played. */
    public Witness witness() {
        List<Witness.Notice> told = new ArrayList<>();
        notices()
                .forEach((centre, held) -> held.stream()
                        .filter(n -> Optional.ofNullable(
                                        centreKeys.get(n.notice().centre()))
                                .filter(n.envelope()::isSignedBy)
                                .isPresent())
                        .forEach(n -> told.add(new Witness.Notice(
                                centre, n.notice().order(), n.notice().over()))));
        return Testimony.of(plan, startNs, world, chronicle, eyewitness, told, offlineAfter());
    }

    /** What the centres hold, read with the observer's own keys. */
    public List<LedgerCopy> ledgers() {
        List<LedgerCopy> copies = new ArrayList<>();
        centres.forEach((id, centre) -> copies.add(LedgerCopy.read(id, centre.ledger(), alarmKeys)));
        return copies;
    }

    /**
     * Which devices had power with a lapsed certificate, by the authority's books and the ledgers.
     *
     * @param presses in order of time
     */
    public List<Lapse> lapses(List<LedgerCopy> ledgers, List<Fate> presses) {
        return certificates
                .office()
                .map(office -> Holidays.of(office.issued(), chronicle, world, ledgers, presses))
                .orElse(List.of());
    }

    /** The notices of drills that each centre's ledger holds, in its order. */
    public Map<String, List<HeldNotice>> notices() {
        Map<String, List<HeldNotice>> notices = new LinkedHashMap<>();
        centres.forEach((id, centre) -> notices.put(
                id,
                centre.ledger().drills(Long.MAX_VALUE, Integer.MAX_VALUE).reversed().stream()
                        .flatMap(entry -> HeldNotice.of(entry).stream())
                        .toList()));
        return notices;
    }

    /** What verifies the receipts and notices of each centre. */
    public Map<String, Verifier> centreKeys() {
        return Collections.unmodifiableMap(centreKeys);
    }

    /** When the scenario started, the world's nanoseconds. */
    public long startNs() {
        return startNs;
    }

    /** Time that has passed since the scenario started. */
    public Duration played() {
        return Duration.ofNanos(Math.max(0, world.nanoTime() - startNs));
    }

    /** Datagrams so far, each copy counted. */
    public long datagrams() {
        return traffic.datagrams();
    }

    /** SHA-256 over all that must come out the same: every datagram and its fate, every ledger entry, every lamp. */
    public String digest() {
        CountyDigest digest = new CountyDigest();
        digest.add(plan.code()).add(traffic.hex());
        chronicle.lamps().forEach(lamp -> digest.add(lamp.atNs() + " " + lamp.device() + " " + lamp.shows()));
        centres.forEach((id, centre) ->
                digest.add(id + " " + centre.ledger().head().hash().hex()));
        return digest.hex();
    }

    @Override
    public void close() {
        world.close();
    }
}
