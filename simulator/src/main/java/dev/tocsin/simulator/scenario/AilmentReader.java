package dev.tocsin.simulator.scenario;

import dev.tocsin.simulator.scenario.value.ByteSize;
import dev.tocsin.simulator.scenario.value.Drift;
import dev.tocsin.simulator.scenario.value.Offset;
import dev.tocsin.simulator.storage.PowerCut;
import dev.tocsin.simulator.yaml.YamlMap;
import dev.tocsin.simulator.yaml.YamlValue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a device has. */
final class AilmentReader {

    static final String NAT_REBIND = "nat-rebind";
    static final String CERTIFICATE = "certificate";
    static final List<String> KINDS = List.of("power-cut", "disk", "clock", "input", "sensor", NAT_REBIND, CERTIFICATE);

    private static final Map<String, PowerCut> CUTS = new LinkedHashMap<>();

    static {
        CUTS.put("keep", PowerCut.KEPT);
        CUTS.put("lose-unsynced", PowerCut.LOST);
        CUTS.put("tear", PowerCut.TORN);
        CUTS.put("reorder", PowerCut.REORDERED);
        CUTS.put("garble", PowerCut.GARBLED);
        CUTS.put("any", PowerCut.ANY);
    }

    private AilmentReader() {}

    static Optional<Fault.Ailment> read(String kind, YamlValue value) {
        if (kind.equals(NAT_REBIND)) {
            value.mustBe("true");
            return Optional.of(new Fault.NatRebind());
        }
        if (kind.equals(CERTIFICATE)) {
            value.mustBe("expired");
            return Optional.of(new Fault.CertificateExpired());
        }
        return value.map().flatMap(map -> {
            Optional<Fault.Ailment> ailment = switch (kind) {
                case "power-cut" -> Optional.of(powerCut(map));
                case "disk" -> disk(map);
                case "clock" -> clock(map);
                case "sensor" -> sensor(map);
                default -> input(map);
            };
            map.finish();
            return ailment;
        });
    }

    private static Fault.Ailment powerCut(YamlMap map) {
        PowerCut cut = map.value("disk").flatMap(v -> Values.oneOf(v, CUTS)).orElse(PowerCut.LOST);
        return new Fault.PowerOff(Values.lasts(map), cut);
    }

    private static Optional<Fault.Ailment> disk(YamlMap map) {
        return one(
                        map,
                        List.of("full", "slow", "stall", "fails", "unreadable", "rot"),
                        "full: 64KiB, slow: 20, stall: 2s, fails: writes, unreadable: 2 or rot: 3")
                .flatMap(key -> {
                    YamlValue value = map.value(key).orElseThrow();
                    return switch (key) {
                        case "full" -> {
                            Optional<ByteSize> size = Values.bytes(value);
                            Duration lasts = Values.lasts(map);
                            yield size.map(s -> new Fault.DiskFull(s.bytes(), lasts));
                        }
                        case "slow" -> {
                            Duration lasts = Values.lasts(map);
                            yield value.integer(2, 10_000).map(n -> new Fault.DiskSlow(n, lasts));
                        }
                        case "stall" -> Values.lasting(value).map(Fault.DiskStall::new);
                        case "fails" -> {
                            value.mustBe("writes");
                            yield Optional.of(new Fault.WritesFail(Values.lasts(map)));
                        }
                        case "unreadable" -> value.integer(1, 1_000).map(n -> new Fault.ReadsFail(n.intValue()));
                        default -> value.integer(1, 10_000).map(n -> new Fault.DiskRot(n.intValue()));
                    };
                });
    }

    private static Optional<Fault.Ailment> clock(YamlMap map) {
        boolean offset = map.has("offset");
        boolean wrong = map.has("drift") || offset;
        if (wrong && !map.has("jump") && !map.has("unset")) {
            Duration by = map.value("offset")
                    .flatMap(Values::offset)
                    .map(Offset::time)
                    .orElse(Duration.ZERO);
            double drift =
                    map.value("drift").flatMap(Values::drift).map(Drift::ppm).orElse(0.0);
            return Optional.of(new Fault.ClockWrong(by, drift));
        }
        if (wrong || map.has("jump") == map.has("unset")) {
            map.problem(
                    "",
                    "a clock has an offset and a drift, or it jumps, or it is unset: one of them",
                    "{offset: 2s, drift: 40ppm}, {jump: -1h} or {unset: true}");
            map.has("unset");
            return Optional.empty();
        }
        if (map.has("jump")) {
            return map.value("jump").flatMap(Values::offset).map(o -> new Fault.ClockWrong(o.time(), 0));
        }
        map.value("unset").ifPresent(v -> v.mustBe("true"));
        return Optional.of(new Fault.ClockUnset());
    }

    private static Optional<Fault.Ailment> input(YamlMap map) {
        return one(map, List.of("stuck", "chatter"), "stuck: closed, stuck: open or chatter: 20")
                .flatMap(key -> {
                    YamlValue value = map.value(key).orElseThrow();
                    Duration lasts = Values.lasts(map);
                    return key.equals("stuck")
                            ? Values.oneOf(value, Map.of("closed", true, "open", false))
                                    .map(closed -> new Fault.Stuck(closed, lasts))
                            : value.integer(1, 10_000).map(n -> new Fault.Chatter(n, lasts));
                });
    }

    private static Optional<Fault.Ailment> sensor(YamlMap map) {
        return one(
                        map,
                        List.of("stuck", "frozen", "broken", "saturated"),
                        "stuck: true, frozen: true, broken: true or saturated: 4")
                .flatMap(key -> {
                    YamlValue value = map.value(key).orElseThrow();
                    Duration lasts = Values.lasts(map);
                    if (key.equals("saturated")) {
                        return value.integer(1, 1_000).map(at -> new Fault.Sensor(new Fault.Saturated(at), lasts));
                    }
                    value.mustBe("true");
                    Fault.Defect defect = switch (key) {
                        case "stuck" -> new Fault.AtRail();
                        case "frozen" -> new Fault.Frozen();
                        default -> new Fault.Broken();
                    };
                    return Optional.of(new Fault.Sensor(defect, lasts));
                });
    }

    /** The one of these keys that is there. */
    private static Optional<String> one(YamlMap map, List<String> keys, String hint) {
        List<String> given = keys.stream().filter(map::has).toList();
        if (given.size() != 1) {
            map.problem(given.isEmpty() ? "" : given.get(1), "one thing is wrong at a time", hint);
            map.has("for");
            return Optional.empty();
        }
        return Optional.of(given.getFirst());
    }
}
