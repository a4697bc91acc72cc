package dev.tocsin.simulator.scenario;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Picks devices, or presses, by name.
 *
 * @param globs names in which {@code *} stands for any characters: {@code school-01*} are the schools 10 to 19
 */
public record Selector(List<String> globs) {

    /** Every device. */
    public static final Selector ALL = new Selector("*");

    public Selector {
        globs = List.copyOf(globs);
    }

    /** Picks by one glob. */
    public Selector(String glob) {
        this(List.of(glob));
    }

    /** As it is written. */
    public String glob() {
        return String.join(", ", globs);
    }

    /** The ids that it picks, in their order. */
    public List<String> of(List<String> ids) {
        Pattern pattern = pattern();
        return ids.stream().filter(id -> pattern.matcher(id).matches()).toList();
    }

    /** Whether it picks this one. */
    public boolean picks(String name) {
        return pattern().matcher(name).matches();
    }

    private Pattern pattern() {
        return Pattern.compile(globs.stream().map(Selector::regex).collect(Collectors.joining("|")));
    }

    private static String regex(String glob) {
        return glob.chars()
                .mapToObj(c -> c == '*' ? ".*" : Pattern.quote(Character.toString(c)))
                .collect(Collectors.joining());
    }
}
