package dev.tocsin.simulator.eval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tocsin.firmware.board.Debouncer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The evaluation on small made-up recordings. */
class BounceEvaluationTest {

    private static final String HEADER = "t_us,level,rising_edges\n";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void presses_are_counted_as_recognised_missed_and_doubled_by_session() throws IOException {
        write("clean.csv", "0,1,0\n1,0,0\n"); // decided 3 ms after 1 us
        write("bouncing.csv", "0,1,0\n1,0,0\n100,1,1\n300,0,0\n");
        write("spark.csv", "0,1,0\n1,0,0\n500,1,1\n");
        write("twice.csv", "0,1,0\n1,0,0\n50000,1,1\n250000,0,0\n");
        write("release.csv", "0,0,0\n1,1,1\n");
        manifest(
                "clean.csv,good,press",
                "bouncing.csv,good,press",
                "release.csv,good,release",
                "spark.csv,bad,press",
                "twice.csv,bad,press",
                "held-out.csv,bad,press");

        BounceEvaluation evaluation = evaluate();

        BounceEvaluation.Score good = evaluation.by().getOrDefault("good", evaluation.all());
        BounceEvaluation.Score bad = evaluation.by().getOrDefault("bad", evaluation.all());
        assertThat(good.traces()).isEqualTo(3);
        assertThat(good.expected()).isEqualTo(2);
        assertThat(good.recognised()).isEqualTo(2);
        assertThat(good.doubled()).isZero();
        assertThat(good.decision().maxMs()).isBetween(3.0, 3.5);
        assertThat(bad.expected()).isEqualTo(2);
        assertThat(bad.recognised()).isEqualTo(1);
        assertThat(bad.missed()).isEqualTo(1);
        assertThat(bad.doubled()).isEqualTo(1);
        assertThat(evaluation.all().missed()).isEqualTo(1);
        assertThat(evaluation.skipped()).isEqualTo(1);
    }

    @Test
    void ten_thousand_glitches_raise_nothing() throws IOException {
        write("clean.csv", "0,1,0\n1,0,0\n");
        manifest("clean.csv,good,press");
        assertThat(evaluate().glitches()).isEqualTo(new Glitches.Result(10_000, 0));
    }

    @Test
    void the_json_has_the_names_that_others_read() throws IOException {
        write("clean.csv", "0,1,0\n1,0,0\n");
        manifest("clean.csv,good,press");
        JsonNode json = new ObjectMapper().readTree(BounceJson.text(evaluate()));
        assertThat(json.fieldNames())
                .toIterable()
                .contains("traces", "expected", "recognised", "missed", "doubled", "decision_ms", "by", "glitches");
        assertThat(json.at("/decision_ms").fieldNames()).toIterable().containsExactly("p50", "p99", "max");
        assertThat(json.at("/by/0/session").asText()).isEqualTo("good");
        assertThat(json.at("/by/0/recognised").asInt()).isEqualTo(1);
        assertThat(json.at("/glitches/count").asInt()).isEqualTo(10_000);
    }

    @Test
    void a_folder_without_a_manifest_says_what_is_expected() {
        assertThat(Recordings.read(folder.resolve("manifest.csv")))
                .isInstanceOfSatisfying(
                        Recordings.Reading.Unusable.class,
                        unusable -> assertThat(unusable.why())
                                .contains("no such file")
                                .contains("expected a manifest.csv with the columns file,session,action"));
    }

    @Test
    void a_manifest_with_other_columns_or_a_broken_recording_is_told_with_its_line() throws IOException {
        Files.writeString(folder.resolve("manifest.csv"), "name,who\n");
        assertThat(unusable()).endsWith("manifest.csv:1: the first line must have the columns file,session,action");
        manifest("clean.csv,good,pressed");
        assertThat(unusable()).endsWith("manifest.csv:2: action is pressed; it must be press or release");
        write("clean.csv", "0,2,0\n");
        manifest("clean.csv,good,press");
        assertThat(unusable()).contains("clean.csv:2: level is 2");
    }

    private String unusable() {
        return Recordings.read(folder.resolve("manifest.csv")) instanceof Recordings.Reading.Unusable(String why)
                ? why
                : "usable";
    }

    private BounceEvaluation evaluate() {
        if (Recordings.read(folder.resolve("manifest.csv")) instanceof Recordings.Reading.Read(Recordings recordings)) {
            return BounceEvaluation.of(recordings, Debouncer.Settings.DEFAULT, 1);
        }
        throw new AssertionError(unusable());
    }

    private void write(String name, String rows) throws IOException {
        Files.writeString(folder.resolve(name), HEADER + rows);
    }

    private void manifest(String... rows) throws IOException {
        Files.writeString(folder.resolve("manifest.csv"), "file,session,action\n" + String.join("\n", rows) + "\n");
    }
}
