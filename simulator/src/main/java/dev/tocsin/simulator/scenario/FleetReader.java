package dev.tocsin.simulator.scenario;

import dev.tocsin.sdk.config.TomlTable;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.session.AlarmTiming;
import dev.tocsin.sdk.session.Settings;
import dev.tocsin.simulator.scenario.value.Amount;
import dev.tocsin.simulator.yaml.Position;
import dev.tocsin.simulator.yaml.YamlMap;
import dev.tocsin.simulator.yaml.YamlValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads {@code fleet}. */
final class FleetReader {

    static final Fleet NONE = new Fleet(
            List.of(Fleet.DEFAULT_COUNTY),
            List.of(),
            List.of(),
            new Fleet.Named(List.of()),
            Settings.DEFAULT_HEARTBEAT,
            true,
            AlarmTiming.QUICK,
            Optional.empty(),
            Fleet.Gauge.USUAL,
            OptionalInt.empty(),
            Optional.empty());

    /** What {@code alarm-timing} may be. */
    private static final Map<String, AlarmTiming> TIMINGS =
            Map.of("quick", AlarmTiming.QUICK, "rfc7252", AlarmTiming.RFC_7252);

    private static final String CENTRE_NAME = "[a-z][a-z0-9-]{0,31}";
    private static final String COUNTY_CODE = "[0-9]{2,12}";
    private static final int MOST_COUNTIES = 64;

    private FleetReader() {}

    /** Reads it, and notes where that of it is written which only one world has. */
    static Fleet read(YamlMap map, Map<String, Position> places) {
        List.of("counties", "backup", "channel", "alarm-timing", "schools", "devices", "certificate-life")
                .forEach(key -> places.put("fleet." + key, map.positionOf(key)));
        List<String> counties = map.value("counties").map(FleetReader::counties).orElse(NONE.counties());
        List<String> centres = map.required("centres", "centres: [police, education]")
                .map(FleetReader::centres)
                .orElse(List.of());
        List<String> backups = map.value("backup").map(v -> backups(v, centres)).orElse(List.of());
        Fleet.Devices devices = devices(map);
        Duration heartbeat =
                map.value("heartbeat").flatMap(FleetReader::heartbeat).orElse(Settings.DEFAULT_HEARTBEAT);
        boolean secure = map.value("channel")
                .flatMap(v -> Values.oneOf(v, Map.of("dtls", true, "plain", false)))
                .orElse(true);
        AlarmTiming timing =
                map.value("alarm-timing").flatMap(v -> Values.oneOf(v, TIMINGS)).orElse(AlarmTiming.QUICK);
        Optional<SignatureAlgorithm> signatures =
                map.value("signatures").flatMap(v -> Values.oneOf(v, Fleet.SIGNATURES));
        Fleet.Gauge gauge = map.value("gauge")
                .flatMap(YamlValue::map)
                .map(FleetReader::gauge)
                .orElse(Fleet.Gauge.USUAL);
        OptionalInt ledgerRate = map.value("ledger-rate")
                .flatMap(v -> v.integer(1, 100_000))
                .map(rate -> OptionalInt.of(rate.intValue()))
                .orElse(OptionalInt.empty());
        Optional<Duration> certificateLife = map.value("certificate-life").flatMap(FleetReader::life);
        if (certificateLife.isPresent() && !secure) {
            map.problem(
                    "certificate-life",
                    "certificate-life wants DTLS: nothing else shows a certificate",
                    "channel: dtls");
        }
        map.finish();
        return new Fleet(
                counties,
                centres,
                backups,
                devices,
                heartbeat,
                secure,
                timing,
                signatures,
                gauge,
                ledgerRate,
                certificateLife);
    }

    private static List<String> counties(YamlValue value) {
        List<String> codes = names(value, COUNTY_CODE, "a county's code, like \"530902\"");
        if (value.isList() && (codes.isEmpty() || codes.size() > MOST_COUNTIES)) {
            value.wrong("has " + codes.size() + " counties", "1 to " + MOST_COUNTIES);
        }
        return codes.isEmpty() ? NONE.counties() : codes;
    }

    private static List<String> backups(YamlValue value, List<String> centres) {
        List<String> ids = new ArrayList<>();
        for (YamlValue item : value.list()) {
            item.text().ifPresent(id -> {
                if (!centres.contains(id)) {
                    item.wrong("is no centre of the fleet: " + id, TomlTable.hintFor(id, centres));
                } else {
                    ids.add(id);
                }
            });
        }
        return ids;
    }

    private static Optional<Duration> heartbeat(YamlValue value) {
        return value.duration()
                .flatMap(d -> d.compareTo(Duration.ofSeconds(1)) < 0 || d.compareTo(Duration.ofDays(1)) > 0
                        ? value.wrong("is out of range", "from 1s to 1d")
                        : Optional.of(d));
    }

    private static Optional<Duration> life(YamlValue value) {
        return value.duration()
                .flatMap(d -> d.compareTo(Duration.ofHours(1)) < 0 || d.compareTo(YamlValue.LONGEST) > 0
                        ? value.wrong("is out of range", "1h or more")
                        : Optional.of(d));
    }

    private static List<String> centres(YamlValue value) {
        List<String> ids = names(value, CENTRE_NAME, "lower-case letters, digits and dashes, like police");
        if (value.isList() && (ids.isEmpty() || ids.size() > Settings.MAX_CENTRES)) {
            value.wrong("has " + ids.size() + " centres", "1 to " + Settings.MAX_CENTRES);
        }
        return ids;
    }

