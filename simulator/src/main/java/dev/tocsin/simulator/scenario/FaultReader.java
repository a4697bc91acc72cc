package dev.tocsin.simulator.scenario;

import dev.tocsin.sdk.config.TomlTable;
import dev.tocsin.simulator.scenario.value.Share;
import dev.tocsin.simulator.yaml.Position;
import dev.tocsin.simulator.yaml.YamlMap;
import dev.tocsin.simulator.yaml.YamlValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one of {@code faults}. */
final class FaultReader {

    private static final List<String> OF_DEVICES = AilmentReader.KINDS;
    private static final List<String> OF_CENTRES = List.of("kill", "slow", "ledger", "failover", "new-certificate");
    /** Stands for a moment that could not be read; no file can say this. */
    private static final Occurrence SOMETIME = new Occurrence.Anywhere(0);

    private static final String PARTITION = "partition";
    private static final String WEATHER = "weather";
    private static final List<String> DEEDS =
            List.of("replay", "forge", "flood", "tamper", "thief", "impostor", "overload");
    private static final String ATTACKER = "attacker";

    private final Fleet fleet;
    private final Network network;
    private final Set<String> stimuli;
    private final TimingReader timing;

    FaultReader(Fleet fleet, Network network, Set<String> stimuli, TimingReader timing) {
        this.fleet = fleet;
        this.network = network;
        this.stimuli = stimuli;
        this.timing = timing;
    }

    Optional<Fault> read(YamlValue value) {
        return value.map().flatMap(this::read);
    }

    private Optional<Fault> read(YamlMap map) {
        List<String> kinds = new ArrayList<>(OF_DEVICES);
        kinds.addAll(OF_CENTRES);
        kinds.addAll(List.of(PARTITION, WEATHER, ATTACKER));
        List<String> given = kinds.stream().filter(map::has).toList();
        Optional<Occurrence> when = timing.occurrence(map, stimuli);
        if (given.size() != 1) {
            map.problem(
                    given.isEmpty() ? "" : given.get(1),
                    given.isEmpty() ? "nothing goes wrong in this fault" : "two things go wrong in one fault",
                    given.isEmpty() ? "one of " + String.join(", ", kinds) : "write two faults");
            List.of("device", "sample", "centre").forEach(map::has);
            map.finish();
            return Optional.empty();
        }
        misplaced(map, given.getFirst());
        // what is read tells all its mistakes, even if nobody knows when it happens
        Optional<Fault> fault = fault(map, given.getFirst(), when.orElse(SOMETIME));
        map.finish();
        return when.isEmpty() ? Optional.empty() : fault;
    }

    /** Keys that are right in other faults. */
    private static void misplaced(YamlMap map, String kind) {
        if (!OF_CENTRES.contains(kind) && map.has("centre")) {
            map.problem("centre", kind + " befalls no centre", "a centre has " + String.join(", ", OF_CENTRES));
        }
        if (!OF_DEVICES.contains(kind) && map.has("device")) {
            map.problem(
                    "device",
                    kind + " befalls no single device",
                    kind.equals(WEATHER)
                            ? "weather: {devices: \"school-*\", …}"
                            : "a device has " + String.join(", ", OF_DEVICES));
        }
    }

    private Optional<Fault> fault(YamlMap map, String kind, Occurrence when) {
        YamlValue value = map.value(kind).orElseThrow();
        if (OF_DEVICES.contains(kind)) {
            return ofDevices(map, kind, value, when);
        }
        return switch (kind) {
            case PARTITION -> value.map().flatMap(m -> partition(map.position(), m, when));
            case WEATHER -> {
                Share sample = Values.sample(map);
                yield value.map().flatMap(m -> weather(map.position(), m, when, sample));
            }
            case ATTACKER -> value.map().flatMap(m -> attack(map.position(), m, when));
            default -> ofCentre(map, kind, value, when);
        };
    }

    private Optional<Fault> ofDevices(YamlMap map, String kind, YamlValue value, Occurrence when) {
        Optional<Selector> devices = map.value("device").flatMap(Values::selector);
        Share sample = Values.sample(map);
        boolean reached = when.equals(SOMETIME)
                || (when instanceof Occurrence.At(var moment)
                        && moment.stimulus().isPresent());
        if (!map.has("device") && !reached) {
            map.problem(kind, "nobody says at which device", "add device: \"school-*\", or a moment like at: A1+40ms");
        }
        if (kind.equals(AilmentReader.NAT_REBIND)
                && network.usual().natIdle().isEmpty()
                && network.others().stream().allMatch(o -> o.link().natIdle().isEmpty())) {
            map.problem(kind, "no device is behind a NAT", "add nat: {idle: 30s} to network.default");
        }
        if (kind.equals(AilmentReader.CERTIFICATE) && !fleet.secure()) {
            map.problem(kind, "over a plain channel nobody shows a certificate", "channel: dtls in fleet");
        }
        return AilmentReader.read(kind, value)
                .map(ailment -> new Fault.OfDevices(map.position(), when, devices, sample, ailment));
    }

    private Optional<Fault> ofCentre(YamlMap map, String kind, YamlValue value, Occurrence when) {
        Optional<End.Centre> centre = map.required("centre", "centre: police").flatMap(v -> centre(v, fleet));
        if (kind.equals("failover")
                && centre.isPresent()
                && !fleet.backups().contains(centre.get().id())) {
            map.problem(kind, centre.get().id() + " has no second address", "add backup: [police] to fleet");
        }
        if (kind.equals("new-certificate") && fleet.certificateLife().isEmpty()) {
            map.problem(kind, "new-certificate wants an authority", "add certificate-life: 60d to fleet");
        }
        Optional<Fault.Outage> outage = value.map().map(m -> outage(kind, m));
        return centre.isEmpty() || outage.isEmpty()
                ? Optional.empty()
                : Optional.of(new Fault.OfCentre(map.position(), when, centre.get(), outage.get()));
    }

