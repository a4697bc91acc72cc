package dev.tocsin.simulator.scenario;

import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.simulator.scenario.value.Amount;
import dev.tocsin.simulator.yaml.YamlMap;
import dev.tocsin.simulator.yaml.YamlValue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code imu}, {@code distance}, {@code immersion} and {@code level}: a model's name, a model, or a recording. */
final class SignalReader {

    static final Signal.Fall FALL = new Signal.Fall(4, Duration.ofMillis(400), Duration.ofSeconds(20));
    static final Signal.Walk WALK = new Signal.Walk(0.3, Duration.ofSeconds(30));
    static final Signal.Knock KNOCK = new Signal.Knock(3);
    static final Signal.Intrusion INTRUSION = new Signal.Intrusion(0.4, Duration.ofSeconds(20));
    static final Signal.Passing PASSING = new Signal.Passing(1, Duration.ofMillis(800));
    static final Signal.Plunge PLUNGE = new Signal.Plunge(Duration.ofSeconds(10), Duration.ofSeconds(60));
    static final Signal.Splash SPLASH = new Signal.Splash(Duration.ofMillis(800));
    static final Signal.Rain RAIN = new Signal.Rain(Duration.ofMinutes(2));

    private static final Map<String, Signal> USUAL = new LinkedHashMap<>();

    static {
        USUAL.put("fall", FALL);
        USUAL.put("walk", WALK);
        USUAL.put("knock", KNOCK);
        USUAL.put("intrusion", INTRUSION);
        USUAL.put("passing", PASSING);
        USUAL.put("plunge", PLUNGE);
        USUAL.put("splash", SPLASH);
        USUAL.put("rain", RAIN);
    }

    /** The word for a recording that owes no alarm. */
    static final String NOTHING = "nothing";

    /** What a recording can owe. */
    static final Map<String, Optional<AlarmKind>> MEANINGS = meanings();

    private static final String RISE = "rise";
    private static final double MOST_SPEED = 10_000;

    private SignalReader() {}

    private static Map<String, Optional<AlarmKind>> meanings() {
        Map<String, Optional<AlarmKind>> words = new LinkedHashMap<>();
        words.put(NOTHING, Optional.empty());
        List.of(
                        AlarmKind.FALL,
                        AlarmKind.FALL_RISK,
                        AlarmKind.DROWNING,
                        AlarmKind.WATER_INTRUSION,
                        AlarmKind.WATER_LEVEL)
                .forEach(kind -> words.put(word(kind), Optional.of(kind)));
        return words;
    }

