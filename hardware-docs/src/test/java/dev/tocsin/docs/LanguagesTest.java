package dev.tocsin.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A page in Chinese says as much as the same page in English: what was added to one and not to the other is found. */
class LanguagesTest {

    private static final List<String> LANGUAGES = List.of("sh", "toml", "yaml", "ini");

    static Stream<String> pages() {
        return Documents.inTwoLanguages().stream();
    }

    @Test
    void every_page_for_integrators_is_there_in_both() {
        assertThat(pages())
                .containsExactlyInAnyOrder(
                        "README",
                        "acceptance-test",
                        "commissioning",
                        "installing",
                        "maintenance",
                        "parapet-guard",
                        "standards",
                        "wall-button",
                        "water-edge-guard");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void both_have_the_same_commands_and_files(String page) {
        for (String language : LANGUAGES) {
            assertThat(code(chinese(page), language))
                    .as("%s in %s", language, page)
                    .isEqualTo(code(english(page), language));
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void both_have_the_same_headings_and_table_rows(String page) {
        assertThat(shape(chinese(page))).isEqualTo(shape(english(page)));
    }

    /** Without remarks and titles, which are in the page's language. */
    private static List<String> code(String markdown, String language) {
        return Documents.blocks(markdown, language).stream()
                .flatMap(String::lines)
                .map(line -> line.replaceAll("(^|\\s+)#.*", "").replaceAll("^title = .*", "title"))
                .toList();
    }

    /** Of each line what it is: a heading of some depth, a row of a table with some cells. */
    private static List<String> shape(String markdown) {
        return markdown.replaceAll("(?s)```.*?```", "")
                .lines()
                .filter(line -> line.startsWith("#") || line.startsWith("|"))
                .map(line -> line.startsWith("#")
                        ? line.replaceAll(" .*", "")
                        : "row of " + (line.split("\\|", -1).length - 2))
                .toList();
    }

    private static String english(String page) {
        return Documents.read("hardware-docs/" + page + ".md");
    }

    private static String chinese(String page) {
        return Documents.read("hardware-docs/" + page + ".zh-CN.md");
    }
}
