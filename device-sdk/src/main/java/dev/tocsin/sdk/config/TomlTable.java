package dev.tocsin.sdk.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;

/**
 * A table of a TOML file. A getter that meets something wrong notes the problem and returns its default, so that one pass
 * finds everything.
 */
public final class TomlTable {

    private final TomlFile file;
    private final String name;
    private final org.tomlj.TomlTable table;
    private final int line;
    private final Set<String> asked = new LinkedHashSet<>();
    private final List<TomlTable> children = new ArrayList<>();

    TomlTable(TomlFile file, String name, org.tomlj.TomlTable table, int line) {
        this.file = file;
        this.name = name;
        this.table = table;
        this.line = line;
    }

    /** A text that must be there and say something; empty if it does not. */
    public String string(String key) {
        String hint = "a text, for example " + key + " = \"…\"";
        if (raw(key) == null) {
            missing(key, hint);
        }
        Optional<String> text = optionalString(key);
        if (text.isPresent() && text.get().isBlank()) {
            problem(key, path(key) + " is empty", hint);
            return "";
        }
        return text.orElse("");
    }

    /** A text that may be there. */
    public Optional<String> optionalString(String key) {
        return get(key, String.class, "a text in quotes");
    }

    /** A truth value. */
    public boolean bool(String key, boolean otherwise) {
        return get(key, Boolean.class, "true or false").orElse(otherwise);
    }

    /** A whole number within bounds, both included. */
    public long integer(String key, long otherwise, long least, long most) {
        Optional<Long> value = get(key, Long.class, "a whole number");
        if (value.isPresent() && (value.get() < least || value.get() > most)) {
            problem(key, key + " is out of range: " + value.get(), "from " + least + " to " + most);
            return otherwise;
        }
        return value.orElse(otherwise);
    }

    /** A whole number that must be there, within bounds, both included; {@code least} if it is not. */
    public long integer(String key, long least, long most) {
        if (raw(key) == null) {
            missing(key, "a whole number from " + least + " to " + most);
        }
        return integer(key, least, least, most);
    }

    /** A number that may be there. */
    public Optional<Double> optionalNumber(String key) {
        Object value = raw(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Number n) {
            return Optional.of(n.doubleValue());
        }
        problem(key, key + " is not a number", "for example " + key + " = 1.5");
        return Optional.empty();
    }

    /** A duration with its unit, within bounds, both included. */
    public Duration duration(String key, Duration otherwise, Duration least, Duration most) {
        Optional<String> text = get(key, String.class, "a duration with its unit in quotes, like \"60s\"");
        if (text.isEmpty()) {
            return otherwise;
        }
        Optional<Duration> value = Durations.parse(text.get());
        if (value.isEmpty() || value.get().compareTo(least) < 0 || value.get().compareTo(most) > 0) {
            problem(
                    key,
                    key + " = \"" + text.get() + "\" is no duration in range",
                    "from " + Durations.text(least) + " to " + Durations.text(most)
                            + ", written like \"500ms\", \"60s\", \"10m\"");
            return otherwise;
        }
        return value.get();
    }

