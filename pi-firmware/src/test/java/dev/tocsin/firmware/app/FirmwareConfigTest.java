package dev.tocsin.firmware.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirmwareConfigTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void every_mistake_is_told_with_its_line_and_what_would_be_right() {
        assertThat(problemsOf("""
                        device = "school 7"
                        jurnal = "x"
                        heartbeat = "60"
                        [keys]
                        alarm = "nowhere.pem"
                        [board]
                        profile = "ceiling"
                        annunciation = "loud"
                        [[centres]]
                        id = "police"
                        addresses = ["http://10.0.0.1"]
                        """))
                .anySatisfy(p -> assertThat(p).startsWith("t.toml:1: device = \"school 7\" cannot be an id"))
                .anySatisfy(p -> assertThat(p).isEqualTo("t.toml:2: unknown key jurnal (did you mean journal?)"))
                .anySatisfy(p -> assertThat(p).startsWith("t.toml:3: heartbeat = \"60\" is no duration in range"))
                .anySatisfy(p -> assertThat(p).startsWith("t.toml:5: alarm = \"nowhere.pem\": no such file"))
                .anySatisfy(p -> assertThat(p).startsWith("t.toml:4: keys.certificate is missing"))
                .anySatisfy(p -> assertThat(p)
                        .isEqualTo("t.toml:7: profile = \"ceiling\" is no board profile that is built in"
                                + " (built in: wall-button, parapet-guard, water-edge-guard, or a .toml file)"))
                .anySatisfy(p -> assertThat(p)
                        .isEqualTo("t.toml:8: annunciation = \"loud\" is unknown (one of audible, silent)"))
                .anySatisfy(p -> assertThat(p).startsWith("t.toml:11: \"http://10.0.0.1\" is no address of a centre"))
                .anySatisfy(p -> assertThat(p).contains("no key to believe receipts by"));
    }

    @Test
    void a_file_that_is_not_there_is_told_as_such() {
        assertThat(FirmwareConfig.load(Path.of("nowhere.toml")))
                .isEqualTo(new Loaded.Bad<>(
                        List.of(new Problem("nowhere.toml", 0, "no such file", "check the path").thatMayPass())));
    }

    @Test
    void what_is_no_toml_is_told_with_its_line() {
        assertThat(problemsOf("device = \"a\"\njournal = \n"))
                .singleElement()
                .asString()
                .startsWith("t.toml:2: not TOML: ");
    }

    @Test
    void what_the_parser_throws_of_is_told_as_well() {
        assertThat(problemsOf("device = \"a\"\n[\"\\q\"]\n"))
                .singleElement()
                .asString()
                .startsWith("t.toml:2: not TOML: Invalid escape sequence");
        assertThat(problemsOf("device = " + "[".repeat(200_000)))
                .singleElement()
                .asString()
                .contains("off its feet");
    }

    @Test
    void a_board_without_a_panic_contact_is_refused() throws IOException {
        Files.writeString(folder.resolve("my.toml"), """
                name = "my"
                title = "A board of one's own"
                model = "raspberry-pi-4"
                [inputs.alarm]
                bcm = 17
                header = 11
                pull = "up"
                [inputs.reset]
                bcm = 27
                header = 13
                pull = "up"
                """);
        assertThat(problemsOf("[board]\nhardware = \"desk\"\nprofile = \"my.toml\"\n"))
                .contains("t.toml:3: board profile my.toml has no input panic, which a button needs"
                        + " (add [inputs.panic] there)");
    }

    @Test
    void a_mistake_in_a_profile_of_one_s_own_is_told_with_that_file_and_line() throws IOException {
        Files.writeString(folder.resolve("my.toml"), """
                name = "my"
                title = "A board of one's own"
                model = "raspberry-pi-4"
                [inputs.panic]
                bcm = 17
                header = 12
                pull = "up"
                """);
        assertThat(problemsOf("[board]\nprofile = \"my.toml\"\n"))
                .contains(folder.resolve("my.toml") + ":6: panic: BCM 17 is header pin 11, not 12");
    }

    private List<String> problemsOf(String toml) {
        return switch (FirmwareConfig.parse("t.toml", toml, folder)) {
            case Loaded.Ok<FirmwareConfig> ok -> List.of();
            case Loaded.Bad<FirmwareConfig>(List<Problem> problems) ->
                problems.stream().map(Problem::toString).toList();
        };
    }
}
