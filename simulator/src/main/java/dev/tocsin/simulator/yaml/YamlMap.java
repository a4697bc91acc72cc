package dev.tocsin.simulator.yaml;

import dev.tocsin.sdk.config.Durations;
import dev.tocsin.sdk.config.TomlTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A map of a YAML file. A getter that meets something wrong notes the problem and returns its default, so that one pass
 * finds everything.
 */
public final class YamlMap {

    private final Problems problems;
    private final String path;
    private final YamlNode.Mapping mapping;
    private final Position at;
    private final Set<String> asked = new LinkedHashSet<>();
    private final List<YamlMap> children = new ArrayList<>();
    private boolean finished;

    /**
     * A map to read.
     *
     * @param path what it is called in messages
     * @param at where problems of the whole map are
     */
    YamlMap(String path, YamlNode.Mapping mapping, Position at, Problems problems) {
        this.problems = problems;
        this.path = path;
        this.mapping = mapping;
        this.at = at;
    }

    /** A text that must be there; empty if it is not. */
    public String text(String key) {
        Optional<String> text = optionalText(key);
        if (text.isEmpty() && node(key) == null) {
            problems.add(at, pathOf(key) + " is missing", "add '" + key + ": …'");
        }
        return text.orElse("");
    }

    /** A text that may be there. A number counts as its digits. */
    public Optional<String> optionalText(String key) {
        YamlNode value = node(key);
        if (value instanceof YamlNode.Scalar(Position where, String text, boolean nothing) && !text.isEmpty()) {
            return Optional.of(text);
        }
        if (value != null) {
            problem(key, pathOf(key) + " is not a text", "write '" + key + ": …' on one line");
        }
        return Optional.empty();
    }

    /** Yes or no. */
    public boolean flag(String key, boolean otherwise) {
        Optional<String> text = optionalText(key);
        if (text.isPresent() && !text.get().equals("true") && !text.get().equals("false")) {
            problem(key, pathOf(key) + ": '" + text.get() + "' is no truth value", "true or false");
        }
        return text.map("true"::equals).orElse(otherwise);
    }

    /** A duration with its unit, within bounds, both included. */
    public Optional<Duration> duration(String key, Duration least, Duration most) {
        Optional<String> text = optionalText(key);
        Optional<Duration> value =
                text.flatMap(Durations::parse).filter(d -> d.compareTo(least) >= 0 && d.compareTo(most) <= 0);
        if (text.isPresent() && value.isEmpty()) {
            String range = "from " + least.toSeconds() + "s to " + most.toSeconds() + "s";
            problem(
                    key,
                    pathOf(key) + ": '" + text.get() + "' is no duration in range",
                    range + ", with its unit: 500ms, 60s, 10m");
        }
        return value;
    }

    /** Some of an enum's constants, in upper or lower case; empty if the key is not there. */
    public <E extends Enum<E>> Set<E> choices(String key, Class<E> type) {
        Set<E> chosen = EnumSet.noneOf(type);
        for (String text : texts(key)) {
            try {
                chosen.add(Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_')));
            } catch (IllegalArgumentException e) {
                List<String> names =
                        EnumSet.allOf(type).stream().map(Enum::name).toList();
                problem(key, pathOf(key) + ": '" + text + "' is unknown", TomlTable.hintFor(text, names));
            }
        }
        return chosen;
    }

    /** A list of texts; empty if the key is not there. */
    public List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        YamlNode value = node(key);
        if (value instanceof YamlNode.Sequence list) {
            for (YamlNode item : list.items()) {
                if (item instanceof YamlNode.Scalar(Position where, String text, boolean nothing) && !text.isEmpty()) {
                    texts.add(text);
                } else {
                    problems.add(item.at(), pathOf(key) + " holds something that is not a text", "write [a, b]");
                }
            }
        } else if (value != null) {
            problem(key, pathOf(key) + " is not a list", "write '" + key + ": [a, b]'");
        }
        return texts;
    }

