package dev.tocsin.simulator.scenario;

import dev.tocsin.sdk.config.TomlTable;
import dev.tocsin.simulator.scenario.value.Moment;
import dev.tocsin.simulator.scenario.value.Share;
import dev.tocsin.simulator.yaml.Problems;
import dev.tocsin.simulator.yaml.YamlMap;
import dev.tocsin.simulator.yaml.YamlValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code stimuli}. */
final class StimulusReader {

    /** Stands for an id that could not be read. */
    static final String NO_ID = "";

    private static final List<String> ACTIONS =
            List.of("press", "reset", "accept", "imu", "distance", "immersion", "level");
    private static final String PRESS_HINT = "press: bounce, or press: {trace: bounce/dev/rocker_010.csv}";

    private final Problems problems;
    private final TimingReader timing;
    private final Set<String> ids = new HashSet<>();

    StimulusReader(Problems problems, TimingReader timing) {
        this.problems = problems;
        this.timing = timing;
    }

    List<Stimulus> read(List<YamlValue> values) {
        List<Stimulus> stimuli = new ArrayList<>();
        values.forEach(v -> v.map().map(this::stimulus).ifPresent(stimuli::add));
        return stimuli;
    }

    private Stimulus stimulus(YamlMap map) {
        String id = map.required("id", "id: A1").flatMap(this::id).orElse(NO_ID);
        Stimulus.When when = new Stimulus.When(timing.repetition(map), map.duration("spread", Duration.ZERO));
        Selector device = map.required("device", "device: \"school-*/button-1\"")
                .flatMap(Values::selector)
                .orElse(Selector.ALL);
        Share sample = Values.sample(map);
        Stimulus.Action action = action(map);
        if (action instanceof Stimulus.Accept && map.has("spread")) {
            map.problem("spread", "an acceptance is not spread", "leave spread out");
        }
        map.finish();
        return new Stimulus(map.position(), id, when, device, sample, action);
    }

    private Optional<String> id(YamlValue value) {
        return value.text().flatMap(text -> {
            if (!Moment.isName(text)) {
                return value.wrong("cannot be an id: " + text, "letters, digits, - and _, and no duration");
            }
            return ids.add(text) ? Optional.of(text) : value.wrong("is taken: " + text, "ids must differ");
        });
    }

    private Stimulus.Action action(YamlMap map) {
        List<String> given = ACTIONS.stream().filter(map::has).toList();
        if (given.size() != 1) {
            map.problem(
                    given.isEmpty() ? "id" : given.get(1),
                    given.isEmpty()
                            ? "nothing happens in this stimulus"
                            : String.join(" and ", given) + " in one stimulus",
                    given.isEmpty() ? PRESS_HINT : "write press: {…, reset: 300ms}, or two stimuli");
            return new Stimulus.Reset();
        }
        YamlValue value = map.value(given.getFirst()).orElseThrow();
        return switch (given.getFirst()) {
            case "press" -> press(value);
            case "accept" -> accept(map, value);
            case "imu" -> sense(Signal.Sense.IMU, value);
            case "distance" -> sense(Signal.Sense.DISTANCE, value);
            case "immersion" -> sense(Signal.Sense.IMMERSION, value);
            case "level" -> sense(Signal.Sense.LEVEL, value);
            default -> {
                value.mustBe("key");
                yield new Stimulus.Reset();
            }
        };
    }

    private static Stimulus.Action sense(Signal.Sense sense, YamlValue value) {
        return SignalReader.read(sense, value)
                .<Stimulus.Action>map(Stimulus.Sense::new)
                .orElseGet(Stimulus.Reset::new);
    }

    private static Stimulus.Action accept(YamlMap stimulus, YamlValue value) {
        Optional<YamlMap> map = value.map();
        Optional<Duration> after = map.flatMap(m -> m.value("after")).flatMap(YamlValue::duration);
        Optional<String> by =
                map.flatMap(m -> m.required("by", "by: \"Officer Li\"")).flatMap(Values::person);
        map.ifPresent(YamlMap::finish);
        if (after.isPresent() && stimulus.has("every")) {
            stimulus.problem(
                    "every",
                    "who accepts every alarm some time after it came needs no every",
                    "at: 0s is from the start on");
        }
        return new Stimulus.Accept(after, by.orElse(""));
    }

