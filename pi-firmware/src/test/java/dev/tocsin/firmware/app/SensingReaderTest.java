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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
