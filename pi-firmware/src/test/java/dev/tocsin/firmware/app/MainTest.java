package dev.tocsin.firmware.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line: what it says, and its exit code. */
class MainTest {

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(List<String> args) {
        return run(args.toArray(String[]::new));
    }

    private int run(String... args) {
        CommandLine firmware = Main.commandLine();
        firmware.setOut(new PrintWriter(out));
        firmware.setErr(new PrintWriter(err));
        return firmware.execute(args);
    }

    @Test
    void without_a_command_it_says_what_there_is() {
        assertThat(run()).isEqualTo(Main.EXIT_INVALID);
        assertThat(err.toString()).contains("say what to do: enrol, run, check, doctor, status, selftest or pins");
    }

    @Test
    void a_journal_folder_that_cannot_be_had_is_told_with_the_reason() throws IOException, InvalidKeyException {
        TestConfigs.write(folder, "audible", "taken");
        Files.writeString(folder.resolve("taken"), "no folder");

        assertThat(run("run", "--config", folder.resolve("device.toml").toString()))
                .isEqualTo(Main.EXIT_UNAVAILABLE);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("tocsin-firmware: journal folder " + folder.resolve("taken")
                        + ": something else of that name is there");
        assertThat(out.toString()).as("it never ran").isEmpty();
    }

    /** The unit starts nothing again that ends with 2: only what is written may end a device so, never what lies on a worn card. */
    @Test
    void only_what_the_configuration_says_ends_it_for_good() throws Exception {
        TestConfigs.write(folder, "audible", "journal");
        Path config = folder.resolve("device.toml");
        String text = Files.readString(config);
        List<String> run = List.of("run", "--config", config.toString());

        Files.delete(folder.resolve("alarm-key.pem"));
        assertThat(run(run)).isEqualTo(Main.EXIT_UNAVAILABLE);
        assertThat(err.toString()).contains("alarm = \"alarm-key.pem\": no such file");

        Files.writeString(config, text + "colour = \"red\"\n");
        assertThat(run(run))
                .as("a key that is not there, and one that is not known")
                .isEqualTo(Main.EXIT_INVALID);

        Files.writeString(config, text);
        TestConfigs.write(folder, "audible", "journal");
        Path receipts = folder.resolve("receipts.pem");
        Files.writeString(receipts, Files.readString(receipts).substring(0, 40));
        assertThat(run(run)).as("half a key").isEqualTo(Main.EXIT_UNAVAILABLE);

        Files.delete(config);
        assertThat(run(run)).as("no configuration").isEqualTo(Main.EXIT_UNAVAILABLE);
        assertThat(out.toString()).as("it never ran").isEmpty();
    }

    @Test
    void check_names_the_centres_and_the_kinds_that_go_to_all_for_want_of_one() throws Exception {
        TestConfigs.write(folder, "audible", "journal");
        Path config = folder.resolve("device.toml");
        assertThat(run("check", "--config", config.toString())).isZero();
        assertThat(out.toString())
                .isEqualToIgnoringNewLines(
                        config + ": good. school-001/button-1 on board wall-button; alarms go to police");

        Files.writeString(config, Files.readString(config) + "kinds = [\"panic\", \"fire\"]\n");
        assertThat(run("check", "--config", config.toString())).isZero();
        assertThat(out.toString())
                .contains("note: no centre lists fall_risk, fall, ")
                .doesNotContain("fault");
    }

    @Test
    void check_names_what_is_wired_and_nothing_looks_at() throws Exception {
        TestConfigs.write(folder, "audible", "journal");
        Path config = folder.resolve("device.toml");
        Files.writeString(
                config, Files.readString(config).replace("[board]\n", "[board]\nprofile = \"parapet-guard\"\n"));
        assertThat(run("check", "--config", config.toString())).isZero();
        assertThat(out.toString()).contains("note: no detector looks at beam, lid, zone of the board");

        Files.writeString(config, Files.readString(config) + """
                [detectors.parapet]
                type = "edge"
                sensor = "zone"
                climb = "beam"
                """);
        assertThat(run("check", "--config", config.toString())).isZero();
        assertThat(out.toString()).contains("note: no detector looks at lid of the board");
    }

    @Test
    void the_way_it_is_started_each_time_means_the_same_without_the_library() {
        assertThat(Main.plainRun("run")).contains(Path.of(Main.CONFIG));
        assertThat(Main.plainRun("run", "--config", "x.toml")).contains(Path.of("x.toml"));
        assertThat(Main.plainRun("run", "--config")).isEmpty();
        assertThat(Main.plainRun("run", "--help")).isEmpty();
        assertThat(Main.plainRun("run", "--train", "x.toml")).isEmpty();
        assertThat(Main.plainRun("status")).isEmpty();
        assertThat(Main.plainRun()).isEmpty();
    }

    @Test
    void completion_is_a_script() {
        assertThat(run("completion")).isZero();
        assertThat(out.toString()).contains("complete -F").contains("tocsin-firmware");
    }

    @Test
    void check_refuses_a_board_that_is_no_button_s() throws IOException, InvalidKeyException {
        TestConfigs.write(folder, "audible", "journal");
        Path config = folder.resolve("device.toml");
        Files.writeString(config, Files.readString(config).replace("[board]", "[board]\nprofile = \"my.toml\""));
        Files.writeString(folder.resolve("my.toml"), """
                name = "my"
                title = "A board without a button"
                model = "raspberry-pi-4"
                """);

        assertThat(run("check", "--config", config.toString())).isEqualTo(Main.EXIT_INVALID);
        assertThat(err.toString())
                .contains("device.toml:9: board profile my.toml has no input panic, which a button needs")
                .contains("device.toml:9: board profile my.toml has no input reset, which a button needs");
    }
}
