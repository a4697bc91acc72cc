package dev.tocsin.firmware.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.config.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class BoardProfilesTest {

    private static final String HEAD = """
            name = "x"
            title = "An x"
            model = "raspberry-pi-4"
            buses = ["i2c1"]
            """;

    private static final String PANIC = """
            [inputs.panic]
            bcm = 17
            header = 11
            pull = "up"
            active-low = true
            """;

    /** The 40-pin header, from the Raspberry Pi documentation, written down a second time. */
    static final List<String> HEADER = List.of(
            "2,3", "3,5", "4,7", "5,29", "6,31", "7,26", "8,24", "9,21", "10,19", "11,23", "12,32", "13,33", "14,8",
            "15,10", "16,36", "17,11", "18,12", "19,35", "20,38", "21,40", "22,15", "23,16", "24,18", "25,22", "26,37",
            "27,13");

    @Test
    void the_wall_button_has_its_pins() {
        BoardProfile profile = TestProfiles.wallButton();

        assertThat(profile.title()).isEqualTo("Wall-mounted panic button");
        assertThat(profile.inputs().values())
                .containsExactly(
                        new Pin("panic", 17, 11, Pin.Direction.INPUT, Pin.Pull.UP, true, false, Part.BUTTON),
                        new Pin("reset", 27, 13, Pin.Direction.INPUT, Pin.Pull.UP, true, false, Part.KEY));
        assertThat(profile.outputs().values())
                .containsExactly(
                        new Pin("lamp", 22, 15, Pin.Direction.OUTPUT, Pin.Pull.NONE, false, false, Part.RED_LED),
                        new Pin("ready", 23, 16, Pin.Direction.OUTPUT, Pin.Pull.NONE, false, false, Part.GREEN_LED),
                        new Pin("buzzer", 24, 18, Pin.Direction.OUTPUT, Pin.Pull.NONE, false, false, Part.BUZZER));
    }

    @Test
    void every_built_in_profile_is_sound() {
        assertThat(BoardProfiles.BUILT_IN)
                .allSatisfy(name -> assertThat(BoardProfiles.builtIn(name))
                        .isInstanceOfSatisfying(
                                Loaded.Ok.class,
                                ok -> assertThat(((BoardProfile) ok.value()).name())
                                        .isEqualTo(name)));
    }

    @Test
    void a_profile_that_is_not_built_in_is_refused_with_those_that_are() {
        assertThat(BoardProfiles.builtIn("ceiling"))
                .isEqualTo(new Loaded.Bad<>(List.of(new Problem(
                        "ceiling",
                        0,
                        "no such board profile is built in",
                        "built in: wall-button, parapet-guard, water-edge-guard, or a .toml file"))));
    }

    @ParameterizedTest
    @FieldSource("HEADER")
    void a_line_belongs_to_one_place_on_the_header(String line) {
        int bcm = Integer.parseInt(line.substring(0, line.indexOf(',')));
        int header = Integer.parseInt(line.substring(line.indexOf(',') + 1));

        assertThat(problemsOf(output(bcm, header))).isEmpty();
        assertThat(problemsOf(output(bcm, header + 1)))
                .containsExactly("x.toml:6: lamp: BCM %d is header pin %d, not %d".formatted(bcm, header, header + 1));
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "28", "-3"})
    void a_line_that_is_not_on_the_header_is_refused(int bcm) {
        assertThat(problemsOf(output(bcm, 27)))
                .containsExactly("x.toml:5: lamp is on BCM %d; the 40-pin header has BCM 2 to 27".formatted(bcm));
    }

    @Test
    void two_things_on_one_line_are_refused() {
        assertThat(problemsOf(HEAD + PANIC + "[outputs.lamp]\nbcm = 17\nheader = 11\n"))
                .containsExactly("x.toml:11: panic and lamp are both on BCM 17; give one of them a line of its own");
    }

    @Test
    void one_name_for_an_input_and_an_output_is_refused() {
        assertThat(problemsOf(HEAD + PANIC + "[outputs.panic]\nbcm = 22\nheader = 15\n"))
                .containsExactly("x.toml:11: panic is both an input and an output; name them apart");
    }

    @Test
    void a_line_of_a_bus_that_is_kept_is_refused_and_of_one_that_is_not_is_taken() {
        String key = "[inputs.key]\nbcm = 3\nheader = 5\npull = \"up\"\n";
        assertThat(problemsOf(HEAD + key))
                .containsExactly(
                        "x.toml:6: key is on BCM 3, which is SCL1 of i2c1; use another line, or do not keep i2c1");
        assertThat(problemsOf(HEAD.replace("\"i2c1\"", "") + key)).isEmpty();
    }

    @Test
    void a_pull_down_against_the_board_s_own_pull_up_is_refused() {
        assertThat(problemsOf(HEAD.replace("\"i2c1\"", "") + "[inputs.key]\nbcm = 2\nheader = 3\npull = \"down\"\n"))
                .containsExactly(
                        "x.toml:8: key: BCM 2 has a 1.8 kiloohm pull-up on the board; its pull must be \"up\"");
    }

    @Test
    void an_unknown_model_or_bus_is_refused_with_the_known_ones() {
        assertThat(problemsOf(HEAD.replace("pi-4", "pi-9").replace("i2c1", "can0") + PANIC))
                .containsExactly(
                        "x.toml:3: model \"raspberry-pi-9\" is not known; known are raspberry-pi-3, raspberry-pi-4,"
                                + " raspberry-pi-5, raspberry-pi-zero-2-w",
                        "x.toml:4: bus \"can0\" is not known; known are i2c1, spi0, spi1, uart0, w1");
    }

    @Test
    void all_mistakes_of_a_file_are_told_at_once() {
        assertThat(problemsOf("""
                        name = "x"
                        titel = "An x"
                        model = 4
                        [inputs.panic]
                        bcm = "17"
                        header = 11
                        pull = "upwards"
                        active-low = "yes"
                        [outputs.lamp]
                        bcm = 22
                        header = 15
                        initial = "maybe"
                        """))
                .containsExactly(
                        "x.toml: title is missing (a text, for example title = \"…\")",
                        "x.toml:2: unknown key titel (did you mean title?)",
                        "x.toml:3: model is not what belongs there (a text in quotes)",
                        "x.toml:5: inputs.panic.bcm is not what belongs there (a whole number)",
                        "x.toml:7: pull = \"upwards\" is unknown (one of up, down, none)",
                        "x.toml:8: inputs.panic.active-low is not what belongs there (true or false)",
                        "x.toml:12: initial = \"maybe\" is unknown (one of on, off)");
    }

    @Test
    void what_is_no_toml_is_refused_with_its_line() {
        assertThat(problemsOf("name = \"x\"\ntitle = \n"))
                .singleElement()
                .asString()
                .startsWith("x.toml:2: ");
    }

    private static String output(int bcm, int header) {
        return "name = \"x\"\ntitle = \"An x\"\nmodel = \"raspberry-pi-5\"\n[outputs.lamp]\nbcm = %d\nheader = %d\n"
                .formatted(bcm, header);
    }

    private static List<String> problemsOf(String toml) {
        return switch (BoardProfiles.parse("x.toml", toml)) {
            case Loaded.Ok<BoardProfile> ok -> List.of();
            case Loaded.Bad<BoardProfile>(List<Problem> problems) ->
                problems.stream().map(Problem::toString).toList();
        };
    }
}
