package dev.tocsin.benchmarks.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tocsin.benchmarks.path.Paths;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {

    private static final Plan SHORT = new Plan(2, 1, Duration.ofMillis(200), 25, 1, Duration.ofMillis(50), 0);

    @TempDir
    private Path folder = Path.of("");

    private Result measured() throws IOException {
        List<Paths.Candidate> chosen = Paths.all().stream()
                .filter(c ->
                        c.isFloor() || c.name().equals(Paths.OURS) || c.name().equals(Paths.HTTPS))
                .toList();
        Progress silent = new Progress(new PrintWriter(new StringWriter()));
        try (Folders folders = Folders.make(folder);
                Bench bench = new Bench(SHORT, silent, () -> false)) {
            bench.open(chosen, folders);
            return bench.run(Machine.here(folders), "./tocsin bench", folders);
        }
    }

    @Test
    void a_run_becomes_a_table_json_and_a_page() throws IOException {
        Result result = measured();
        assertThat(result.whole()).isTrue();

        StringWriter table = new StringWriter();
        Table.print(result, new PrintWriter(table));
        assertThat(table.toString()).contains(Paths.FLOOR, Paths.OURS, Paths.HTTPS, "datagram to ledger");

        JsonNode json = new ObjectMapper().readTree(ResultJson.text(result));
        assertThat(json.fieldNames()).toIterable().containsExactly("floor_us", "paths");
        assertThat(json.get("floor_us").fieldNames()).toIterable().containsExactly("p50", "p99");
        assertThat(json.get("paths").findValuesAsText("name")).containsExactly(Paths.OURS, Paths.HTTPS);
        json.get("paths")
                .forEach(path -> assertThat(path.fieldNames())
                        .toIterable()
                        .containsExactly("name", "p50_us", "p99_us", "p999_us", "ratio_p50", "ratio_p99"));

        ResultsPage.write(result, folder);
        assertThat(folder.resolve("RESULTS.md"))
                .content()
                .contains("| `" + Paths.OURS + "` |", "./tocsin bench", "| p50 below every peer's |");
        assertThat(folder.resolve("plots/warm.svg"))
                .content()
                .startsWith("<svg ")
                .contains(Paths.HTTPS);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(path -> String.valueOf(path.getFileName())))
                    .containsExactlyInAnyOrder("RESULTS.md", "plots");
        }
    }

    @Test
    void a_path_that_is_not_there_is_refused_with_the_names_of_those_that_are() {
        StringWriter err = new StringWriter();
        int code = BenchCommand.commandLine().setErr(new PrintWriter(err)).execute("--only", "carrier-pigeon");
        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("carrier-pigeon", Paths.OURS);
    }
}
