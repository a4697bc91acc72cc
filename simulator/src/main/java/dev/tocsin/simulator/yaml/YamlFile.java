package dev.tocsin.simulator.yaml;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.tocsin.sdk.config.FileTrouble;
import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.config.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * A YAML file being read. Hand {@link #read} a function that takes what it needs from the top map; every problem it meets is
 * gathered, and what nobody asked for is a problem too. Anchors and aliases are not taken.
 */
public final class YamlFile {

    /** Largest file that is read, bytes: a registry of some 100,000 devices. */
    public static final int MAX_BYTES = 64 << 20;

    private static final YAMLFactory YAML = factory();

    private final String name;
    private final Problems problems;

    private YamlFile(String name) {
        this.name = name;
        this.problems = new Problems(name);
    }

    private static YAMLFactory factory() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_BYTES);
        return YAMLFactory.builder().loaderOptions(options).build();
    }

    /** Reads a file. */
    public static <T> Loaded<T> read(Path path, Function<YamlMap, T> reader) {
        YamlFile file = new YamlFile(path.toString());
        try {
            if (Files.isDirectory(path)) {
                return file.bad(Position.WHOLE_FILE, "it is a folder", "name a file in it");
            }
            if (!Files.isRegularFile(path)) {
                return file.bad(Position.WHOLE_FILE, "no such file", "check the path");
            }
            if (Files.size(path) > MAX_BYTES) {
                return file.bad(Position.WHOLE_FILE, "larger than " + MAX_BYTES + " bytes", "is it the right file?");
            }
            return file.read(Files.readString(path), reader);
        } catch (IOException e) {
            return file.bad(
                    Position.WHOLE_FILE,
                    "cannot be read: " + FileTrouble.of(e),
                    "it must be a UTF-8 file that this user may read");
        }
    }

    /** Reads a text that came from somewhere else; {@code name} stands for the file in problems. */
    public static <T> Loaded<T> read(String name, String text, Function<YamlMap, T> reader) {
        return new YamlFile(name).read(text, reader);
    }

    private <T> Loaded<T> read(String text, Function<YamlMap, T> reader) {
        YamlNode root;
        try (YAMLParser parser = YAML.createParser(text)) {
            JsonToken first = parser.nextToken();
            root = first == null ? new YamlNode.Scalar(Position.WHOLE_FILE, "", true) : node(parser, first);
            if (problems.isEmpty() && parser.nextToken() != null) {
                return bad(positionOf(parser), "a second document", "one file, one document: remove the '---'");
            }
        } catch (JsonProcessingException e) {
            return bad(positionOf(e), "not YAML: " + what(e), "look at quotes, colons and indentation");
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory cannot fail", e);
        }
        if (!problems.isEmpty()) {
            return new Loaded.Bad<>(problems.inOrder());
        }
        if (!(root instanceof YamlNode.Mapping top)) {
            return bad(root.at(), "not a map of keys and values", "write 'key: value' lines");
        }
        YamlMap map = new YamlMap("", top, top.at(), problems);
        T value = reader.apply(map);
        map.finish();
        return problems.isEmpty() ? new Loaded.Ok<>(value) : new Loaded.Bad<>(problems.inOrder());
    }

    private YamlNode node(YAMLParser p, JsonToken token) throws IOException {
        Position at = positionOf(p);
        if (p.isCurrentAlias()) {
            problems.add(at, "an alias (*" + p.getText() + ")", "write the value out");
        }
        return switch (token) {
            case START_OBJECT -> mapping(p, at);
            case START_ARRAY -> {
                List<YamlNode> items = new ArrayList<>();
                for (JsonToken t = p.nextToken(); t != null && t != JsonToken.END_ARRAY; t = p.nextToken()) {
                    items.add(node(p, t));
                }
                yield new YamlNode.Sequence(at, items);
            }
            case VALUE_NULL -> new YamlNode.Scalar(at, "", true);
            default -> new YamlNode.Scalar(at, p.getText(), false);
        };
    }

    private YamlNode mapping(YAMLParser p, Position at) throws IOException {
        Map<String, YamlNode.Keyed> keys = new LinkedHashMap<>();
        for (String key = p.nextFieldName(); key != null; key = p.nextFieldName()) {
            Position keyAt = positionOf(p);
            YamlNode value = node(p, p.nextToken());
            YamlNode.Keyed before = keys.putIfAbsent(key, new YamlNode.Keyed(keyAt, value));
            if (before != null) {
                problems.add(
                        keyAt,
                        "key '" + key + "' again",
                        "it is in line " + before.at().line() + " already: keep one");
            }
        }
        return new YamlNode.Mapping(at, keys);
    }

    private <T> Loaded<T> bad(Position at, String what, String hint) {
        return new Loaded.Bad<>(List.of(new Problem(name, at.line(), at.column(), what, hint)));
    }

    private static Position positionOf(YAMLParser p) {
        return positionOf(p.currentTokenLocation());
    }

    private static Position positionOf(JsonLocation at) {
        return new Position(at.getLineNr(), at.getColumnNr());
    }

    private static Position positionOf(JsonProcessingException e) {
        if (e.getCause() instanceof MarkedYAMLException yaml && yaml.getProblemMark() != null) {
            Mark mark = yaml.getProblemMark();
            return new Position(mark.getLine() + 1, mark.getColumn() + 1);
        }
        return e.getLocation() == null ? Position.WHOLE_FILE : positionOf(e.getLocation());
    }

    private static String what(JsonProcessingException e) {
        return e.getCause() instanceof MarkedYAMLException yaml && yaml.getProblem() != null
                ? yaml.getProblem()
                : firstLine(e.getOriginalMessage());
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }
}
