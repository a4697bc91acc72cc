package dev.tocsin.sdk.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;

/**
 * A TOML file being read. Hand {@link #read} a function that takes what it needs from the top table; every problem it meets
 * is gathered, and what nobody asked for is a problem too. A function that returns nothing must have noted a problem.
 */
public final class TomlFile {

    /** Some editors begin every UTF-8 file with it. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final String name;
    private final List<Problem> problems = new ArrayList<>();

    private TomlFile(String name) {
        this.name = name;
    }

    /** Reads a file. */
    public static <T> Loaded<T> read(Path file, Function<TomlTable, Optional<T>> reader) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            return new Loaded.Bad<>(List.of(new Problem(
                            file.toString(),
                            0,
                            Files.exists(file) ? "cannot be read: " + FileTrouble.of(e) : "no such file",
                            Files.exists(file)
                                    ? "it must be a UTF-8 text file that this user may read"
                                    : "check the path")
                    .thatMayPass()));
        }
        return read(file.toString(), text, reader);
    }

    /** Reads a text that came from somewhere else; {@code name} stands for the file in problems. */
    public static <T> Loaded<T> read(String name, String text, Function<TomlTable, Optional<T>> reader) {
        TomlFile file = new TomlFile(name);
        TomlParseResult parsed;
        try {
            parsed = Toml.parse(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
        } catch (TomlParseError e) {
            // Of an escape in a quoted key the parser throws what it otherwise lists.
            file.notToml(e);
            return new Loaded.Bad<>(file.problems);
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            // Half an escape trips an assertion of the parser's, and it goes as deep as brackets do.
            file.add(0, "not TOML: something in it throws the parser off its feet", "see toml.io");
            return new Loaded.Bad<>(file.problems);
        }
        parsed.errors().forEach(file::notToml);
        if (!file.problems.isEmpty()) {
            return new Loaded.Bad<>(file.problems);
        }
        TomlTable top = new TomlTable(file, "", parsed, 0);
        Optional<T> value = reader.apply(top);
        top.finish();
        if (!file.problems.isEmpty()) {
            file.problems.sort(Comparator.comparingInt(Problem::line));
            return new Loaded.Bad<>(file.problems);
        }
        return new Loaded.Ok<>(value.orElseThrow(() -> new IllegalStateException("no value, and no problem noted")));
    }

    private void notToml(TomlParseError error) {
        add(error.position().line(), "not TOML: " + error.getMessage(), "see toml.io");
    }

    void add(Problem problem) {
        problems.add(problem);
    }

    void add(int line, String what, String hint) {
        problems.add(new Problem(name, line, what, hint));
    }

    void addUnread(int line, String what, String hint) {
        problems.add(new Problem(name, line, what, hint).thatMayPass());
    }
}
