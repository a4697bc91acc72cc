package dev.tocsin.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each line of defence on the security page names the test that shows it; that test is there, in the file that is linked. */
class SecurityTest {

    private static final String PAGE = Documents.read("hardware-docs/security.md");
    private static final String REVIEW = Documents.read("docs/security-review.md");
    private static final Pattern SHOWN = Pattern.compile("\\[`([a-z0-9_]+)`]\\(\\.\\./([^)#]+\\.java)\\)");
    private static final int ROW = 4;

    @Test
    void every_test_that_is_named_is_in_the_file_that_is_linked() {
        List<String> missing = new ArrayList<>();
        Matcher m = SHOWN.matcher(PAGE + REVIEW);
        while (m.find()) {
            if (!Documents.read(m.group(2)).contains("void " + m.group(1) + "(")) {
                missing.add(m.group(1) + " in " + m.group(2));
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void every_line_of_defence_names_what_shows_it() {
        List<String> rows = PAGE.substring(PAGE.indexOf("| asset | threat |"))
                .lines()
                .skip(2)
                .takeWhile(line -> line.startsWith("| "))
                .toList();
        assertThat(rows).hasSizeGreaterThan(20).allSatisfy(row -> {
            String shownBy = row.split("\\|", -1)[ROW];
            assertThat(SHOWN.matcher(shownBy).find() || shownBy.contains("`tocsin "))
                    .isTrue();
        });
    }
}
