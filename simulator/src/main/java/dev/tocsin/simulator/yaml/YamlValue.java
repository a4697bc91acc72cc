package dev.tocsin.simulator.yaml;

import dev.tocsin.sdk.config.Durations;
import dev.tocsin.sdk.config.TomlTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A value of a YAML file. A getter that meets something else notes the problem and returns nothing. */
public final class YamlValue {

    /** Longest duration that is read here: sums of some of them still fit into nanoseconds. */
    public static final Duration LONGEST = Duration.ofDays(3650);

    private static final String DURATION_HINT = "a number with its unit: 500us, 40ms, 2s, 10m, 3h, 90d";

    private final String name;
    private final YamlNode node;
    private final Problems problems;

    YamlValue(String name, YamlNode node, Problems problems) {
        this.name = name;
        this.node = node;
        this.problems = problems;
    }

    /** What it is called in messages: the path to it. */
    public String name() {
        return name;
    }

    /** Where it begins. */
    public Position position() {
        return node.at();
    }

    /** A text; a number is one too. */
    public Optional<String> text() {
        return text("write " + last() + ": a text");
    }

    /** The same, with what one looks like here. */
    public Optional<String> text(String hint) {
        if (!(node instanceof YamlNode.Scalar(Position at, String text, boolean nothing))) {
            return wrong("is not a text", hint);
        }
        return nothing || text.isBlank() ? wrong("has no value", hint) : Optional.of(text);
    }

    /** A text that may say nothing. */
    public Optional<String> prose() {
        return node instanceof YamlNode.Scalar(Position at, String text, boolean nothing) && !nothing
                ? Optional.of(text)
                : wrong("is not a text", "write " + last() + ": a text");
    }

    /** A duration with its unit, up to {@link #LONGEST}. */
    public Optional<Duration> duration() {
        return text(DURATION_HINT).flatMap(text -> {
            Optional<Duration> duration = Durations.parse(text);
            if (duration.filter(d -> d.compareTo(LONGEST) <= 0).isPresent()) {
                return duration;
            }
            return Durations.isWritten(text)
                    ? wrong("is out of range: " + text, "from 0s to " + LONGEST.toDays() + "d")
                    : wrong("is no duration: " + text, DURATION_HINT);
        });
    }

    /** A whole number within bounds, both included. */
    public Optional<Long> integer(long least, long most) {
        return text("from " + least + " to " + most).flatMap(text -> {
            try {
                long value = Long.parseLong(text);
                if (value >= least && value <= most) {
                    return Optional.of(value);
                }
            } catch (NumberFormatException e) {
                if (text.matches("[+-]?\\d+")) {
                    return wrong("is out of range: " + text, "from " + least + " to " + most);
                }
                return wrong("is no whole number: " + text, "from " + least + " to " + most);
            }
            return wrong("is out of range: " + text, "from " + least + " to " + most);
        });
    }

    /** One of an enum's constants, in lower case with dashes. */
    public <E extends Enum<E>> Optional<E> choice(Class<E> type) {
        List<String> names = Stream.of(type.getEnumConstants())
                .map(c -> c.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        return text("one of " + String.join(", ", names)).flatMap(text -> {
            if (!names.contains(text)) {
                return wrong("is unknown: " + text, TomlTable.hintFor(text, names));
            }
            return Optional.of(Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_')));
        });
    }

    /** The one word that may stand here. */
    public void mustBe(String word) {
        text("only " + last() + ": " + word + " is known").ifPresent(text -> {
            if (!text.equals(word)) {
                wrong("is unknown: " + text, "only " + last() + ": " + word + " is known");
            }
        });
    }

    /** A percentage. */
    public Optional<Double> percent() {
        return text("for example 60%").flatMap(text -> {
            if (text.matches("\\d{1,3}(\\.\\d+)?%")) {
                return Optional.of(Double.parseDouble(text.substring(0, text.length() - 1)));
            }
            return wrong("is no percentage: " + text, "for example 60%");
        });
    }

    /** Whether it is a mapping. */
    public boolean isMap() {
        return node instanceof YamlNode.Mapping;
    }

    /** Whether it is a list. */
    public boolean isList() {
        return node instanceof YamlNode.Sequence;
    }

    /** A mapping. */
    public Optional<YamlMap> map() {
        return node instanceof YamlNode.Mapping map
                ? Optional.of(new YamlMap(name, map, map.at(), problems))
                : wrong("is not a mapping", "write " + last() + ": {key: value, …}");
    }

    /** A list's values. */
    public List<YamlValue> list() {
        List<YamlValue> values = new ArrayList<>();
        if (node instanceof YamlNode.Sequence list) {
            list.items().forEach(item -> values.add(new YamlValue(name, item, problems)));
        } else {
            wrong("is not a list", "write " + last() + ": [a, b]");
        }
        return values;
    }

    /** Says what is wrong with it in a way that only the reader knows. */
    public <T> Optional<T> wrong(String what, String hint) {
        problems.add(position(), name + " " + what, hint);
        return Optional.empty();
    }

    private String last() {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