    private Stimulus.Press press(YamlValue value) {
        Stimulus.Contact clean = new Stimulus.Synthetic(Stimulus.Synthetic.Kind.CLEAN);
        if (!value.isMap()) {
            Stimulus.Contact contact = value.choice(Stimulus.Synthetic.Kind.class)
                    .<Stimulus.Contact>map(Stimulus.Synthetic::new)
                    .orElse(clean);
            return new Stimulus.Press(contact, DEFAULT_HOLD, Optional.empty(), Optional.empty());
        }
        YamlMap map = value.map().orElseThrow();
        Stimulus.Contact contact = contact(map).orElse(clean);
        Duration hold = map.duration("hold", DEFAULT_HOLD);
        Optional<Stimulus.Contact> release = map.value("release").flatMap(this::release);
        Optional<Duration> reset = map.value("reset").flatMap(YamlValue::duration);
        map.finish();
        return new Stimulus.Press(contact, hold, release, reset);
    }

    /** As long as a hand that is in a hurry stays on the button. */
    static final Duration DEFAULT_HOLD = Duration.ofMillis(250);

    private Optional<Stimulus.Contact> release(YamlValue value) {
        if (!value.isMap()) {
            return value.choice(Stimulus.Synthetic.Kind.class).map(Stimulus.Synthetic::new);
        }
        YamlMap map = value.map().orElseThrow();
        Optional<Stimulus.Contact> contact = contact(map);
        map.finish();
        if (contact.isPresent() && contact.get() instanceof Stimulus.Recordings) {
            return value.wrong("cannot be recordings", "recordings bring their own releases; name one trace");
        }
        return contact;
    }

    private Optional<Stimulus.Contact> contact(YamlMap map) {
        List<String> given = List.of("trace", "recordings", "synthetic").stream()
                .filter(map::has)
                .toList();
        if (given.size() != 1) {
            problems.add(map.position(), "a contact is a trace, recordings or synthetic: one of them", PRESS_HINT);
            return Optional.empty();
        }
        return switch (given.getFirst()) {
            case "trace" ->
                map.value("trace")
                        .flatMap(v -> Values.recording(v, "bounce/dev/rocker_010.csv")
                                .map(path -> new Stimulus.Trace(v.position(), path)));
            case "synthetic" ->
                map.value("synthetic")
                        .flatMap(v -> v.choice(Stimulus.Synthetic.Kind.class))
                        .map(Stimulus.Synthetic::new);
            default -> map.value("recordings").flatMap(v -> recordings(map, v));
        };
    }

    private static Optional<Stimulus.Contact> recordings(YamlMap map, YamlValue manifest) {
        Optional<String> path = Values.recording(manifest, "bounce/manifest.csv");
        Optional<YamlMap> otherwise = map.required("otherwise", "otherwise: {synthetic: bounce, presses: 40}")
                .flatMap(YamlValue::map);
        Stimulus.Synthetic.Kind kind = Stimulus.Synthetic.Kind.BOUNCE;
        long presses = 1;
        if (otherwise.isPresent()) {
            YamlMap o = otherwise.get();
            kind = o.required("synthetic", "synthetic: bounce")
                    .flatMap(v -> v.choice(Stimulus.Synthetic.Kind.class))
                    .orElse(kind);
            presses = o.integer("presses", 40, 1, 10_000);
            o.finish();
        }
        Stimulus.Synthetic synthetic = new Stimulus.Synthetic(kind);
        int most = (int) presses;
        return path.map(p -> new Stimulus.Recordings(manifest.position(), p, synthetic, most));
    }

    /** A hint for a selector that picks nothing. */
    static String hintFor(String glob, List<String> ids) {
        return TomlTable.hintFor(glob, ids.size() > 12 ? ids.subList(0, 12) : ids);
    }
}