    /** A kind of alarm as the language writes it. */
    static String word(AlarmKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The key of a sense. */
    static String key(Signal.Sense sense) {
        return sense.name().toLowerCase(Locale.ROOT);
    }

    static Optional<Signal> read(Signal.Sense sense, YamlValue value) {
        if (!value.isMap()) {
            return Values.oneOf(value, usual(sense));
        }
        YamlMap map = value.map().orElseThrow();
        boolean isTrace = map.has("trace");
        Optional<Signal> signal;
        if (isTrace == map.has("model")) {
            map.problem("a signal is a model or a trace: one of them", hint(sense));
            map.has("model");
            return Optional.empty();
        } else if (isTrace) {
            signal = trace(sense, map);
        } else {
            signal = model(sense, map);
        }
        map.finish();
        return signal;
    }

    /** What stands in for a recording: a model. */
    private static Optional<Signal> model(Signal.Sense sense, YamlValue value) {
        if (!value.isMap()) {
            return Values.oneOf(value, usual(sense));
        }
        YamlMap map = value.map().orElseThrow();
        Optional<Signal> signal = map.required("model", hint(sense)).isPresent() ? model(sense, map) : Optional.empty();
        map.finish();
        return signal;
    }

    /** The models of a sense that need nothing said, by name. */
    private static Map<String, Signal> usual(Signal.Sense sense) {
        Map<String, Signal> usual = new LinkedHashMap<>(USUAL);
        usual.values().removeIf(signal -> signal.sense() != sense);
        return usual;
    }

    private static String hint(Signal.Sense sense) {
        return switch (sense) {
            case IMU -> "imu: fall, or imu: {trace: falls/a.csv, unit: \"m/s^2\", means: fall}";
            case DISTANCE -> "distance: intrusion, or distance: {trace: water/a.csv, means: nothing}";
            case IMMERSION -> "immersion: plunge, or immersion: {trace: water/a.csv, means: drowning}";
            case LEVEL ->
                "level: {model: rise, from: 1m, to: 4m, over: 2h}, or level: {trace: water/a.csv, speed: 60,"
                        + " means: water-level}";
        };
    }

    private static Optional<Signal> model(Signal.Sense sense, YamlMap map) {
        if (sense == Signal.Sense.LEVEL) {
            map.value("model").ifPresent(v -> v.mustBe(RISE));
            return rise(map);
        }
        return map.value("model").flatMap(v -> Values.oneOf(v, usual(sense))).map(usual -> switch (usual) {
            case Signal.Fall s ->
                new Signal.Fall(
                        g(map, "impact", s.impactG()),
                        lasting(map, "falling", s.falling()),
                        lasting(map, "lying", s.lying()));
            case Signal.Walk s -> new Signal.Walk(g(map, "bob", s.bobG()), lasting(map, "for", s.lasts()));
            case Signal.Knock s -> new Signal.Knock(g(map, "impact", s.impactG()));
            case Signal.Intrusion s -> new Signal.Intrusion(nearest(map, s.nearestM()), lasting(map, "for", s.lasts()));
            case Signal.Passing s -> new Signal.Passing(nearest(map, s.nearestM()), lasting(map, "for", s.lasts()));
            case Signal.Plunge s -> plunge(map, s);
            case Signal.Splash s -> new Signal.Splash(lasting(map, "for", s.lasts()));
            case Signal.Rain s -> new Signal.Rain(lasting(map, "for", s.lasts()));
            case Signal.Rise s -> s;
            case Signal.Trace s -> s;
        });
    }

    private static Signal plunge(YamlMap map, Signal.Plunge usual) {
        Duration struggle = map.duration("struggle", usual.struggle());
        Duration lasts = lasting(map, "for", usual.lasts());
        if (struggle.compareTo(lasts) > 0) {
            map.problem("struggle", "a struggle that is longer than the time in the water", "at most for");
        }
        return new Signal.Plunge(struggle, lasts);
    }

    private static Optional<Signal> rise(YamlMap map) {
        Optional<Double> from = map.required("from", "from: 1m").flatMap(SignalReader::level);
        Optional<Double> to = map.required("to", "to: 4m").flatMap(SignalReader::level);
        Optional<Duration> over = map.required("over", "over: 2h").flatMap(Values::lasting);
        Duration stays = map.duration("stays", Duration.ofMinutes(10));
        if (from.isEmpty() || to.isEmpty() || over.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Signal.Rise(from.get(), to.get(), over.get(), stays));
    }

    /** A level above the gauge's zero. */
    static Optional<Double> level(YamlValue value) {
        return Values.amount(value, Amount.METRES, -20, 100, "from -20m to 100m, for example 1.5m");
    }

    private static Optional<Signal> trace(Signal.Sense sense, YamlMap map) {
        Optional<String> path =
                map.value("trace").flatMap(v -> Values.recording(v, "water/dev/river/usgs_01037000_stage_a.csv"));
        Optional<Optional<AlarmKind>> means =
                map.required("means", "means: fall, or means: nothing").flatMap(v -> Values.oneOf(v, MEANINGS));
        String unit = sense == Signal.Sense.IMU
                ? map.value("unit").flatMap(YamlValue::text).orElse("g")
                : "";
        double speed = sense == Signal.Sense.LEVEL
                ? map.value("speed")
                        .flatMap(v -> v.integer(1, (long) MOST_SPEED))
                        .orElse(1L)
                : 1;
        Duration from = map.duration("from", Duration.ZERO);
        Duration lasts = lasting(map, "for", Duration.ZERO);
        Optional<Signal> otherwise = map.value("otherwise").flatMap(v -> model(sense, v));
        if (path.isEmpty() || means.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Signal.Trace(
                map.positionOf("trace"), sense, path.get(), unit, speed, from, lasts, means.get(), otherwise));
    }

    private static Duration lasting(YamlMap map, String key, Duration usual) {
        return map.value(key).flatMap(Values::lasting).orElse(usual);
    }

    private static double g(YamlMap map, String key, double usual) {
        return map.value(key)
                .flatMap(v -> Values.amount(v, Amount.G, 0, 16, "from 0g to 16g, for example 3.5g"))
                .orElse(usual);
    }

    private static double nearest(YamlMap map, double usual) {
        return map.value("nearest")
                .flatMap(v -> Values.amount(v, Amount.METRES, 0.01, 8, "from 0.01m to 8m, for example 0.4m"))
                .orElse(usual);
    }
}
