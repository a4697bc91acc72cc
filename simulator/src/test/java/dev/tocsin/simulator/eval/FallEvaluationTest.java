package dev.tocsin.simulator.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The evaluation on small made-up recordings. */
class FallEvaluationTest {

    @TempDir
    private Path folder = Path.of("");

    private MadeUpFalls falls = new MadeUpFalls(folder);

    @BeforeEach
    void begin() {
        falls = new MadeUpFalls(folder);
    }

    private FallsRun run(boolean leaveOut) {
        FallManifest.Reading reading = FallManifest.read(folder.resolve("manifest.csv"));
        assertThat(reading).isInstanceOf(FallManifest.Reading.Read.class);
        FallsRun.Result result =
                FallsRun.play(((FallManifest.Reading.Read) reading).manifest(), Optional.empty(), leaveOut, done -> {});
        assertThat(result).isInstanceOf(FallsRun.Result.Played.class);
        return ((FallsRun.Result.Played) result).run();
    }

    private void four() throws IOException {
        falls.fall("a.csv", "S1").hiddenFall("b.csv", "S1").jump("c.csv", "S2").wildDive("d.csv", "S2");
        falls.row("held-out.csv,fall,Fall,S3,50,5.0,7.0,made-up,waist,g,rad/s,600,12,none")
                .manifest();
    }

    @Test
    void falls_and_activities_are_counted_by_dataset_activity_and_subject() throws IOException {
        four();
        FallEvaluation e = run(false).evaluation();
        assertThat(e.all()).isEqualTo(new FallScore(1, 1, 1, 1));
        assertThat(e.byDataset()).containsOnlyKeys("made-up");
        assertThat(e.byPlacement()).containsOnlyKeys("waist");
        assertThat(e.byActivity())
                .containsEntry(new FallEvaluation.Group("made-up", "Fall, forward"), new FallScore(1, 1, 0, 0))
                .containsEntry(new FallEvaluation.Group("made-up", "Dive"), new FallScore(0, 0, 1, 0));
        assertThat(e.bySubject()).containsEntry(new FallEvaluation.Group("made-up", "S2"), new FallScore(0, 0, 1, 1));
        assertThat(e.skipped()).isEqualTo(1);
        assertThat(e.falsePerHour()).hasValueCloseTo(1 / (2 * 11.98 / 3600), within(0.1));
    }

    @Test
    void the_delay_runs_from_the_impact_and_from_the_label() throws IOException {
        falls.fall("a.csv", "S1").manifest();
        FallEvaluation e = run(false).evaluation();
        assertThat(e.afterImpact())
                .hasValueSatisfying(d -> assertThat(d.medianS()).isBetween(2.0, 2.5));
        assertThat(e.afterStart())
                .hasValueSatisfying(d -> assertThat(d.medianS())
                        .isCloseTo(
                                e.afterImpact()
                                                .map(FallEvaluation.Delay::medianS)
                                                .orElse(0.0)
                                        + MadeUpFalls.IMPACT_S
                                        - 5.0,
                                within(0.03)));
    }

    @Test
    void an_alarm_outside_the_label_is_a_miss_and_a_false_alarm() throws IOException {
        falls.fall("a.csv", "S1");
        Files.writeString(folder.resolve("manifest.csv"), "");
        falls = new MadeUpFalls(folder);
        falls.row("a.csv,fall,Fall,S1,50,8.0,9.0,made-up,waist,g,rad/s,600,12,none")
                .manifest();
        FallEvaluation e = run(false).evaluation();
        assertThat(e.all()).isEqualTo(new FallScore(0, 1, 0, 0));
        assertThat(e.besideFalls()).isEqualTo(1);
        assertThat(e.mistakes()).hasSize(2);
    }

