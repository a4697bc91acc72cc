package dev.tocsin.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tocsin.simulator.eval.MadeUpFalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code eval falls} as people call it. */
class FallsCommandTest {

    @TempDir
    private Path folder = Path.of("");

    private Tocsin eval(String... more) {
        String[] words = new String[more.length + 3];
        words[0] = "eval";
        words[1] = "falls";
        words[2] = folder.toString();
        System.arraycopy(more, 0, words, 3, more.length);
        return Tocsin.run(words);
    }

    @Test
    void it_prints_figures_with_their_caveat_and_how_to_see_each_mistake() throws IOException {
        new MadeUpFalls(folder).fall("a.csv", "S1").wildDive("d.csv", "S2").manifest();
        Path json = folder.resolve("falls.json");
        Path page = folder.resolve("falls.html");
        Tocsin tocsin = eval("--json", json.toString(), "--plot", page.toString());
        assertThat(tocsin.exit()).isZero();
        assertThat(tocsin.out())
                .startsWith("The recordings are adults who fall on mattresses")
                .contains("false made-up S2, activity: Dive; at 5.4 s: impact 5.0 g")
                .contains("./tocsin eval falls " + folder + " --only d.csv --plot d.html");
        assertThat(new ObjectMapper().readTree(json.toFile()).at("/tp").asInt()).isEqualTo(1);
        assertThat(page).content().contains("d.csv").doesNotContain("\"name\":\"a.csv\"");
    }

    @Test
    void only_one_recording_is_played_and_drawn() throws IOException {
        new MadeUpFalls(folder).fall("a.csv", "S1").wildDive("d.csv", "S2").manifest();
        Path page = folder.resolve("falls.html");
        Tocsin tocsin = eval("--only", "a.csv", "--plot", page.toString());
        assertThat(tocsin.exit()).isZero();
        assertThat(tocsin.out()).doesNotContain("S2");
        assertThat(page).content().contains("\"name\":\"a.csv\"");
        assertThat(eval("--only", "z.csv").exit()).isEqualTo(2);
    }

    @Test
    void leaving_subjects_out_prints_both_figures() throws IOException {
        new MadeUpFalls(folder)
                .fall("a.csv", "S1")
                .jump("b.csv", "S1")
                .fall("c.csv", "S2")
                .manifest();
        assertThat(eval("--leave-subjects-out").out())
                .contains("waist, each subject left out once; thresholds chosen on the others from 45 combinations")
                .contains("left out  ")
                .contains("shipped, chosen on all")
                .contains("sensitivity over 2 subjects left out: mean 1.000, standard deviation 0.000, least 1.000");
    }

