package dev.tocsin.simulator.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.config.Problem;
import dev.tocsin.sdk.model.AlarmKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class YamlFileTest {

    private static <T> T read(String text, Function<YamlMap, T> reader) {
        return YamlFile.read("f.yaml", text, reader).orThrow();
    }

    private static List<String> problems(String text, Function<YamlMap, ?> reader) {
        return switch (YamlFile.read("f.yaml", text, top -> Optional.of(reader.apply(top)))) {
            case Loaded.Ok<?> ok -> List.of();
            case Loaded.Bad<?>(List<Problem> found) ->
                found.stream().map(Problem::toString).toList();
        };
    }

    @Test
    void values_of_all_kinds_are_read() {
        String text = """
                name: "Linxiang"
                code: 530902
                on: true
                every: 90s
                kinds: [panic, FALL_RISK]
                below: {a: {x: "1"}, b: {x: "2"}}
                """;

        List<Object> values = read(
                text,
                top -> List.of(
                        top.text("name"),
                        top.text("code"),
                        top.flag("on", false),
                        top.duration("every", Duration.ZERO, Duration.ofHours(1)),
                        top.choices("kinds", AlarmKind.class),
                        top.map("below").named().entrySet().stream()
                                .map(e -> e.getKey() + e.getValue().text("x"))
                                .toList()));

        assertThat(values)
                .isEqualTo(List.of(
                        "Linxiang",
                        "530902",
                        true,
                        Optional.of(Duration.ofSeconds(90)),
                        Set.of(AlarmKind.PANIC, AlarmKind.FALL_RISK),
                        List.of("a1", "b2")));
    }

    @Test
    void what_is_not_there_is_empty() {
        List<Object> values = read(
                "a: 1",
                top -> List.of(
                        top.text("a"),
                        top.optionalText("b"),
                        top.flag("c", true),
                        top.texts("d"),
                        top.optionalMap("e").isEmpty()));

        assertThat(values).isEqualTo(List.of("1", Optional.empty(), true, List.of(), true));
    }

    @Test
    void an_unknown_key_is_told_with_its_line_and_the_nearest_known_one() {
        assertThat(problems(
                        "name: x\nlisten: y\nleger: z\n",
                        top -> List.of(top.text("name"), top.text("listen"), top.optionalText("ledger"))))
                .containsExactly("f.yaml:3:1: unknown key leger (did you mean ledger?)");
    }

    @Test
    void an_unknown_key_further_down_is_told_with_its_path() {
        assertThat(problems("a:\n  b: 1\n  c: 2\n", top -> top.map("a").text("b")))
                .containsExactly("f.yaml:3:3: unknown key a.c (did you mean b?)");
    }

    @Test
    void a_missing_key_is_told() {
        assertThat(problems("a: 1\n", top -> top.text("a") + top.text("b")))
                .containsExactly("f.yaml:1:1: b is missing (add 'b: …')");
    }

    @Test
    void a_key_twice_is_told() {
        assertThat(problems("a: 1\nb: 2\na: 3\n", top -> top.text("a")))
                .containsExactly("f.yaml:3:1: key 'a' again (it is in line 1 already: keep one)");
    }

    @Test
    void values_of_the_wrong_kind_are_told_each_in_its_line() {
        String text = "a: [1]\nb: maybe\nc: 5\nd: 90x\ne: [{x: 1}]\nf: text\ng: [PANIK]\n";

        assertThat(problems(
                        text,
                        top -> List.of(
                                top.optionalText("a"),
                                top.flag("b", false),
                                top.texts("c"),
                                top.duration("d", Duration.ZERO, Duration.ofHours(1)),
                                top.texts("e"),
                                top.optionalMap("f"),
                                top.choices("g", AlarmKind.class))))
                .hasSize(7)
                .allMatch(problem -> problem.matches("f\\.yaml:\\d:\\d: .+ \\(.+\\)"))
                .element(6)
                .asString()
                .contains("did you mean PANIC?");
    }

    @Test
    void a_duration_out_of_range_is_told() {
        assertThat(problems("d: 2h", top -> top.duration("d", Duration.ofSeconds(1), Duration.ofHours(1))))
                .containsExactly("f.yaml:1:1: d: '2h' is no duration in range (from 1s to 3600s, with its unit: 500ms,"
                        + " 60s, 10m)");
    }

    @Test
    void what_is_no_yaml_is_told_with_its_line() {
        assertThat(problems("a: 1\nb: [1, 2\nc: 3\n", top -> top.text("a")))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("f.yaml:3:2: not YAML");
    }

    @Test
    void what_is_not_yaml_is_told_as_what_was_expected_there() {
        assertThat(problems("a: [1, 2\nb: 3\n", top -> top.text("a")))
                .containsExactly("f.yaml:2:2: not YAML: expected ',' or ']', but got :"
                        + " (look at quotes, colons and indentation)");
    }

    @Test
    void a_list_or_nothing_or_a_second_document_is_no_file_of_ours() {
        assertThat(problems("- a\n", top -> "")).first().asString().contains("not a map");
        assertThat(problems("", top -> "")).containsExactly("f.yaml:1:1: the file is empty (write 'key: value' lines)");
        assertThat(problems("a: 1\n---\nb: 2\n", top -> top.text("a")))
                .first()
                .asString()
                .contains("second document");
    }

    @Test
    void aliases_are_not_taken() {
        assertThat(problems("a: &x 1\nb: *x\n", top -> top.text("a") + top.text("b")))
                .containsExactly("f.yaml:2:4: an alias (*x) (write the value out)");
    }

    @Test
    void tags_are_not_taken() {
        assertThat(problems("a: !!java.io.File x\n!x b: !y {c: 1}\n", top -> ""))
                .containsExactly(
                        "f.yaml:1:4: a tag (!!java.io.File) (leave it out: each key knows what it wants)",
                        "f.yaml:2:1: a tag (!x) (leave it out: each key knows what it wants)",
                        "f.yaml:2:7: a tag (!y) (leave it out: each key knows what it wants)");
    }

    @Test
    void thirty_two_levels_are_read_and_no_more() {
        int most = YamlFile.MAX_DEPTH - 1; // one is the file's own
        assertThat(problems("a: " + "[".repeat(most) + "]".repeat(most), top -> top.value("a")))
                .isEmpty();
        assertThat(problems("a: " + "[".repeat(most + 1) + "]".repeat(most + 1), top -> top.value("a")))
                .containsExactly("f.yaml:1:35: nested more than 32 deep (close a bracket, or is it the right file?)");
        assertThat(problems("a: " + "[".repeat(100_000), top -> top.value("a")))
                .containsExactly("f.yaml:1:35: nested more than 32 deep (close a bracket, or is it the right file?)");
    }

    @Test
    void bytes_that_are_no_text_are_told_where_they_stand(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("f.yaml");
        Files.write(file, "a: 1\nb: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(told(file))
                .containsExactly(":2:7: byte 0xE9 is not UTF-8 (save the file as UTF-8 text; is it the right file?)");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 'a', 0});
        assertThat(told(file))
                .containsExactly(":1:1: byte 0xFF is not UTF-8 (save the file as UTF-8 text; is it the right file?)");
        Files.writeString(file, "\ufeffa: 学校\r\nb: x\u0000");
        assertThat(told(file))
                .containsExactly(":2:5: a character that no text has: U+0000 (remove it; is it the right file?)");
        Files.write(file, "a: 学".getBytes(StandardCharsets.UTF_8), StandardOpenOption.TRUNCATE_EXISTING);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 5));
        assertThat(told(file))
                .containsExactly(":1:4: byte 0xE5 is not UTF-8 (save the file as UTF-8 text; is it the right file?)");
    }

    private static List<String> told(Path file) {
        return switch (YamlFile.read(file, top -> top.text("a"))) {
            case Loaded.Ok<String> ok -> List.of();
            case Loaded.Bad<String>(List<Problem> found) ->
                found.stream()
                        .map(p -> p.toString().substring(file.toString().length()))
                        .toList();
        };
    }

    @Test
    void a_missing_file_is_told() {
        assertThat(YamlFile.read(Path.of("no-such-file.yaml"), top -> ""))
                .isEqualTo(new Loaded.Bad<>(
                        List.of(new Problem("no-such-file.yaml", 0, "no such file", "check the path"))));
    }

    @Test
    void names_that_the_writer_chose_are_read_as_texts() {
        Map<String, String> names = read(
                "a:\n  \"530902\": Linxiang\n  530921: Fengqing\n",
                top -> top.map("a").namedTexts());

        assertThat(names).isEqualTo(Map.of("530902", "Linxiang", "530921", "Fengqing"));
    }
}
