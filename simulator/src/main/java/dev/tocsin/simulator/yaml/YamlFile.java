package dev.tocsin.simulator.yaml;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
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
 * gathered, and what nobody asked for is a problem too. Aliases and tags are not taken.
 */
public final class YamlFile {

    /** Largest file that is read, bytes: a registry of some 100,000 devices. */
    public static final int MAX_BYTES = 64 << 20;

    /** Deepest nesting of maps and lists; what is read here has six levels. */
    static final int MAX_DEPTH = 32;

    private static final YAMLFactory YAML = factory();

    private final String name;
    private final Problems problems;
    private int depth;

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
            return file.read(Utf8.of(Files.readAllBytes(path)), reader);
        } catch (IOException e) {
            return file.bad(
                    Position.WHOLE_FILE,
                    "cannot be read: " + FileTrouble.of(e),
                    "it must be a file that this user may read");
        }
    }

    /** Reads a text that came from somewhere else; {@code name} stands for the file in problems. */
    public static <T> Loaded<T> read(String name, String text, Function<YamlMap, T> reader) {
        return new YamlFile(name).read(Utf8.of(text), reader);
    }

    private <T> Loaded<T> read(Utf8 file, Function<YamlMap, T> reader) {
        if (file.fault().isPresent()) {
            Utf8.Fault fault = file.fault().get();
            return bad(fault.at(), fault.what(), fault.hint());
        }
        YamlNode root;
        try (YAMLParser parser = YAML.createParser(file.text())) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return bad(new Position(1, 1), "the file is empty", "write 'key: value' lines");
            }
            root = node(parser, first);
            if (problems.isEmpty() && parser.nextToken() != null) {
                return bad(positionOf(parser), "a second document", "one file, one document: remove the '---'");
            }
        } catch (StreamConstraintsException e) {
            // the limits here come first; what is behind a problem that is noted may meet the library's
            if (problems.isEmpty()) {
                problems.add(positionOf(e), "larger than anything that belongs here", "is it the right file?");
            }
            return new Loaded.Bad<>(problems.inOrder());
        } catch (JsonProcessingException e) {
            problems.add(positionOf(e), "not YAML: " + what(e), "look at quotes, colons and indentation");
            return new Loaded.Bad<>(problems.inOrder());
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
        plain(p, at);
        if (depth == MAX_DEPTH && token.isStructStart()) {
            problems.add(at, "nested more than " + MAX_DEPTH + " deep", "close a bracket, or is it the right file?");
            p.skipChildren();
            return new YamlNode.Scalar(at, "", true);
        }
        depth++;
        YamlNode node = plainNode(p, token, at);
        depth--;
        return node;
    }

    /** Notes what YAML has and no file of ours. */
    private void plain(YAMLParser p, Position at) throws IOException {
        if (p.isCurrentAlias()) {
            problems.add(at, "an alias (*" + p.getText() + ")", "write the value out");
        }
        if (p.getTypeId() != null) {
            String tag = "!" + p.getTypeId();
            problems.add(
                    at,
                    "a tag (" + tag.replace("!tag:yaml.org,2002:", "!!") + ")",
                    "leave it out: each key knows what it wants");
        }
    }

    private YamlNode plainNode(YAMLParser p, JsonToken token, Position at) throws IOException {
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
        boolean ofTheMap = p.getTypeId() != null; // the parser gives a map's tag to its first key, too
        for (String key = p.nextFieldName(); key != null; key = p.nextFieldName()) {
            Position keyAt = positionOf(p);
            if (!ofTheMap) {
                plain(p, keyAt);
            }
            ofTheMap = false;
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
        if (e.getCause() instanceof MarkedYAMLException yaml && yaml.getProblem() != null) {
            return yaml.getProblem();
        }
        String message = e.getOriginalMessage();
        return message.startsWith("Expected a field name")
                ? "a list or a map where a key should be" // the message has a class of the parser's in it
                : message.lines().findFirst().orElse("");
    }
}
