package dev.tocsin.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "run",
                "scenarios",
                "scenarios show",
                "scenarios schema",
                "eval",
                "eval bounce",
                "eval falls",
                "eval water",
                "eval level",
                "eval vectors",
                "centre",
                "ledger",
                "lab",
                "crash",
                "board",
                "board walk",
                "completion"
            })
    void every_command_has_help(String command) {
        String[] words = (command + " --help").strip().split(" ");
        Tocsin tocsin = Tocsin.run(words);
        assertThat(tocsin.exit()).isZero();
        assertThat(tocsin.out()).contains("Usage: tocsin " + command);
        assertThat(tocsin.err()).isEmpty();
    }

    @Test
    void without_a_command_it_says_what_there_is_and_that_one_is_wanted() {
        Tocsin tocsin = Tocsin.run();
        assertThat(tocsin.exit()).isEqualTo(Exit.INVALID);
        assertThat(tocsin.err()).contains("Usage: tocsin");
        assertThat(Tocsin.run("lab").exit()).isEqualTo(Exit.INVALID);
    }

    @Test
    void a_laboratory_says_where_everything_is_and_how_to_go_on() {
        Path lab = folder.resolve("my lab");
        assertThat(Tocsin.run("lab", "init", lab.toString(), "--devices", "1").out())
                .contains(lab.resolve("police/centre.yaml").toString())
                .contains("./tocsin lab start '" + lab + "'");
    }

    @Test
    void the_version_is_told() {
        assertThat(Tocsin.run("--version").out()).startsWith("tocsin 0.");
    }

    @Test
    void completion_is_a_shell_script_that_knows_the_commands() {
        assertThat(Tocsin.run("completion").out())
                .contains("bash")
                .contains("centre-crash")
                .contains("\"real\" \"false\" \"test\"")
                .contains("--heartbeat");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run --sed 1                 | Possible solutions: --seed",
                "rum                         | Did you mean: tocsin run",
                "rnu                         | did you mean run?",
                "lab init /proc/nope         | /proc/nope cannot be made: ",
                "lab init x --devices 2000   | --devices is out of range: 0 to 1000",
                "run dsek                    | did you mean desk?",
                "run --world moon            | there is no world moon; known here: real, virtual",
                "run --seed -1               | --seed is out of range: 0 or more",
                "centre --config none.yaml   | none.yaml: no such file (check the path)",
                "run --runs 0                | --runs is out of range: 1 to 1000000",
                "run --keep-going            | --keep-going needs more than one run: add --runs K",
                "run --runs 2 --world real   | --runs needs the virtual world: add --world virtual",
                "run --swarm --world real    | --swarm needs the virtual world",
                "run --duration 0s           | --duration is out of range: 1us to 3650d",
                "run --duration 1ms          | --duration ends before the first stimulus",
                "run --devices 0             | --devices is out of range: 1 to 20000",
                "run --heartbeat 10          | '10' is no duration; one looks like 10s",
                "run --data no-such-folder   | --data no-such-folder is no folder",
                "run qqqqqqq                 | thundering-herd. A file of your own is named by its path",
                "run /                       | /: it is a folder (name a file in it)",
                "run no-such.yaml            | no-such.yaml: no such file (check the path)",
                "run --report /dev/null/x    | --report /dev/null/x cannot be made",
                "run desk --keep /           | --keep / is no empty folder: name a new one",
                "scenarios show brust        | did you mean burst?",
                "eval bounce no-such-folder  | no such file; expected a manifest.csv",
                "eval                        | say what to evaluate: bounce, falls, water, level or vectors",
                "eval vectors no-such-folder | wycheproof/ed25519_test.json cannot be read: no such file; the folder must hold",
                "run desk --signatures sm3   | there is no signature algorithm sm3; did you mean sm2?",
                "lab init x --signatures rsa | there is no signature algorithm rsa; ",
                "crash --folder /            | --folder / is no empty folder: name a new one",
            })
    void bad_input_is_told_in_one_line_with_what_to_do(String line, String told) {
        Tocsin tocsin = Tocsin.run(line.strip().split(" "));
        assertThat(tocsin.exit()).isEqualTo(Exit.INVALID);
        assertThat(tocsin.err()).contains(told).doesNotContain("Exception");
        assertThat(tocsin.err().lines()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void an_alarm_of_a_device_that_is_not_there_and_one_that_cannot_be_written_are_told_apart() {
        Path lab = folder.resolve("lab");
        assertThat(Tocsin.run("lab", "init", lab.toString(), "--devices", "1").exit())
                .isZero();
        String out = folder.resolve("none/alarm.cose").toString();

        Tocsin stranger = Tocsin.run("lab", "alarm", lab.toString(), "gateway-9", "--out", out);
        assertThat(stranger.exit()).isEqualTo(Exit.INVALID);
        assertThat(stranger.err())
                .isEqualToIgnoringNewLines(lab.resolve("devices/gateway-9/alarm-key.pem")
                        + ": no such file; is gateway-9 a device of this laboratory?");

        Tocsin nowhere = Tocsin.run("lab", "alarm", lab.toString(), "gateway-1", "--out", out);
        assertThat(nowhere.exit()).isEqualTo(Exit.INVALID);
        assertThat(nowhere.err()).isEqualToIgnoringNewLines("--out " + out + " cannot be written: no such file");
    }

    @Test
    void recordings_without_a_press_say_nothing() throws IOException {
        Files.writeString(folder.resolve("manifest.csv"), "file,session,action\nheld-out.csv,rocker,press\n");
        Tocsin tocsin = Tocsin.run("eval", "bounce", folder.toString());
        assertThat(tocsin.exit()).isEqualTo(Exit.INCONCLUSIVE);
        assertThat(tocsin.err()).contains("no press among them");
        assertThat(tocsin.out()).contains("1 files of the manifest are not there");
    }

    @Test
    void a_scenario_with_a_mistake_is_told_with_its_place() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), "version: 1\nname: mine\nfleat: {}\n");
        Tocsin tocsin = Tocsin.run("run", file.toString());
        assertThat(tocsin.exit()).isEqualTo(Exit.INVALID);
        assertThat(tocsin.err()).contains(file + ":3:1: unknown key fleat (did you mean fleet?)");
    }

    @Test
    void scenarios_are_listed_in_a_line_each_and_shown_whole() {
        Tocsin list = Tocsin.run("scenarios");
        assertThat(list.out().lines().filter(l -> l.startsWith("desk ")))
                .singleElement()
                .asString()
                .hasSizeLessThan(110);
        assertThat(Tocsin.run("scenarios", "show", "burst").out())
                .contains("version: 1")
                .contains("name: burst");
    }
}
