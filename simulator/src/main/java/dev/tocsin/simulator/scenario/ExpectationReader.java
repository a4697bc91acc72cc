package dev.tocsin.simulator.scenario;

import dev.tocsin.sdk.config.Durations;
import dev.tocsin.sdk.config.TomlTable;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.simulator.scenario.value.Share;
import dev.tocsin.simulator.yaml.Position;
import dev.tocsin.simulator.yaml.Problems;
import dev.tocsin.simulator.yaml.YamlMap;
import dev.tocsin.simulator.yaml.YamlValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads {@code expect}. */
final class ExpectationReader {

    private static final List<String> KINDS = List.of(
            "every",
            "from",
            "durable-within",
            "detected-within",
            "drills-at",
            "detects",
            "told-again",
            "slowed-by",
            "last-within",
            "renewed-within",
            "threads-grown");

    private final Problems problems;
    private final Fleet fleet;
    private final List<Fault> faults;
    private final Map<String, Position> places;
    private final Set<String> ids = new HashSet<>();

    ExpectationReader(Problems problems, Fleet fleet, List<Fault> faults, Map<String, Position> places) {
        this.places = places;
        this.problems = problems;
        this.fleet = fleet;
        this.faults = faults;
    }

    List<Expectation> read(YamlValue value) {
        List<Expectation> expectations = new ArrayList<>();
        value.list().forEach(v -> v.map().flatMap(this::expectation).ifPresent(expectations::add));
        if (value.isList() && value.list().isEmpty()) {
            value.wrong("is empty", "a run that expects nothing proves nothing");
        }
        return expectations;
    }

    private Optional<Expectation> expectation(YamlMap map) {
        String id = map.required("id", "id: delivery").flatMap(this::id).orElse("");
        places.put("expect." + id, map.position());
        List<String> given = KINDS.stream().filter(map::has).toList();
        if (given.size() != 1) {
            map.problem(
                    given.isEmpty() ? "" : given.get(1),
                    given.isEmpty() ? "nothing that is known is expected here" : "two things are expected in one",
                    given.isEmpty() ? "one of " + String.join(", ", KINDS) : "write two expectations");
            return Optional.empty();
        }
        YamlValue value = map.value(given.getFirst()).orElseThrow();
        Optional<Expectation> expectation = switch (given.getFirst()) {
            case "every" -> delivered(id, map, value);
            case "from" -> latency(id, map, value);
            case "durable-within" -> durable(id, map, value);
            case "detected-within" -> Values.lasting(value).map(within -> new Expectation.OutagesDetected(id, within));
            case "drills-at" -> drills(id, map, value);
            case "detects" -> detects(id, map, value);
            case "told-again" -> toldAgain(id, map, value);
            case "slowed-by" -> slowedBy(id, map, value);
            case "last-within" -> recovered(id, map, value);
            case "renewed-within" -> renewed(id, map, value);
            default -> number(value, "<=", "\"<= 4\"").map(most -> new Expectation.ThreadsGrown(id, most));
        };
        map.finish();
        return expectation;
    }

    private static Optional<Expectation> delivered(String id, YamlMap map, YamlValue every) {
        every.mustBe("durable-alarm");
        map.required("to", "to: route").ifPresent(v -> v.mustBe("route"));
        map.required("exactly", "exactly: once").ifPresent(v -> v.mustBe("once"));
        return Optional.of(new Expectation.Delivered(id));
    }

    private static Optional<Expectation> durable(String id, YamlMap map, YamlValue value) {
        Optional<Duration> within = Values.lasting(value);
        Optional<Share> least = map.required("share", "share: \">= 99.9%\"").flatMap(ExpectationReader::leastShare);
        return within.isEmpty() || least.isEmpty()
                ? Optional.empty()
                : Optional.of(new Expectation.Durable(id, within.get(), least.get()));
    }

    private static Optional<Share> leastShare(YamlValue value) {
        return value.text().flatMap(text -> {
            Optional<Share> share = text.startsWith(">=") ? Share.parse(text.substring(2)) : Optional.empty();
            return share.isPresent() ? share : value.wrong("is no bound: " + text, "\">= 99.9%\"");
        });
    }