    /** One of an enum's constants, in lower or upper case. */
    public <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
        return optionalString(key).flatMap(t -> constant(key, type, t)).orElse(otherwise);
    }

    /** One of an enum's constants, which must be there. */
    public <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
        String text = string(key);
        return text.isEmpty() ? Optional.empty() : constant(key, type, text);
    }

    /** Some of an enum's constants; all of {@code otherwise} if the key is not there. */
    public <E extends Enum<E>> List<E> choices(String key, Class<E> type, List<E> otherwise) {
        if (raw(key) == null) {
            return otherwise;
        }
        List<E> values = new ArrayList<>();
        strings(key).forEach(t -> constant(key, type, t).ifPresent(values::add));
        return values;
    }

    /** A list of texts, each of which says something; empty if the key is not there. */
    public List<String> strings(String key) {
        List<String> values = new ArrayList<>();
        get(key, TomlArray.class, "a list of texts, like [\"a\", \"b\"]").ifPresent(array -> {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i) instanceof String s && s.isBlank()) {
                    problem(key, path(key) + " holds an empty text", "write [\"a\", \"b\"], or leave " + key + " out");
                } else if (array.get(i) instanceof String s) {
                    values.add(s);
                } else {
                    problem(key, key + " holds something that is not a text", "write [\"a\", \"b\"]");
                }
            }
        });
        return values;
    }

    /** A table inside this one; an empty one if it is not there. */
    public TomlTable table(String key) {
        Optional<org.tomlj.TomlTable> found = get(key, org.tomlj.TomlTable.class, "a table, [" + path(key) + "]");
        TomlTable child = new TomlTable(file, path(key), found.orElseGet(TomlTable::none), lineOf(key));
        children.add(child);
        return child;
    }

    /** Whether a key is there. */
    public boolean has(String key) {
        return raw(key) != null;
    }

    /** A list of tables, {@code [[key]]}; empty if there is none. */
    public List<TomlTable> tables(String key) {
        List<TomlTable> values = new ArrayList<>();
        get(key, TomlArray.class, "a list of tables, [[" + path(key) + "]]").ifPresent(array -> {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i) instanceof org.tomlj.TomlTable t) {
                    TomlPosition at = array.inputPositionOf(i);
                    values.add(new TomlTable(file, path(key), t, at.line()));
                } else {
                    problem(key, key + " is not a list of tables", "write [[" + path(key) + "]] above each");
                }
            }
        });
        children.addAll(values);
        return values;
    }

    /** Leaves a key to another reader of the same file. */
    public void skip(String key) {
        asked.add(key);
    }

    /** Keys of this table, for tables whose keys are names that the writer chose. */
    public Set<String> keys() {
        asked.addAll(table.keySet());
        return new LinkedHashSet<>(table.keySet());
    }

    /** Notes that something about a key is wrong in a way that only the reader knows. */
    public void problem(String key, String what, String hint) {
        file.add(lineOf(key), what, hint);
    }

    /** Notes that a file that a key names could not be read, or is not whole: another try may go better. */
    public void unread(String key, String what, String hint) {
        file.addUnread(lineOf(key), what, hint);
    }

    /** The line that a key stands in, for what can only be judged later; the table's own if the key is not there. */
    public int line(String key) {
        return lineOf(key);
    }

    /** Notes a problem of another file that this one names. */
    public void include(Problem problem) {
        file.add(problem);
    }

    void finish() {
        for (String key : table.keySet()) {
            if (!asked.contains(key)) {
                problem(key, "unknown key " + path(key), hintFor(key, asked));
            }
        }
        children.forEach(TomlTable::finish);
    }

    /** A hint that names the nearest of the known names. */
    public static String hintFor(String unknown, Collection<String> known) {
        return known.stream()
                .filter(k -> distance(unknown, k) <= Math.max(unknown.length() < 4 ? 1 : 2, unknown.length() / 3))
                .min((a, b) -> Integer.compare(distance(unknown, a), distance(unknown, b)))
                .map(k -> "did you mean " + k + "?")
                .orElseGet(() -> "known here: "
                        + String.join(", ", known.stream().sorted().toList()));
    }

    /** Letters to change, add, leave out or swap with their neighbour (optimal string alignment). */
    private static int distance(String a, String b) {
        int[] beforeThat = new int[b.length() + 1];
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], previous[j]) + 1, previous[j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeThat[j - 2] + 1);
                }
            }
            beforeThat = previous;
            previous = row;
        }
        return previous[b.length()];
    }

    private <E extends Enum<E>> Optional<E> constant(String key, Class<E> type, String text) {
        List<String> names = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(text.replace('-', '_'))) {
                return Optional.of(constant);
            }
            names.add(constant.name().toLowerCase(Locale.ROOT));
        }
        problem(key, key + " = \"" + text + "\" is unknown", "one of " + String.join(", ", names));
        return Optional.empty();
    }

    private <T> Optional<T> get(String key, Class<T> type, String expected) {
        Object value = raw(key);
        if (value == null) {
            return Optional.empty();
        }
        if (type.isInstance(value)) {
            return Optional.of(type.cast(value));
        }
        problem(key, path(key) + " is not what belongs there", expected);
        return Optional.empty();
    }

    private @Nullable Object raw(String key) {
        asked.add(key);
        return table.get(List.of(key));
    }

    private void missing(String key, String hint) {
        file.add(line, path(key) + " is missing", hint);
    }

    private int lineOf(String key) {
        TomlPosition at = table.inputPositionOf(List.of(key));
        return at == null ? line : at.line();
    }

    private String path(String key) {
        return name.isEmpty() ? key : name + "." + key;
    }

    private static org.tomlj.TomlTable none() {
        return org.tomlj.Toml.parse("");
    }
}