    /** A map inside this one that must be there; an empty one if it is not. */
    public YamlMap map(String key) {
        if (node(key) == null) {
            problems.add(at, pathOf(key) + " is missing", "add '" + key + ":' with its keys below, indented");
        }
        return optionalMap(key).orElseGet(() -> new YamlMap(pathOf(key), empty(), at, problems));
    }

    /** Whether a key is there. */
    public boolean has(String key) {
        return node(key) != null;
    }

    /** A map inside this one that may be there. */
    public Optional<YamlMap> optionalMap(String key) {
        YamlNode value = node(key);
        return value == null ? Optional.empty() : Optional.of(child(key, value));
    }

    /** The maps below this one under names that the writer chose, in the order of the file. */
    public Map<String, YamlMap> named() {
        Map<String, YamlMap> named = new LinkedHashMap<>();
        mapping.keys().forEach((key, keyed) -> {
            asked.add(key);
            named.put(key, child(key, keyed.value()));
        });
        return named;
    }

    private YamlMap child(String key, YamlNode value) {
        YamlNode.Mapping below = empty();
        if (value instanceof YamlNode.Mapping m) {
            below = m;
        } else {
            problem(key, pathOf(key) + " is not a map", "put its keys below it, indented");
        }
        YamlMap child = new YamlMap(pathOf(key), below, positionOf(key), problems);
        children.add(child);
        return child;
    }

    /** The texts below this map under names that the writer chose, in the order of the file. */
    public Map<String, String> namedTexts() {
        Map<String, String> named = new LinkedHashMap<>();
        mapping.keys().keySet().forEach(key -> named.put(key, text(key)));
        return named;
    }

    /** Notes that something about a key is wrong in a way that only the reader knows. */
    public void problem(String key, String what, String hint) {
        problems.add(positionOf(key), what, hint);
    }

    /** Notes that this map as a whole is wrong. */
    public void problem(String what, String hint) {
        problems.add(at, what, hint);
    }

    /** Where it is. */
    public Position position() {
        return at;
    }

    /** Where a key stands; the map's own place if it is not there. */
    public Position positionOf(String key) {
        YamlNode.Keyed keyed = mapping.keys().get(key);
        return keyed == null ? at : keyed.at();
    }

    /** Where problems of its file are noted. */
    public Problems problems() {
        return problems;
    }

    /** A value that may be there. */
    public Optional<YamlValue> value(String key) {
        YamlNode node = node(key);
        return node == null ? Optional.empty() : Optional.of(new YamlValue(pathOf(key), node, problems));
    }

    /** A value that must be there. */
    public Optional<YamlValue> required(String key, String hint) {
        Optional<YamlValue> value = value(key);
        if (value.isEmpty()) {
            problems.add(at, pathOf(key) + " is missing", hint);
        }
        return value;
    }

    /** A duration that may be there. */
    public Duration duration(String key, Duration otherwise) {
        return value(key).flatMap(YamlValue::duration).orElse(otherwise);
    }

    /** A whole number that may be there. */
    public long integer(String key, long otherwise, long least, long most) {
        return value(key).flatMap(v -> v.integer(least, most)).orElse(otherwise);
    }

    /** The keys that belong here are known now: any other is a problem. Done for the top and what getters here gave. */
    public void finish() {
        if (finished) {
            return;
        }
        finished = true;
        for (String key : mapping.keys().keySet()) {
            if (!asked.contains(key)) {
                problem(key, "unknown key " + pathOf(key), TomlTable.hintFor(key, asked));
            }
        }
        children.forEach(YamlMap::finish);
    }

    private @Nullable YamlNode node(String key) {
        asked.add(key);
        YamlNode.Keyed keyed = mapping.keys().get(key);
        return keyed == null ? null : keyed.value();
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private YamlNode.Mapping empty() {
        return new YamlNode.Mapping(at, Map.of());
    }
}
