package dev.tocsin.simulator.scenario;

import dev.tocsin.sdk.config.Durations;
import dev.tocsin.sdk.config.TomlTable;
import dev.tocsin.simulator.network.Latency;
import dev.tocsin.simulator.scenario.value.Amount;
import dev.tocsin.simulator.scenario.value.ByteSize;
import dev.tocsin.simulator.scenario.value.Drift;
import dev.tocsin.simulator.scenario.value.Latencies;
import dev.tocsin.simulator.scenario.value.Moment;
import dev.tocsin.simulator.scenario.value.Offset;
import dev.tocsin.simulator.scenario.value.Rate;
import dev.tocsin.simulator.scenario.value.Share;
import dev.tocsin.simulator.yaml.YamlMap;
import dev.tocsin.simulator.yaml.YamlValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads the language's values, and says what one looks like where a text is none. */
final class Values {

    private Values() {}

    static Optional<Share> share(YamlValue value) {
        return parsed(value, Share::parse, "is no share", Share.HINT);
    }

    static Optional<Rate> rate(YamlValue value) {
        return parsed(value, Rate::parse, "is no rate", Rate.HINT);
    }

    static Optional<ByteSize> bytes(YamlValue value) {
        return parsed(value, ByteSize::parse, "is no size", ByteSize.HINT);
    }

    static Optional<Offset> offset(YamlValue value) {
        return parsed(
                value,
                text -> Offset.parse(text).filter(o -> o.time().abs().compareTo(YamlValue.LONGEST) <= 0),
                "is no time forward or back",
                Offset.HINT);
    }

    static Optional<Drift> drift(YamlValue value) {
        return parsed(value, Drift::parse, "is no drift", Drift.HINT);
    }

    static Optional<Latency> latency(YamlValue value) {
        return parsed(value, Latencies::parse, "is no latency", Latencies.HINT);
    }

    static Optional<Moment> moment(YamlValue value) {
        return parsed(
                value,
                text -> Moment.parse(text).filter(m -> m.offset().abs().compareTo(YamlValue.LONGEST) <= 0),
                "is no moment",
                Moment.HINT);
    }

    private static <T> Optional<T> parsed(
            YamlValue value, Function<String, Optional<T>> parser, String what, String hint) {
        return value.text(hint).flatMap(text -> {
            Optional<T> parsed = parser.apply(text);
            if (parsed.isPresent()) {
                return parsed;
            }
            return value.wrong((Durations.isWritten(text) ? "is out of range: " : what + ": ") + text, hint);
        });
    }

    /** The path of a recording: in the data folder, wherever that is. */
    static Optional<String> recording(YamlValue value, String example) {
        String hint = "a path in the data folder, without ..: " + example;
        return value.text(hint)
                .flatMap(text -> text.matches("/.*|[A-Za-z]:.*|(.*[/\\\\])?\\.\\.([/\\\\].*)?")
                        ? value.wrong("leaves the data folder: " + text, hint)
                        : Optional.of(text));
    }

    /** A name with stars in it, or a list of them. */
    static Optional<Selector> selector(YamlValue value) {
        if (!value.isList()) {
            return value.text().map(Selector::new);
        }
        List<String> globs = new ArrayList<>();
        value.list().forEach(item -> item.text().ifPresent(globs::add));
        return globs.isEmpty() ? value.wrong("picks nothing", "\"*\" for all") : Optional.of(new Selector(globs));
    }

    /** One of some words. */
    static <T> Optional<T> oneOf(YamlValue value, Map<String, T> words) {
        return value.text("one of " + String.join(", ", new TreeSet<>(words.keySet())))
                .flatMap(text -> {
                    Optional<T> chosen = Optional.ofNullable(words.get(text));
                    return chosen.isPresent()
                            ? chosen
                            : value.wrong("is unknown: " + text, TomlTable.hintFor(text, words.keySet()));
                });
    }

    /** A number with one of these units, within bounds in the first, both included. */
    static Optional<Double> amount(YamlValue value, Map<String, Double> units, double least, double most, String hint) {
        return value.text(hint).flatMap(text -> {
            Optional<Double> amount = Amount.parse(text, units);
            if (amount.isEmpty()) {
                return value.wrong("is no number with a unit: " + text, hint);
            }
            return amount.get() >= least && amount.get() <= most
                    ? amount
                    : value.wrong("is out of range: " + text, hint);
        });
    }

    /** A duration that is not zero. */
    static Optional<Duration> lasting(YamlValue value) {
        return value.duration()
                .flatMap(d -> d.isZero() ? value.wrong("is no time at all", "at least 1us") : Optional.of(d));
    }

    /** {@code for}: how long something lasts, which must be said; no time if it is not. */
    static Duration lasts(YamlMap map) {
        return map.required("for", "for: 90s").flatMap(Values::lasting).orElse(Duration.ZERO);
    }

    /** A word that is said or not: {@code true}. */
    static boolean isTrue(YamlMap map, String key) {
        return map.value(key)
                .flatMap(v -> oneOf(v, Map.of("true", true, "false", false)))
                .orElse(false);
    }

    /** Which part of the selected devices. */
    static Share sample(YamlMap map) {
        return map.value("sample").flatMap(Values::share).orElse(Share.ALL);
    }

    /** A person's name. */
    static Optional<String> person(YamlValue value) {
        return value.text()
                .flatMap(text -> text.isBlank() || text.length() > 60
                        ? value.wrong("is no name: " + text, "up to 60 letters, like \"Officer Li\"")
                        : Optional.of(text));
    }
}