    @Test
    void the_json_has_the_names_that_others_read() throws IOException {
        four();
        JsonNode json = new ObjectMapper().readTree(FallsJson.text(run(true)));
        assertThat(json.at("/by/0").fieldNames())
                .toIterable()
                .containsExactly("dataset", "falls", "adl", "tp", "fn", "fp", "tn", "sensitivity", "specificity");
        assertThat(json.at("/by/0/sensitivity").asDouble()).isEqualTo(0.5);
        assertThat(json.at("/by_activity/0/activity").asText()).isEqualTo("Dive");
        assertThat(json.at("/by_activity/0/sensitivity").isNull()).isTrue();
        assertThat(json.at("/by_subject/1/subject").asText()).isEqualTo("S2");
        assertThat(json.at("/delay_s").fieldNames())
                .toIterable()
                .containsExactly("median", "p95", "max", "from", "after_start");
        assertThat(json.at("/false_per_hour").isNumber()).isTrue();
        assertThat(json.at("/mistakes")).hasSize(2);
        assertThat(json.at("/caveat").asText()).contains("mattresses");
        assertThat(json.at("/leave_subjects_out/0/left_out/falls").asInt()).isEqualTo(2);
    }

    @Test
    void who_is_left_out_has_no_part_in_the_thresholds_that_it_is_tried_with() throws IOException {
        falls.fall("a.csv", "S1")
                .jump("b.csv", "S1")
                .fall("c.csv", "S2")
                .jump("d.csv", "S2")
                .manifest();
        FallTuning tuning = run(true).tunings().getFirst();
        assertThat(tuning.placement()).isEqualTo("waist");
        assertThat(tuning.combinations()).isEqualTo(45);
        assertThat(FallTuning.sum(tuning.leftOut())).isEqualTo(new FallScore(2, 0, 0, 2));
        assertThat(tuning.chosen().values().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(2);
    }

    @Test
    void the_choice_for_one_is_made_by_the_others() throws IOException {
        // a soft fall of S2: only thresholds that S1 alone does not ask for would find it
        falls.fall("a.csv", "S1").jump("b.csv", "S1");
        Files.write(folder.resolve("soft.csv"), MadeUpFalls.lines(1.82, true));
        falls.row("soft.csv,fall,Fall,S2,50,5.0,7.0,made-up,waist,g,rad/s,600,12,none")
                .manifest();
        FallTuning tuning = run(true).tunings().getFirst();
        assertThat(tuning.leftOut())
                .containsEntry(new FallEvaluation.Group("made-up", "S1"), new FallScore(1, 0, 0, 1));
        assertThat(tuning.leftOut().get(new FallEvaluation.Group("made-up", "S2")))
                .isEqualTo(tuning.shipped().get(new FallEvaluation.Group("made-up", "S2")));
    }

    @Test
    void the_page_holds_signal_states_and_label_of_each_recording() throws IOException {
        four();
        FallsRun run = run(false);
        Path page = folder.resolve("page.html");
        FallsPage.write(run, run.mistaken(), Optional.empty(), file -> "./tocsin replay " + file, "tocsin 0", page);
        String text = Files.readString(page);
        String block = text.substring(text.indexOf("id=\"data\">") + 10);
        JsonNode data = new ObjectMapper().readTree(block.substring(0, block.indexOf("</script>")));
        assertThat(data.at("/about").asText()).contains("mattresses");
        assertThat(data.at("/recordings")).hasSize(2);
        JsonNode miss = data.at("/recordings/1");
        assertThat(miss.at("/name").asText()).isIn("b.csv", "d.csv");
        JsonNode dive = data.at("/recordings/0/name").asText().equals("d.csv") ? data.at("/recordings/0") : miss;
        assertThat(dive.at("/states").findValuesAsText("name"))
                .containsExactly("watching", "weightless", "impact", "settling", "fallen");
        assertThat(dive.at("/charts/0/curves").findValuesAsText("name")).isEqualTo(List.of("|a|", "x", "y", "z"));
        assertThat(dive.at("/charts/0/t")).hasSize(600);
        assertThat(text).doesNotContain("src=").doesNotContain("href=\"http");
    }
}
