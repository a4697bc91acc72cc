package dev.tocsin.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.firmware.app.ButtonDevice;
import dev.tocsin.firmware.board.BoardProfile;
import dev.tocsin.firmware.board.BoardProfiles;
import dev.tocsin.firmware.wiring.Wiring;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Drawings and pin tables in the documents are what {@code tocsin-firmware pins} draws. After a change of a profile write
 * them anew with {@code ./mvnw -pl hardware-docs -am test -Dtest=DrawnTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dtocsin.drawn=write}.
 */
class DrawnTest {

    private static final boolean WRITE = "write".equals(System.getProperty("tocsin.drawn"));

    /** Every built-in profile in every language: name, language, what follows the name in file names. */
    static Stream<Arguments> pages() {
        return BoardProfiles.BUILT_IN.stream()
                .flatMap(profile -> Stream.of(
                        Arguments.of(profile, Locale.ENGLISH, ""), Arguments.of(profile, Locale.CHINESE, ".zh-CN")));
    }

    /** Those that watch, in every language. */
    static Stream<Arguments> guards() {
        return pages().map(Arguments::get)
                .filter(page -> !page[0].equals("wall-button"))
                .map(page -> Arguments.of(page[0], page[2]));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void the_drawing_is_the_generator_s_and_the_page_shows_it(String profile, Locale locale, String suffix) {
        String file = "drawings/" + profile + suffix + ".svg";
        String drawn = wiring(profile).svg(locale);
        if (WRITE) {
            Documents.write("hardware-docs/" + file, drawn);
        }
        assertThat(Documents.read("hardware-docs/" + file)).isEqualTo(drawn);
        assertThat(page(profile, suffix)).contains("](" + file + ")");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void the_pin_table_is_the_generator_s(String profile, Locale locale, String suffix) {
        String command = "<!-- tocsin-firmware pins " + profile + " --table --lang " + locale.getLanguage() + " -->\n";
        String table = wiring(profile).table(locale);
        Pattern place = Pattern.compile(Pattern.quote(command) + "(.*?\n)\n", Pattern.DOTALL);
        Matcher m = place.matcher(page(profile, suffix));
        assertThat(m.find()).as("the page has a place for its table").isTrue();
        if (WRITE) {
            Documents.write(
                    "hardware-docs/" + profile + suffix + ".md",
                    m.replaceFirst(Matcher.quoteReplacement(command + table + "\n")));
        } else {
            assertThat(m.group(1)).isEqualTo(table);
        }
    }

    /** Whether that configuration can be read at all is for {@link DocumentsTest}. */
    @ParameterizedTest
    @MethodSource("guards")
    void a_guard_s_page_has_a_configuration_in_which_all_that_is_wired_is_watched(String profile, String suffix) {
        String toml = Documents.blocks(page(profile, suffix), "toml").getFirst();

        assertThat(toml).contains("profile = \"" + profile + "\"");
        wired(profile)
                .filter(name -> !ButtonDevice.INPUTS.contains(name))
                .forEach(name -> assertThat(toml).contains(" = \"" + name + "\""));
    }

    /** The last table of a page: each input and sensor, and what it raises. */
    @ParameterizedTest
    @MethodSource("guards")
    void a_guard_s_page_says_of_all_that_is_wired_what_it_raises(String profile, String suffix) {
        String page = page(profile, suffix);
        List<String> told = page.substring(page.lastIndexOf("|---|---|\n"))
                .lines()
                .skip(1)
                .filter(line -> line.startsWith("| "))
                .map(line -> line.split("\\|", -1)[1].strip())
                .toList();
        assertThat(told).containsExactlyElementsOf(wired(profile).toList());
    }

    private static Stream<String> wired(String profile) {
        return Stream.concat(profile(profile).inputs().keySet().stream(), profile(profile).sensors().keySet().stream());
    }

    private static BoardProfile profile(String name) {
        return BoardProfiles.builtIn(name).orThrow();
    }

    private static Wiring wiring(String profile) {
        return Wiring.of(profile(profile));
    }

    private static String page(String profile, String suffix) {
        return Documents.read("hardware-docs/" + profile + suffix + ".md");
    }
}
