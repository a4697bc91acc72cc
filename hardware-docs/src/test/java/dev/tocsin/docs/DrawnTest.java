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

    /** The firmware reads the panic and the reset contact. What else a profile wires must be called so where it is told. */
    @ParameterizedTest
    @MethodSource("pages")
    void a_page_says_of_each_input_whether_it_is_read(String profile, Locale locale, String suffix) {
        List<String> inputs = profile(profile).inputs().keySet().stream().toList();
        String notRead = locale.equals(Locale.CHINESE) ? "尚未读取" : "not read yet";
        List<String> unread = page(profile, suffix)
                .lines()
                .filter(line -> line.startsWith("| ") && line.endsWith("| " + notRead + " |"))
                .map(line -> line.split("\\|", -1)[1].strip())
                .toList();

        assertThat(unread)
                .containsExactlyElementsOf(inputs.stream()
                        .filter(input -> !input.equals(ButtonDevice.PANIC) && !input.equals(ButtonDevice.RESET))
                        .toList());
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