    private Optional<Expectation> drills(String id, YamlMap map, YamlValue value) {
        Optional<String> centre = centre(value);
        Optional<Long> most = map.required("at-most", "at-most: 0").flatMap(v -> v.integer(0, Integer.MAX_VALUE));
        return centre.isEmpty() || most.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Expectation.DrillsAt(id, centre.get(), most.get().intValue()));
    }

    private static Optional<Expectation> detects(String id, YamlMap map, YamlValue value) {
        Map<String, AlarmKind> kinds = new TreeMap<>();
        SignalReader.MEANINGS.forEach((word, means) -> means.ifPresent(kind -> kinds.put(word, kind)));
        Optional<AlarmKind> kind = Values.oneOf(value, kinds);
        Optional<Share> least = map.required("least", "least: \">= 90%\"").flatMap(ExpectationReader::leastShare);
        Optional<Integer> falseAlarms = map.value("false-alarms").flatMap(v -> number(v, "<=", "\"<= 0\""));
        return kind.isEmpty() || least.isEmpty()
                ? Optional.empty()
                : Optional.of(new Expectation.Detects(id, kind.get(), least.get(), falseAlarms));
    }

    private static Optional<Expectation> toldAgain(String id, YamlMap map, YamlValue value) {
        Optional<Selector> except = map.value("except").flatMap(Values::selector);
        return number(value, "<=", "\"<= 0\"").map(most -> new Expectation.ToldAgain(id, most, except));
    }

    private static Optional<Expectation> slowedBy(String id, YamlMap map, YamlValue value) {
        Optional<Fault.Deed.Kind> deed = value.choice(Fault.Deed.Kind.class);
        Optional<Expectation.Stage> to =
                map.required("to", "to: receipt").flatMap(v -> v.choice(Expectation.Stage.class));
        Optional<Expectation.Quantile> quantile =
                map.required("quantile", "quantile: p99").flatMap(v -> v.choice(Expectation.Quantile.class));
        Optional<Double> most = map.required("times", "times: \"<= 2\"").flatMap(ExpectationReader::times);
        int samples =
                map.value("samples").flatMap(v -> number(v, ">=", "\">= 100\"")).orElse(1);
        return deed.isEmpty() || to.isEmpty() || quantile.isEmpty() || most.isEmpty()
                ? Optional.empty()
                : Optional.of(new Expectation.SlowedBy(id, deed.get(), to.get(), quantile.get(), most.get(), samples));
    }

    private static Optional<Double> times(YamlValue value) {
        return value.text().flatMap(text -> {
            String digits = text.startsWith("<=") ? text.substring(2).strip() : "";
            return digits.matches("\\d{1,4}(\\.\\d{1,3})?")
                    ? Optional.of(Double.parseDouble(digits))
                    : value.wrong("is no bound: " + text, "\"<= 2\"");
        });
    }

    private Optional<String> centre(YamlValue value) {
        return value.text()
                .flatMap(text -> fleet.centres().contains(text)
                                || fleet.centres().isEmpty()
                        ? Optional.of(text)
                        : value.wrong("is no centre of the fleet: " + text, TomlTable.hintFor(text, fleet.centres())));
    }

    private Optional<String> id(YamlValue value) {
        return value.text()
                .flatMap(text ->
                        ids.add(text) ? Optional.of(text) : value.wrong("is taken: " + text, "ids must differ"));
    }

    private Optional<Expectation> latency(String id, YamlMap map, YamlValue from) {
        from.mustBe("press");
        Optional<Expectation.Stage> to =
                map.required("to", "to: receipt").flatMap(v -> v.choice(Expectation.Stage.class));
        Optional<String> centre = map.value("centre").flatMap(this::centre);
        Map<Expectation.Quantile, Duration> bounds = new EnumMap<>(Expectation.Quantile.class);
        boolean bounded = false;
        for (Expectation.Quantile q : Expectation.Quantile.values()) {
            Optional<YamlValue> value = map.value(q.name().toLowerCase(Locale.ROOT));
            bounded |= value.isPresent();
            value.flatMap(ExpectationReader::bound).ifPresent(bound -> bounds.put(q, bound));
        }
        int samples =
                map.value("samples").flatMap(v -> number(v, ">=", "\">= 100\"")).orElse(1);
        Optional<YamlValue> when = map.value("when");
        when.ifPresent(v -> v.mustBe("no-fault"));
        if (centre.isPresent() && to.equals(Optional.of(Expectation.Stage.FIRST_RECEIPT))) {
            map.problem("centre", "the first receipt of all, at one centre", "to: receipt, or leave centre out");
        }
        if (!bounded) {
            problems.add(map.position(), "a latency without a bound", "p50, p95, p99, p999 or max: \"< 2s\"");
        }
        return to.map(
                stage -> new Expectation.Latency(id, stage, centre, Map.copyOf(bounds), samples, when.isPresent()));
    }

    private static Optional<Duration> bound(YamlValue value) {
        return value.text().flatMap(text -> {
            Optional<Duration> bound =
                    text.startsWith("<") ? Durations.parse(text.substring(1).strip()) : Optional.empty();
            if (bound.filter(d -> d.compareTo(YamlValue.LONGEST) <= 0).isPresent()) {
                return bound;
            }
            return bound.isPresent()
                    ? value.wrong("is out of range: " + text, "at most \"< " + YamlValue.LONGEST.toDays() + "d\"")
                    : value.wrong("is no bound: " + text, "\"< 2s\"");
        });
    }

    private static Optional<Integer> number(YamlValue value, String sign, String hint) {
        return value.text().flatMap(text -> {
            String digits =
                    text.startsWith(sign) ? text.substring(sign.length()).strip() : "";
            return digits.matches("\\d{1,9}")
                    ? Optional.of(Integer.parseInt(digits))
                    : value.wrong("is no bound: " + text, hint);
        });
    }

    private Optional<Expectation> renewed(String id, YamlMap map, YamlValue value) {
        Optional<Duration> firstPress = map.value("first-press-within").flatMap(Values::lasting);
        if (fleet.certificateLife().isEmpty()) {
            map.problem("renewed-within", "renewed-within wants an authority", "add certificate-life: 60d to fleet");
        }
        return Values.lasting(value).map(within -> new Expectation.Renewed(id, within, firstPress));
    }

    private Optional<Expectation> recovered(String id, YamlMap map, YamlValue value) {
        Optional<Duration> within = value.duration();
        Optional<String> centre = map.required("after", "after: police-return").flatMap(this::returning);
        return within.isEmpty() || centre.isEmpty()
                ? Optional.empty()
                : Optional.of(new Expectation.Recovered(id, centre.get(), within.get()));
    }

    /** The centre in {@code police-return}. */
    private Optional<String> returning(YamlValue value) {
        return value.text().flatMap(text -> {
            for (Fault fault : faults) {
                if (fault instanceof Fault.OfCentre of
                        && of.outage() instanceof Fault.Killed
                        && text.equals(of.centre().id() + "-return")) {
                    return Optional.of(of.centre().id());
                }
            }
            return value.wrong("never happens: " + text, "police-return, where a fault kills police");
        });
    }
}
