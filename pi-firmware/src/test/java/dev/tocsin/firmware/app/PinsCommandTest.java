package dev.tocsin.firmware.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.firmware.board.BoardProfiles;
import dev.tocsin.firmware.wiring.Wiring;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PinsCommandTest {

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int pins(String... args) {
        CommandLine firmware = Main.commandLine();
        firmware.setOut(new PrintWriter(out));
        firmware.setErr(new PrintWriter(err));
        String[] all = new String[args.length + 1];
        all[0] = "pins";
        System.arraycopy(args, 0, all, 1, args.length);
        return firmware.execute(all);
    }

    private static Wiring wiring(String profile) {
        return Wiring.of(BoardProfiles.builtIn(profile).orThrow());
    }

    @Test
    void without_a_word_it_draws_the_wall_button() {
        assertThat(pins("--lang", "en")).isZero();
        assertThat(out).hasToString(wiring("wall-button").text(Locale.ENGLISH));
    }

    @Test
    void a_device_s_configuration_draws_the_board_that_it_names() throws Exception {
        TestConfigs.write(folder, "audible", "journal");
        Path config = folder.resolve("device.toml");
        Files.writeString(
                config, Files.readString(config).replace("[board]", "[board]\nprofile = \"water-edge-guard\""));

        assertThat(pins("--config", config.toString(), "--table", "--lang", "zh"))
                .isZero();
        assertThat(out).hasToString(wiring("water-edge-guard").table(Locale.CHINESE));
    }

    @Test
    void the_drawing_for_paper_goes_to_a_file() throws Exception {
        Path file = folder.resolve("wiring.svg");

        assertThat(pins("parapet-guard", "--svg", file.toString(), "--lang", "en"))
                .isZero();
        assertThat(file).hasContent(wiring("parapet-guard").svg(Locale.ENGLISH));
    }

    @Test
    void a_file_that_cannot_be_written_is_told() {
        assertThat(pins("--svg", folder.toString())).isEqualTo(Main.EXIT_UNAVAILABLE);
        assertThat(err.toString()).startsWith("tocsin-firmware: --svg " + folder + " cannot be written: ");
    }

    @Test
    void a_profile_with_a_mistake_is_not_drawn() throws Exception {
        Path file = folder.resolve("my.toml");
        Files.writeString(file, """
                name = "my"
                title = "A board"
                model = "raspberry-pi-4"
                buses = ["i2c1"]
                [inputs.panic]
                bcm = 3
                header = 5
                pull = "up"
                part = "red-led"
                """);

        assertThat(pins(file.toString())).isEqualTo(Main.EXIT_INVALID);
        assertThat(err.toString())
                .contains("my.toml:6: panic is on BCM 3, which is SCL1 of i2c1")
                .contains("my.toml:9: panic: a red-led is no input; an input can be button, key, contact, beam, lid,"
                        + " float");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void an_unknown_profile_is_told_with_the_known_ones() {
        assertThat(pins("ceiling")).isEqualTo(Main.EXIT_INVALID);
        assertThat(err.toString()).contains("built in: wall-button, parapet-guard, water-edge-guard");
    }
}