    @Test
    void recordings_of_another_manifest_are_daily_activities_dry_or_wet() throws IOException {
        MadeUpFalls swim = new MadeUpFalls(folder);
        swim.wildDive("d.csv", "S2");
        Path swimming = folder.resolve("swim.csv");
        Files.write(
                swimming,
                Files.readAllLines(folder.resolve("d.csv")).stream()
                        .map(line -> line.startsWith("t_s") ? line + ",label" : line + ",crawl")
                        .toList());
        Files.writeString(
                folder.resolve("manifest.csv"),
                "file,kind,activity,subject\nswim.csv,swim,crawl,S2\nriver.csv,river,stage,none\n");
        String[] daily = {"--adl", "swim", "--placement", "waist", "--acc-unit", "g"};
        assertThat(eval(daily).out()).contains("false alarms: 1 in 0.00 h of daily activity");
        String[] wet = {"--adl", "swim", "--placement", "waist", "--acc-unit", "g", "--wet", "label"};
        assertThat(eval(wet).out()).contains("false alarms: 0 in 0.00 h of daily activity");
        assertThat(eval("--adl", "swim").exit()).isEqualTo(2);
        assertThat(eval("--adl", "swim", "--placement", "ankle", "--acc-unit", "g")
                        .exit())
                .isEqualTo(2);
        assertThat(eval("--adl", "swim", "--placement", "waist", "--acc-unit", "stone")
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void a_unit_that_the_recording_contradicts_is_refused() throws IOException {
        new MadeUpFalls(folder)
                .fall("a.csv", "S1")
                .row("a.csv,fall,Fall,S1,50,5.0,7.0,x,waist,m/s^2,,1,1,n")
                .manifest();
        Path manifest = folder.resolve("manifest.csv");
        Files.write(
                manifest,
                Files.readAllLines(manifest).stream()
                        .filter(line -> !line.contains("made-up"))
                        .toList());
        Tocsin tocsin = eval();
        assertThat(tocsin.exit()).isEqualTo(2);
        assertThat(tocsin.err()).contains("a.csv: half of |a| is above 0.102 g").contains("is the unit right?");
    }

    @Test
    void a_label_outside_of_its_recording_is_refused_with_its_line() throws IOException {
        new MadeUpFalls(folder).fall("a.csv", "S1").hiddenFall("b.csv", "S1").manifest();
        Path manifest = folder.resolve("manifest.csv");
        List<String> lines = new ArrayList<>(Files.readAllLines(manifest));
        lines.set(2, lines.get(2).replace("5.0,7.0", "50.0,70.0"));
        Files.write(manifest, lines);
        Tocsin tocsin = eval();
        assertThat(tocsin.exit()).isEqualTo(2);
        assertThat(tocsin.err())
                .contains("manifest.csv:3: the fall is labelled from 50.0 to 70.0 s; it must be within the recording");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.csv,fall,Fall,S1,50,5.0,7.0,x,waist,furlong,,1,1,n | manifest.csv:2: acc_unit is furlong; it must be m/s^2",
                "a.csv,fall,Fall,S1,50,5.0,7.0,x,waist,g,knots,1,1,n  | manifest.csv:2: gyro_unit is knots; it must be rad/s",
                "a.csv,fall,Fall,S1,50,5.0,7.0,x,ankle,g,,1,1,n       | manifest.csv:2: placement is ankle; it must be waist",
                "a.csv,trip,Fall,S1,50,5.0,7.0,x,waist,g,,1,1,n       | manifest.csv:2: label is trip; it must be fall or adl",
                "a.csv,fall,Fall,S1,50,7.0,5.0,x,waist,g,,1,1,n       | manifest.csv:2: fall_start_s is 7.0",
                "a.csv,fall,Fall,S1,50,NaN,7.0,x,waist,g,,1,1,n       | manifest.csv:2: fall_start_s is NaN",
                "a.csv,adl,Fall,S1,50,5.0,7.0,x,waist,g,,1,1,n        | manifest.csv:2: a daily activity has a fall_start_s",
                "../a.csv,adl,Fall,S1,50,,,x,waist,g,,1,1,n           | manifest.csv:2: ../a.csv lies outside of the manifest's folder",
                "/etc/hosts,adl,Fall,S1,50,,,x,waist,g,,1,1,n         | manifest.csv:2: /etc/hosts lies outside",
                "a.csv,adl,Fall                                       | manifest.csv:2: 14 fields wanted, found 3",
            })
    void a_bad_row_of_the_manifest_is_told_with_its_line(String row, String expected) throws IOException {
        new MadeUpFalls(folder).row(row).manifest();
        Tocsin tocsin = eval();
        assertThat(tocsin.exit()).isEqualTo(2);
        assertThat(tocsin.err()).contains(expected);
        assertThat(tocsin.out()).isEmpty();
    }

    @Test
    void a_bad_recording_is_told_with_its_line_and_nothing_is_counted() throws IOException {
        MadeUpFalls falls = new MadeUpFalls(folder);
        falls.fall("a.csv", "S1").fall("b.csv", "S1").manifest();
        Files.writeString(folder.resolve("b.csv"), "t_s,ax,ay,az\n0,0,0,1\n0.02,0,NaN,1\n");
        Tocsin tocsin = eval();
        assertThat(tocsin.exit()).isEqualTo(2);
        assertThat(tocsin.err()).contains("b.csv:3: ay is NaN; it must be a number");
        assertThat(tocsin.out()).isEmpty();
    }

    @Test
    void a_manifest_that_is_not_there_or_lacks_a_column_says_what_is_expected() throws IOException {
        assertThat(eval().err()).contains("manifest.csv: no such file");
        assertThat(eval().exit()).isEqualTo(2);
        new MadeUpFalls(folder).manifest("file,label,subject");
        Tocsin tocsin = eval();
        assertThat(tocsin.exit()).isEqualTo(2);
        assertThat(tocsin.err()).contains("manifest.csv:1: no column activity,");
    }

    @Test
    void where_no_recording_is_there_nothing_is_said() throws IOException {
        new MadeUpFalls(folder)
                .row("gone.csv,adl,Walking,S1,50,,,x,waist,g,,1,1,n")
                .manifest();
        Tocsin tocsin = eval();
        assertThat(tocsin.exit()).isEqualTo(3);
        assertThat(tocsin.err()).contains("inconclusive: none of the recordings is there; 1 are listed");
    }

    @Test
    void a_page_that_cannot_be_written_is_told() throws IOException {
        new MadeUpFalls(folder).fall("a.csv", "S1").manifest();
        Tocsin tocsin = eval("--json", folder.resolve("no/such/file.json").toString());
        assertThat(tocsin.exit()).isEqualTo(2);
        assertThat(tocsin.err()).contains("--json " + folder.resolve("no/such/file.json") + " cannot be written");
        assertThat(tocsin.out()).as("before the work").isEmpty();
    }
}