    private static List<String> names(YamlValue value, String pattern, String hint) {
        List<String> names = new ArrayList<>();
        for (YamlValue item : value.list()) {
            item.text().ifPresent(name -> {
                if (!name.matches(pattern)) {
                    item.wrong("cannot hold " + name, hint);
                } else if (names.contains(name)) {
                    item.wrong("has " + name + " twice", "keep one of them");
                } else {
                    names.add(name);
                }
            });
        }
        return names;
    }

    private static Fleet.Devices devices(YamlMap map) {
        boolean schools = map.has("schools");
        boolean named = map.has("devices");
        if (schools == named) {
            map.problem(
                    schools ? "devices" : "fleet",
                    schools ? "fleet has both schools and devices" : "fleet has no devices",
                    "schools: {count: 12, devices: \"10..50\"} or devices: [hall/button-1]");
            return NONE.devices();
        }
        return schools
                ? map.value("schools")
                        .flatMap(YamlValue::map)
                        .map(FleetReader::schools)
                        .orElse(NONE.devices())
                : map.value("devices").map(FleetReader::named).orElse(NONE.devices());
    }

    private static Fleet.Devices schools(YamlMap map) {
        long count = map.required("count", "count: 12")
                .flatMap(v -> v.integer(1, 10_000))
                .orElse(1L);
        Range range = map.required("devices", "devices: \"10..50\"")
                .flatMap(FleetReader::range)
                .orElse(new Range(1, 1));
        Fleet.Mix mix =
                map.value("mix").flatMap(YamlValue::map).map(FleetReader::mix).orElse(Fleet.Mix.BUTTONS);
        map.finish();
        if (count * range.most > Fleet.MAX_DEVICES) {
            map.problem(
                    "count",
                    "a fleet of up to " + count * range.most + " devices",
                    "at most " + Fleet.MAX_DEVICES + " in one process");
        }
        return new Fleet.Schools((int) count, range.least, range.most, mix);
    }

    private record Range(int least, int most) {}

    private static Optional<Range> range(YamlValue value) {
        return value.text().flatMap(text -> {
            String[] ends = text.split("\\.\\.", -1);
            try {
                int least = Integer.parseInt(ends[0].strip());
                int most = Integer.parseInt(ends[ends.length - 1].strip());
                if (ends.length <= 2 && least >= 1 && most >= least && most <= Fleet.MAX_DEVICES) {
                    return Optional.of(new Range(least, most));
                }
            } catch (NumberFormatException e) {
                return value.wrong("is no number or range: " + text, "5 or \"10..50\"");
            }
            return value.wrong("is no range: " + text, "\"10..50\": from 1 to " + Fleet.MAX_DEVICES + ", small first");
        });
    }

    private static Fleet.Mix mix(YamlMap map) {
        double sum = 0;
        SortedMap<DeviceKind, Double> parts = new TreeMap<>();
        for (DeviceKind kind : DeviceKind.values()) {
            double percent = map.value(kind.word()).flatMap(YamlValue::percent).orElse(0.0);
            if (percent > 0) {
                parts.put(kind, percent / 100);
            }
            sum += percent;
        }
        map.finish();
        if (Math.abs(sum - 100) > 0.001) {
            map.problem("mix", "the parts of the mix make " + sum + "%", "they must make 100%");
        }
        return new Fleet.Mix(parts);
    }

    private static Fleet.Gauge gauge(YamlMap map) {
        Fleet.Gauge usual = Fleet.Gauge.USUAL;
        double warning = map.required("warning", "warning: 2m")
                .flatMap(SignalReader::level)
                .orElse(usual.warningM());
        double danger = map.required("danger", "danger: 3m")
                .flatMap(SignalReader::level)
                .orElse(usual.dangerM());
        double fastest = map.value("fastest")
                .flatMap(v -> Values.amount(
                        v, Amount.METRES_PER_HOUR, 0.01, 1000, "from 0.01m/h to 1000m/h, for example 20m/h"))
                .orElse(usual.fastestMPerHour());
        Duration period = map.value("period")
                .flatMap(YamlValue::duration)
                .flatMap(d -> isPeriod(d)
                        ? Optional.of(d)
                        : map.value("period").flatMap(v -> v.wrong("is out of range", "from 1s to 1h")))
                .orElse(usual.period());
        map.finish();
        if (danger < warning) {
            map.problem("danger", "danger below the warning level", "danger: " + warning + "m or more");
            return usual;
        }
        return new Fleet.Gauge(warning, danger, fastest, period);
    }

    private static boolean isPeriod(Duration period) {
        return period.compareTo(Duration.ofSeconds(1)) >= 0 && period.compareTo(Duration.ofHours(1)) <= 0;
    }

    private static Fleet.Devices named(YamlValue value) {
        List<String> ids = new ArrayList<>();
        for (YamlValue item : value.list()) {
            Optional<String> id = item.isMap() ? item.map().flatMap(FleetReader::idOf) : item.text();
            id.ifPresent(text -> {
                if (!AlarmId.isDeviceId(text)) {
                    item.wrong("cannot hold " + text, "letters, digits and . _ - /, like hall/button-1");
                } else if (ids.contains(text)) {
                    item.wrong("has " + text + " twice", TomlTable.hintFor(text + "-2", List.of(text + "-2")));
                } else {
                    ids.add(text);
                }
            });
        }
        if (value.isList() && ids.isEmpty()) {
            value.wrong("is empty", "name at least one device");
        }
        return new Fleet.Named(ids);
    }

    private static Optional<String> idOf(YamlMap device) {
        Optional<String> id = device.required("id", "id: hall/button-1").flatMap(YamlValue::text);
        device.finish();
        return id;
    }
}
