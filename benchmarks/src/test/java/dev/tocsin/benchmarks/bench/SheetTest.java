package dev.tocsin.benchmarks.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SheetTest {

    @TempDir
    private Path folder = Path.of("");

    /** Each really runs, with processes of its own, and as little as makes sense. */
    @ParameterizedTest
    @CsvSource({
        "first --processes 1, 4, p99_us",
        "centre --sessions 4, 1, half_p99_us",
        "fleet --devices 3, 1, rss_mib",
        "growth --devices 10, 2, heap_kib_each",
        "parts --only DebounceCost, 1, p99_ns",
    })
    void a_question_becomes_a_table_json_and_a_section(String words, int rows, String key) throws IOException {
        File json = folder.resolve("sheet.json").toFile();
        Path scratch = folder.resolve("scratch");
        StringWriter out = new StringWriter();
        Stream<String> more =
                Stream.of("--quick", "--json", json.toString(), "--report", folder.toString(), "--dir", scratch + "");
        int code = BenchCommand.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(new StringWriter()))
                .execute(Stream.concat(Stream.of(words.split(" ", -1)), more).toArray(String[]::new));

        assertThat(code).isZero();
        JsonNode sheet = new ObjectMapper().readTree(json);
        assertThat(sheet.get("rows")).hasSize(rows);
        assertThat(sheet.get("whole").asBoolean()).isTrue();
        assertThat(sheet.get("command").asText()).startsWith("./tocsin bench " + words);
        sheet.get("rows").forEach(row -> assertThat(row.get(key).asDouble()).isPositive());
        sheet.get("rows")
                .forEach(row ->
                        assertThat(out.toString()).contains(row.get("what").asText()));
        assertThat(folder.resolve("RESULTS.md"))
                .content()
                .contains("<!-- begin " + sheet.get("name").asText() + " -->", "./tocsin bench " + words);
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void a_section_written_again_takes_its_own_place_and_leaves_the_others() throws IOException {
        Path page = folder.resolve("RESULTS.md");
        Files.writeString(page, "# Results\n\nthe run\n");
        Sections.put(page, "first", "one\n");
        Sections.put(page, "centre", "two\n");
        Sections.put(page, "first", "three $1\n");

        assertThat(page).hasContent("""
                        # Results

                        the run

                        <!-- begin centre -->
                        two
                        <!-- end centre -->

                        <!-- begin first -->
                        three $1
                        <!-- end first -->
                        """);
    }

    @Test
    void the_whole_run_written_again_keeps_the_sections() throws IOException {
        Path page = folder.resolve("RESULTS.md");
        Sections.put(page, "first", "one\n");
        Sections.putRest(page, "# Results\n\nanew\n");

        assertThat(page).hasContent("# Results\n\nanew\n\n<!-- begin first -->\none\n<!-- end first -->\n");
    }

    @Test
    void what_a_row_lacks_is_left_empty() {
        Sheet sheet = new Sheet(
                "some",
                "Some",
                "How.",
                List.of(new Sheet.Column("a_us", "a us", 1), new Sheet.Column("b_us", "b us", 0)),
                List.of(new Sheet.Row("row", java.util.Map.of("b_us", 2.0))),
                List.of(),
                true,
                false);
        Machine machine = new Machine("processor", "", "", "", "", "", "abc", 0);
        assertThat(SheetText.section(sheet, machine, "./tocsin bench some"))
                .contains("| | a us | b us |\n|---|---:|---:|\n| row |  | 2 |\n");
    }
}