    private static Fault.Outage outage(String kind, YamlMap map) {
        Duration lasts = Values.lasts(map);
        Fault.Outage outage = switch (kind) {
            case "slow" ->
                new Fault.Slow(
                        map.required("by", "by: 800ms").flatMap(Values::lasting).orElse(Duration.ZERO), lasts);
            case "ledger" -> {
                map.required("fails", "fails: true").ifPresent(v -> v.mustBe("true"));
                yield new Fault.LedgerFails(lasts);
            }
            case "failover" -> new Fault.FailedOver(lasts);
            case "new-certificate" -> new Fault.NewCertificate(lasts);
            default -> new Fault.Killed(lasts);
        };
        map.finish();
        return outage;
    }

    private Optional<Fault> partition(Position position, YamlMap map, Occurrence when) {
        Optional<End> from = map.required("from", "from: \"school-*\"").flatMap(this::end);
        Optional<End> to = map.required("to", "to: police").flatMap(this::end);
        boolean both = Values.isTrue(map, "both");
        Duration lasts = Values.lasts(map);
        map.finish();
        return from.isEmpty() || to.isEmpty()
                ? Optional.empty()
                : Optional.of(new Fault.Partition(position, when, from.get(), to.get(), lasts, both));
    }

    private static Optional<Fault> weather(Position position, YamlMap map, Occurrence when, Share sample) {
        Selector devices = map.value("devices").flatMap(Values::selector).orElse(Selector.ALL);
        Link link = NetworkReader.conditions(map);
        Duration lasts = Values.lasts(map);
        map.finish();
        if (link.equals(Link.UNSAID)) {
            map.problem("", "a weather in which nothing is otherwise", "loss: 20%, latency: 400ms");
        }
        return Optional.of(new Fault.Weather(position, when, devices, sample, link, lasts));
    }

    private static Optional<Fault> attack(Position position, YamlMap map, Occurrence when) {
        boolean idle = DEEDS.stream().noneMatch(map::has);
        List<Fault.Deed> deeds = new ArrayList<>();
        part(map, "replay").ifPresent(p -> deeds.add(new Fault.Deed(Fault.Deed.Kind.REPLAY, p)));
        number(map, "forge").ifPresent(n -> deeds.add(new Fault.Deed(Fault.Deed.Kind.FORGE, n)));
        number(map, "flood").ifPresent(n -> deeds.add(new Fault.Deed(Fault.Deed.Kind.FLOOD, n)));
        part(map, "tamper").ifPresent(p -> deeds.add(new Fault.Deed(Fault.Deed.Kind.TAMPER, p)));
        number(map, "thief").ifPresent(n -> deeds.add(new Fault.Deed(Fault.Deed.Kind.THIEF, n)));
        part(map, "impostor").ifPresent(p -> deeds.add(new Fault.Deed(Fault.Deed.Kind.IMPOSTOR, p)));
        number(map, "overload").ifPresent(n -> deeds.add(new Fault.Deed(Fault.Deed.Kind.OVERLOAD, n)));
        Duration lasts = Values.lasts(map);
        map.finish();
        if (idle) {
            map.problem(
                    "",
                    "an attacker who does nothing",
                    "replay: 20%, forge: 10, flood: 200, tamper: 1%, thief: 60, impostor: 80% or overload: 400");
        }
        return Optional.of(new Fault.Attack(position, when, deeds, lasts));
    }

    private static Optional<Double> part(YamlMap map, String key) {
        return map.value(key).flatMap(Values::share).map(Share::part);
    }

    private static Optional<Double> number(YamlMap map, String key) {
        return map.value(key).flatMap(v -> v.integer(1, 100_000)).map(Long::doubleValue);
    }

    private Optional<End> end(YamlValue value) {
        if (!value.isList()) {
            Optional<String> text = value.text();
            if (text.isPresent() && text.get().equals(ATTACKER)) {
                return Optional.of(new End.Attacker());
            }
            Optional<End.Centre> centre = text.flatMap(t -> centre(t, fleet));
            if (centre.isPresent()) {
                return centre.map(c -> c);
            }
        }
        return Values.selector(value).map(End.Devices::new);
    }

    /** A centre of every county, {@code police}, or of one, {@code 530902/police}. */
    static Optional<End.Centre> centre(YamlValue value, Fleet fleet) {
        return value.text().flatMap(text -> {
            Optional<End.Centre> centre = centre(text, fleet);
            return centre.isPresent()
                    ? centre
                    : value.wrong("is no centre of the fleet: " + text, TomlTable.hintFor(text, fleet.centres()));
        });
    }

    private static Optional<End.Centre> centre(String text, Fleet fleet) {
        int slash = text.indexOf('/');
        Optional<String> county = slash < 0 ? Optional.empty() : Optional.of(text.substring(0, slash));
        String id = text.substring(slash + 1);
        boolean known = (fleet.centres().contains(id) || (fleet.centres().isEmpty() && slash < 0))
                && county.map(fleet.counties()::contains).orElse(true);
        return known ? Optional.of(new End.Centre(county, id)) : Optional.empty();
    }
}
