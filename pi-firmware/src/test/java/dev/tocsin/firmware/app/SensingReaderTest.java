package dev.tocsin.firmware.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.config.Problem;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.Channel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SensingReaderTest {

    private static final String BOARD = """
            name = "post"
            title = "A post"
            model = "raspberry-pi-4"
            [inputs.gate]
            bcm = 5
            header = 29
            pull = "up"
            [outputs.warning]
            bcm = 24
            header = 18
            """;

    @TempDir
    private Path folder = Path.of("");

    private List<String> problemsOf(String toml) throws IOException {
        Files.writeString(folder.resolve("post.toml"), BOARD);
        return switch (FirmwareConfig.parse("t.toml", toml, folder)) {
            case Loaded.Ok<FirmwareConfig> ok -> List.of();
            case Loaded.Bad<FirmwareConfig>(List<Problem> problems) ->
                problems.stream().map(Problem::toString).toList();
        };
    }

    @Test
    void detectors_sensors_and_warning_are_read() throws Exception {
        Files.writeString(folder.resolve("post.toml"), BOARD);
        TestConfigs.write(folder, "audible", "journal");
        Path file = folder.resolve("device.toml");
        Files.writeString(
                file, Files.readString(file).replace("[board]\n", "[board]\nprofile = \"post.toml\"\n") + """
                        [desk.imu]
                        channels = ["x g", "wet"]
                        [detectors.wet]
                        type = "threshold"
                        sensor = "imu"
                        channel = "wet"
                        kind = "drowning"
                        limit = 1
                        evidence-before = "30s"
                        evidence-after = "0s"
                        [warning]
                        kinds = ["drowning", "water_level"]
                        only-worse = ["water_level"]
                        for = "5m"
                        """);
        SensingConfig sensing = FirmwareConfig.load(file).orThrow().sensing();
        assertThat(sensing.watches()).singleElement().satisfies(watch -> {
            assertThat(watch.name()).isEqualTo("wet");
            assertThat(watch.source()).isEqualTo("imu");
            assertThat(watch.sensor().channels())
                    .containsExactly(new Channel("x", "g", 0.001), new Channel("wet", "1", 1));
            assertThat(watch.sensor().before()).isEqualTo(Duration.ofSeconds(30));
            assertThat(watch.sensor().after()).isEqualTo(Duration.ZERO);
        });
        assertThat(sensing.warning().kinds()).containsExactlyInAnyOrder(AlarmKind.DROWNING, AlarmKind.WATER_LEVEL);
        assertThat(sensing.warning().onlyWorse()).containsExactly(AlarmKind.WATER_LEVEL);
        assertThat(sensing.warning().longest()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void every_mistake_is_told_with_its_line_and_what_would_be_right() throws IOException {
        assertThat(problemsOf("""
                        [board]
                        hardware = "desk"
                        profile = "post.toml"
                        [desk.rail]
                        channels = ["distance km"]
                        [desk.gate]
                        channels = ["x g"]
                        [detectors.a]
                        type = "treshold"
                        sensor = "gate"
                        [detectors.b]
                        type = "threshold"
                        sensor = "gait"
                        kind = "panic"
                        limt = 1
                        [warning]
                        for = "5h"
                        """))
                .contains(
                        "t.toml:5: \"distance km\" is no channel (a name and a unit, like \"x g\"; units: g, rad/s,"
                                + " deg/s, m, V, A, ohm, degC)",
                        "t.toml:5: 0 channels (1 to 16, like channels = [\"distance m\"])",
                        "t.toml:6: the board has an input gate too (a name of its own, by which detectors find it)",
                        "t.toml:9: type = \"treshold\" is no detector (did you mean threshold?)",
                        "t.toml:13: sensor = \"gait\" is none that this device has (did you mean gate?)",
                        "t.toml:14: kind = \"panic\" is not a detector's (panic is for a button, fault for what is wrong"
                                + " with the device)",
                        "t.toml:15: unknown key detectors.b.limt (did you mean limit?)",
                        "t.toml:17: for = \"5h\" is no duration in range (from 1s to 30m, written like \"500ms\","
                                + " \"60s\", \"10m\")")
                .anySatisfy(p -> assertThat(p).startsWith("t.toml:11: a threshold has a limit"));
    }

    @Test
    void a_desk_s_sensor_on_a_board_with_pins_is_refused_and_so_is_a_recording_that_cannot_be_read()
            throws IOException {
        Files.writeString(folder.resolve("rail.csv"), "t_s,distance\n0,far\n");
        assertThat(problemsOf("""
                        [board]
                        profile = "post.toml"
                        [desk.rail]
                        channels = ["distance m"]
                        recording = "rail.csv"
                        [detectors.a]
                        type = "threshold"
                        sensor = "rail"
                        kind = "fall_risk"
                        limit = 1
                        """))
                .anySatisfy(p -> assertThat(p).startsWith("t.toml:3: desk.rail is a sensor of a desk"))
                .anySatisfy(p -> assertThat(p).startsWith("t.toml:5: ").contains("rail.csv:2: not a number"));
    }

    @Test
    void on_a_desk_what_the_board_has_on_a_bus_is_typed_unless_the_desk_says_otherwise() throws Exception {
        TestConfigs.write(folder, "audible", "journal");
        Path file = folder.resolve("device.toml");
        Files.writeString(
                file, Files.readString(file).replace("[board]\n", "[board]\nprofile = \"water-edge-guard\"\n") + """
                        [desk.bank]
                        channels = ["distance m"]
                        [detectors.shore]
                        type = "water-zone"
                        sensor = "bank"
                        [detectors.level]
                        type = "level"
                        sensor = "gauge"
                        channel = "ain0"
                        scale = 2.0
                        warning = 2.0
                        danger = 2.5
                        """);
        Map<String, Integer> channels = new HashMap<>();
        FirmwareConfig.load(file)
                .orThrow()
                .sensing()
                .desk()
                .forEach((name, plan) -> channels.put(name, plan.channels().size()));
        assertThat(channels).isEqualTo(Map.of("bank", 1, "gauge", 4));
    }

    @Test
    void a_warning_that_nothing_can_give_is_refused() throws IOException {
        assertThat(problemsOf("[board]\nhardware = \"desk\"\n[warning]\nfor = \"1m\"\n"))
                .contains("t.toml:3: board profile wall-button has nothing to warn with (add [outputs.warning] (siren,"
                        + " voice) or [outputs.beacon] (lamp) there)");
    }

    @Test
    void half_a_button_is_a_mistake_even_where_there_are_detectors() throws IOException {
        Files.writeString(folder.resolve("half.toml"), BOARD.replace("inputs.gate", "inputs.panic"));
        assertThat(problemsOf("[board]\nhardware = \"desk\"\nprofile = \"half.toml\"\n[detectors.a]\ntype = \"x\"\n"))
                .contains("t.toml:3: board profile half.toml has no input reset, which a button needs (add"
                        + " [inputs.reset] there)");
    }

    /** Every type by itself, on a sensor of the desk with these channels. */
    private List<String> problemsOf(String channels, String keys) throws Exception {
        Files.writeString(folder.resolve("post.toml"), BOARD);
        TestConfigs.write(folder, "audible", "journal");
        String device = Files.readString(folder.resolve("device.toml"))
                .replace("[board]\n", "[board]\nprofile = \"post.toml\"\n");
        return problemsOf(
                device + "[desk.part]\nchannels = [" + channels + "]\n[detectors.it]\nsensor = \"part\"\n" + keys);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    "x g", "y g", "z g", "p rad/s" | type = "fall"; worn = "wrist"
                    "distance m", "strength" | type = "edge"; zone = 2.0; on-edge = 0.6; dwell = "1s"
                    "distance m" | type = "water-zone"; zone = 4.0; at-water = 1.0
                    "probe ohm" | type = "immersion"; wet = 80.0
                    "probe ohm", "x g", "y g", "z g" | type = "drowning"; still-for = "15s"
                    "level m" | type = "level"; warning = 2.0; danger = 3.0; period = "1m"
                    "ain0 V", "ain1 V" | type = "level"; channel = "ain1"; scale = 2.5; offset = -0.4; warning = 2.0; danger = 3.0
                    "ain0 V" | type = "switch"; kind = "gate"; wiring = "opening"; end-of-line = 5600.0
                    "contact" | type = "switch"; kind = "fire"
                    "contact" | type = "switch"; kind = "gate"; release = "gate"; release-for = "10s"
                    "distance m" | type = "edge"; climb = "gate"; over = "gate"; bypass = "gate"; open = true; restores = "20m"
                    "distance m" | type = "water-zone"; beam = "gate"; beam-required = true; nearest = 0.3; farthest = 12.0
                    "x g", "y g", "z g" | type = "fall"; worn = "wrist"; wet = "gate"
                    "ain0 V" | type = "immersion"; pull-up = 10000.0; supply = 5.0
                    "x g", "y g", "z g", "ain0 V" | type = "drowning"; probe = "part"; pull-up = 10000.0
                    "distance m" | type = "edge"; vanish = "0ms"; over-restores = "1h"; time-out = 12.5; gap = "500ms"
                    "contact" | type = "threshold"; kind = "gate"; limit = 1.0
                    """)
    void every_type_of_detector_is_read(String channels, String keys) throws Exception {
        assertThat(problemsOf(channels, keys.replace(";", "\n") + "\n")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    "distance m" | type = "edge"; zone = 2.0; on-edge = 2.5 | on-edge = 2.5
                    "distance m" | type = "water-zone"; at-water = 1.0; zone = 60.0 | zone = 60.0
                    "level m" | type = "level"; warning = 2.0; danger = 1.0 | danger = 1.0
                    "probe ohm", "x g", "y g", "z g" | type = "drowning"; still-for = "15s"; still = 9.0 | still = 9.0
                    "x g", "y g", "z g" | type = "fall"; worn = "waist"; range = 1.5 | range = 1.5
                    "ain0 V" | type = "switch"; wiring = "closing"; kind = "fire"; across-contact = 1e9 | across-contact = 1e9
                    """)
    void a_value_out_of_its_range_is_told_at_its_own_line(String channels, String keys, String line) throws Exception {
        List<String> problems = problemsOf(channels, keys.replace(";", "\n") + "\n");
        int first = problemsOf(channels, "type = \"none\"\n").stream()
                .filter(p -> p.contains("is no detector"))
                .map(p -> Integer.parseInt(p.split(":", 3)[1]))
                .findFirst()
                .orElseThrow();
        int at = first + List.of(keys.split("; ", -1)).indexOf(line);
        assertThat(problems).singleElement().asString().startsWith("t.toml:" + at + ": ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    "x g", "y g" | type = "fall"; worn = "wrist" | the detector wants g, g, g, and the sensor has x in g, y in g
                    "x g", "y g", "z g" | type = "fall" | detectors.it.worn is missing
                    "x g", "y g", "z g" | type = "fall"; worn = "ankle" | worn = "ankle" is unknown
                    "distance m" | type = "edge"; zone = 0.1 | insideM
                    "distance m" | type = "edge"; zone = 1.0; on-edge = 1.5 | climbM is 1.5
                    "level m" | type = "level"; warning = 2.0 | a level needs a warning and a danger level
                    "level m" | type = "level"; warning = 2.0; danger = 1.0 | dangerM is 1.0
                    "level m" | type = "level"; warning = 2.0; danger = 3.0; scale = 2.0 | the detector wants V
                    "contact" | type = "switch" | detectors.it.kind is missing
                    "ain0 V" | type = "switch"; kind = "gate"; wiring = "opening"; supply = 0.0 | supply is 0.0 V
                    "probe ohm" | type = "immersion"; wet = 0.5; fouled = 0.2 | wetUs is 0.5
                    "probe ohm" | type = "fal" | did you mean fall
                    "probe ohm" | type = "immersion"; wet = 80.0; channel = "prob" | the sensor has no channel prob
                    "probe ohm" | type = "immersion"; weet = 80.0 | weet
                    "ain0 V" | type = "threshold"; kind = "gas"; limit = 5.0; highest = 3.3 | limit is 5.0
                    "x g", "y g", "z g" | type = "fall"; worn = "waist"; range = 1.5 | range is 1.5; it must be 2.0 to 400.0
                    "level m" | type = "level"; warning = 2.0; danger = 25.0 | danger is 25.0; it must be -1.0 to 20.0
                    "level m" | type = "level"; warning = -2.0; danger = 3.0 | warning is -2.0; it must be -1.0 to 20.0
                    "distance m", "strength" | type = "switch"; kind = "fire" | the sensor has 2 channels, and not each is a contact
                    "ain0 V" | type = "switch"; kind = "fire"; wiring = "opening"; across-contact = 1.0 | rest and alarm are 0.00 % of the supply apart
                    "distance m" | type = "edge"; over = "gait" | over = "gait" is no contact of the board (did you mean gate?)
                    "distance m" | type = "water-zone"; beam-required = true | there is no beam that could agree
                    "contact" | type = "switch"; kind = "fire"; release = "gate" | only a gate can be released
                    "contact" | type = "switch"; kind = "perimeter"; open-for = "10s" | only a gate may stay open for a while
                    "contact" | type = "switch"; kind = "gate"; pull-up = 1000.0 | a contact of the board has no resistors
                    "ain0 V" | type = "immersion"; pull-up = 0.0 | pull-up is 0.0
                    "distance m" | type = "edge"; farthest = 1.0 | farthestM is 1.0
                    "distance m" | type = "edge"; over-restores = "2s" | overHold is
                    "distance m" | type = "water-zone"; gap = "10ms" | gap is
                    "x g", "y g", "z g" | type = "drowning"; probe = "prat" | probe = "prat" is no sensor that this device has (did you mean part?)
                    "x g", "y g", "z g" | type = "drowning"; probe = "part" | the detector wants ohm, and the sensor has x in g
                    "ain0 V", "x g", "y g", "z g" | type = "drowning"; probe = "part"; probe-channel = "ain1"; pull-up = 1.0 | the sensor has no channel ain1
                    "probe ohm", "x g", "y g", "z g" | type = "drowning"; pull-up = 1000.0 | a probe in volts is on another part
                    """)
    void what_no_detector_could_do_is_refused_with_its_line(String channels, String keys, String told)
            throws Exception {
        assertThat(problemsOf(channels, keys.replace(";", "\n") + "\n"))
                .singleElement()
                .asString()
                .startsWith("t.toml:")
                .contains(told);
    }
}
