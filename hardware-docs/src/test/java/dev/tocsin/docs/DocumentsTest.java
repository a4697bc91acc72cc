package dev.tocsin.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.tocsin.firmware.app.FirmwareConfig;
import dev.tocsin.firmware.board.BoardProfiles;
import dev.tocsin.firmware.board.Show;
import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.session.Indication;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentsTest {

    @Test
    void every_relative_link_leads_somewhere() {
        List<String> broken = new ArrayList<>();
        for (Path document : Documents.markdown()) {
            Matcher m = Pattern.compile("\\]\\(([^)#]*)(#[^)]*)?\\)").matcher(read(document));
            while (m.find()) {
                String target = m.group(1);
                Path file = target.isEmpty() ? document : document.resolveSibling(target);
                if (target.contains("://")) {
                    continue;
                }
                boolean there = Files.exists(file)
                        && (m.group(2) == null
                                || anchors(read(file.normalize()))
                                        .contains(m.group(2).substring(1)));
                if (!there) {
                    broken.add(Documents.ROOT.relativize(document) + " -> " + m.group());
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    /** What a heading is called in a link: small letters, dashes for spaces, no other marks. */
    private static List<String> anchors(String markdown) {
        return markdown.lines()
                .filter(line -> line.matches("#{1,6} .*"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"wall-button.md", "wall-button.zh-CN.md"})
    void every_show_of_the_lamps_is_explained(String document) {
        List<String> explained = Documents.read("hardware-docs/" + document)
                .lines()
                .filter(line -> line.matches("\\| [A-Z_]+ \\|.*"))
                .map(line -> line.split("\\|", -1)[1].strip())
                .toList();
        assertThat(explained)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Show.values()).map(Show::name).toList());
    }

    @ParameterizedTest
    @CsvSource({"README.md", "README.zh-CN.md"})
    void the_readme_explains_every_lamp_line_that_run_prints_once_armed(String document) {
        List<String> explained = Documents.read(document)
                .lines()
                .filter(line -> line.startsWith("| `lamp "))
                .map(line -> line.split("`", -1)[1].substring("lamp ".length()))
                .toList();
        assertThat(explained)
                .containsExactlyInAnyOrderElementsOf(Stream.of(Indication.values())
                        .filter(indication -> indication != Indication.STARTING)
                        .map(Indication::name)
                        .toList());
    }

    @Test
    void the_quick_start_of_the_sdk_is_the_example_that_ci_builds_and_runs() {
        String example = Documents.read("device-sdk/example/src/main/java/com/example/vendor/SmokeGateway.java");
        assertThat(squeezed(example)).contains(squeezed(block(Documents.read("device-sdk/README.md"), "java")));
    }

    @ParameterizedTest
    @CsvSource({
        "wall-button.md",
        "wall-button.zh-CN.md",
        "parapet-guard.md",
        "parapet-guard.zh-CN.md",
        "water-edge-guard.md",
        "water-edge-guard.zh-CN.md"
    })
    void the_configuration_in_the_documents_is_read_without_an_unknown_key(String document) {
        String toml = block(Documents.read("device-sdk/README.md"), "toml")
                + block(Documents.read("hardware-docs/" + document), "toml");
        List<String> unknown = switch (FirmwareConfig.parse("README", toml, Documents.ROOT)) {
            case Loaded.Ok<FirmwareConfig> ok -> List.of();
            case Loaded.Bad<FirmwareConfig>(var problems) ->
                problems.stream()
                        .map(Object::toString)
                        .filter(p -> !p.contains("no such file"))
                        .toList();
        };
        assertThat(unknown).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"wall-button.md", "wall-button.zh-CN.md"})
    void the_profile_of_one_s_own_in_the_document_can_be_used(String document) {
        String text = Documents.read("hardware-docs/" + document);
        String toml = block(text.substring(text.indexOf("my-button.toml")), "toml");
        assertThat(BoardProfiles.parse(document, toml).orThrow().inputs()).containsOnlyKeys("panic", "reset");
    }

    private static String block(String markdown, String language) {
        Matcher m =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(markdown);
        return m.find() ? m.group(1) : fail("no block of " + language);
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", " ").strip();
    }

    private static String read(Path file) {
        return Documents.read(Documents.ROOT.relativize(file).toString());
    }
}
