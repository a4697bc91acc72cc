package dev.tocsin.firmware.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.detect.Detection;
import dev.tocsin.sdk.detect.Detector;
import dev.tocsin.sdk.detect.Findings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Detectors as a configuration makes them, on samples: what its keys do. */
class MadeDetectorsTest {

    private static final String BOARD = """
            name = "post"
            title = "A post"
            model = "raspberry-pi-4"
            [inputs.beam]
            bcm = 5
            header = 29
            pull = "up"
            [inputs.card]
            bcm = 6
            header = 31
            pull = "up"
            """;

    private static final long TICK_NS = 100_000_000L;

    @TempDir
    private Path folder = Path.of("");

    private final List<String> told = new ArrayList<>();
    private long nowNs = 1;

    private Detector made(String channels, String keys) throws Exception {
        Files.writeString(folder.resolve("post.toml"), BOARD);
        TestConfigs.write(folder, "audible", "journal");
        Path file = folder.resolve("device.toml");
        Files.writeString(
                file,
                Files.readString(file).replace("[board]\n", "[board]\nprofile = \"post.toml\"\n")
                        + "[desk.part]\nchannels = [" + channels + "]\n"
                        + "[desk.converter]\nchannels = [\"ain0 V\", \"ain1 V\"]\n[detectors.it]\nsensor = \"part\"\n"
                        + keys.replace(";", "\n") + "\n");
        return FirmwareConfig.load(file)
                .orThrow()
                .sensing()
                .watches()
                .getFirst()
                .making()
                .apply(new Findings() {
                    @Override
                    public void found(Detection detection) {
                        told.add(detection.kind() + " " + detection.state());
                    }

                    @Override
                    public void health(String cause, boolean isStanding, String text) {
                        told.add((isStanding ? "ill " : "well ") + cause);
                    }
                });
    }

    /** The same sample ten times a second. */
    private void hold(Detector detector, double seconds, double... values) {
        for (int i = 0; i < seconds * 10; i++) {
            nowNs += TICK_NS;
            detector.sample(nowNs, values);
            detector.step(nowNs);
        }
    }

    @Test
    void a_gate_that_nobody_can_release_is_told_when_it_stays_open_and_not_before() throws Exception {
        Detector gate = made("\"contact\"", "type = \"switch\"; kind = \"gate\"; open-for = \"10s\"");
        hold(gate, 5, 0);
        hold(gate, 8, 1);
        hold(gate, 5, 0);
        assertThat(told).isEmpty();
        hold(gate, 12, 1);
        assertThat(told).containsExactly("GATE RAISED");
        hold(gate, 3, 0);
        assertThat(told).containsExactly("GATE RAISED", "GATE RESTORED");
    }

    /** A contact of the board changed. */
    private void contact(Detector detector, String input, boolean isActive) {
        beside(detector, input, isActive ? 1 : 0);
    }

    /** Another sensor has a sample. */
    private void beside(Detector detector, String source, double... values) {
        assertThat(detector).isInstanceOfSatisfying(BesideSensors.class, beside -> {
            assertThat(beside.listeners()).containsKey(source);
            Objects.requireNonNull(beside.listeners().get(source)).sample(nowNs, values);
        });
    }

    @Test
    void a_gate_with_a_card_reader_is_told_at_once_when_it_is_forced() throws Exception {
        Detector gate =
                made("\"contact\"", "type = \"switch\"; kind = \"gate\"; release = \"card\"; release-for = \"20s\"");
        hold(gate, 5, 0);
        contact(gate, "card", true);
        contact(gate, "card", false);
        hold(gate, 3, 1);
        hold(gate, 3, 0);
        assertThat(told).isEmpty();
        hold(gate, 20, 0);
        hold(gate, 2, 1);
        assertThat(told).containsExactly("GATE RAISED");
    }

    @Test
    void a_beam_on_the_edge_and_one_beyond_it_make_an_alarm_worse() throws Exception {
        Detector edge = made("\"distance m\"", "type = \"edge\"; climb = \"card\"; over = \"beam\"");
        hold(edge, 5, 5.0);
        contact(edge, "card", true);
        hold(edge, 2, 5.0);
        assertThat(told).containsExactly("FALL_RISK RAISED");
        contact(edge, "beam", true);
        hold(edge, 1, 5.0);
        assertThat(told).containsExactly("FALL_RISK RAISED", "FALL_RISK UPDATED");
    }

    @Test
    void who_runs_through_a_barrier_is_told_as_soon_as_the_key_says() throws Exception {
        Detector edge = made("\"distance m\"", "type = \"edge\"; climb = \"beam\"; climb-dwell = \"100ms\"");
        contact(edge, "beam", true);
        hold(edge, 0.2, 5.0);
        contact(edge, "beam", false);
        assertThat(told).containsExactly("FALL_RISK RAISED");

        Detector bank = made("\"distance m\"", "type = \"water-zone\"; beam = \"beam\"; beam-dwell = \"400ms\"");
        contact(bank, "beam", true);
        hold(bank, 0.3, 6.0);
        contact(bank, "beam", false);
        assertThat(told).hasSize(1);
        contact(bank, "beam", true);
        hold(bank, 0.5, 6.0);
        assertThat(told).containsExactly("FALL_RISK RAISED", "WATER_INTRUSION RAISED");
    }

    @Test
    void who_turns_the_key_may_work_at_the_edge() throws Exception {
        Detector edge = made("\"distance m\"", "type = \"edge\"; bypass = \"card\"; bypass-for = \"1h\"");
        hold(edge, 5, 5.0);
        contact(edge, "card", true);
        hold(edge, 60, 1.0);
        assertThat(told).containsExactly("ill bypassed");
        contact(edge, "card", false);
        hold(edge, 5, 1.001);
        assertThat(told).containsExactly("ill bypassed", "well bypassed", "FALL_RISK RAISED");
    }

    @Test
    void a_key_that_is_left_turned_ends_by_itself() throws Exception {
        Detector edge = made("\"distance m\"", "type = \"edge\"; bypass = \"card\"; bypass-for = \"1m\"");
        for (int i = 0; i < 70; i++) {
            contact(edge, "card", true);
            hold(edge, 1, 5.0 + i * 0.01);
        }
        assertThat(told).containsExactly("ill bypassed", "well bypassed");
    }

    @Test
    void at_the_water_distance_and_beam_must_agree_where_the_key_says_so() throws Exception {
        Detector bank = made("\"distance m\"", "type = \"water-zone\"; beam = \"beam\"; beam-required = true");
        hold(bank, 5, 6.0);
        hold(bank, 8, 2.0);
        assertThat(told).as("a duck").isEmpty();
        contact(bank, "beam", true);
        hold(bank, 4, 2.0);
        assertThat(told).containsExactly("WATER_INTRUSION RAISED");
    }

    @Test
    void a_wall_beyond_the_sensor_s_range_hides_nobody() throws Exception {
        Detector edge = made("\"distance m\"", "type = \"edge\"; open = true");
        for (int i = 0; i < 30; i++) {
            hold(edge, 1, 9.0 + i * 0.001);
        }
        for (int i = 0; i < 4; i++) {
            hold(edge, 1, 0.8 + i * 0.001);
        }
        assertThat(told).containsExactly("FALL_RISK RAISED");
    }

    @Test
    void another_range_and_an_open_view_are_keys() throws Exception {
        Detector edge = made("\"distance m\"", "type = \"edge\"; zone = 10.0; farthest = 30.0; nearest = 0.5");
        hold(edge, 3, 9.0);
        assertThat(told).containsExactly("FALL_RISK RAISED");
    }

    @Test
    void a_probe_that_a_converter_reads_in_volts_is_wet_by_its_ohms() throws Exception {
        Detector probe = made("\"ain0 V\"", "type = \"immersion\"; pull-up = 10000.0; supply = 3.3");
        hold(probe, 20, 3.3);
        hold(probe, 20, 3.31);
        assertThat(told).as("dry").isEmpty();
        hold(probe, 5, 3.3 * 4_000 / 14_000); // 250 µS
        assertThat(told).containsExactly("WATER_INTRUSION RAISED");
    }

    /** Probe on a converter, acceleration on another part; hardly any movement. */
    private void wear(Detector drowning, double seconds, double volts, boolean isMoving) {
        for (int i = 0; i < seconds * 10; i++) {
            beside(drowning, "converter", 0.0, volts);
            double movesG = isMoving ? 0.4 * (i % 2 == 0 ? 1 : -1) : 0.005 * (i % 3);
            hold(drowning, 0.1, 0.1 + 0.001 * (i % 5), 0.1 - 0.001 * (i % 7), 1 + movesG);
        }
    }

    @Test
    void a_probe_on_one_part_and_acceleration_on_another_make_one_drowning_detector() throws Exception {
        Detector drowning = made(
                "\"x g\", \"y g\", \"z g\"",
                "type = \"drowning\"; probe = \"converter\"; probe-channel = \"ain1\"; pull-up = 10000.0; supply = 3.3");
        double wetV = 3.3 * 4_000 / 14_000;
        wear(drowning, 30, 3.3, false);
        wear(drowning, 20, wetV, true);
        assertThat(told).as("asleep on land, and swimming").isEmpty();
        wear(drowning, 20, wetV, false);
        assertThat(told).containsExactly("DROWNING RAISED");
    }

    @Test
    void a_probe_on_another_part_that_says_nothing_more_is_a_fault() throws Exception {
        Detector drowning = made(
                "\"x g\", \"y g\", \"z g\"",
                "type = \"drowning\"; probe = \"converter\"; probe-channel = \"ain1\"; pull-up = 10000.0");
        wear(drowning, 5, 3.3, false);
        assertThat(told).isEmpty();
        for (int i = 0; i < 50; i++) {
            hold(drowning, 0.1, 0.1 + 0.001 * (i % 5), 0.1 - 0.001 * (i % 7), 1 + 0.002 * (i % 3));
        }
        assertThat(told).containsExactly("ill not-a-number");
    }

    @Test
    void somebody_in_the_water_does_not_fall() throws Exception {
        String keys = "type = \"fall\"; worn = \"waist\"; wet = \"card\"";
        Detector onLand = made("\"x g\", \"y g\", \"z g\"", keys);
        fall(onLand);
        assertThat(told).containsExactly("FALL RAISED");
        told.clear();
        Detector inWater = made("\"x g\", \"y g\", \"z g\"", keys);
        contact(inWater, "card", true);
        fall(inWater);
        assertThat(told).isEmpty();
    }

    /** Stands, falls, strikes, lies: fifty samples a second. */
    private void fall(Detector detector) {
        for (int i = 0; i < 500; i++) {
            double noise = 0.004 * (i % 5);
            double[] g = i < 150
                    ? new double[] {0.02 + noise, -1 + noise, 0.03 - noise}
                    : i < 170
                            ? new double[] {0.1, -0.2 + noise, 0.1}
                            : i < 173
                                    ? new double[] {3 + noise, -2, 4}
                                    : new double[] {noise, -0.05 - noise, 1 + noise};
            nowNs += 20_000_000L;
            detector.sample(nowNs, g);
            detector.step(nowNs);
        }
    }

    @Test
    void who_steps_aside_at_the_edge_has_not_gone_over_it_where_the_key_says_so() throws Exception {
        for (String keys : List.of("type = \"edge\"", "type = \"edge\"; vanish = \"0ms\"")) {
            told.clear();
            Detector edge = made("\"distance m\"", keys);
            hold(edge, 5, 4.0);
            hold(edge, 3, 0.4);
            hold(edge, 2, 4.0);
            assertThat(told)
                    .containsExactlyElementsOf(
                            keys.contains("vanish")
                                    ? List.of("FALL_RISK RAISED")
                                    : List.of("FALL_RISK RAISED", "FALL_RISK UPDATED"));
        }
    }

    @Test
    void what_a_sensor_reads_for_a_time_out_is_nobody() throws Exception {
        Detector edge = made("\"distance m\"", "type = \"edge\"; time-out = 0.75; open = true");
        hold(edge, 10, 0.75);
        assertThat(told).isEmpty();
        hold(edge, 3, 0.8);
        assertThat(told).containsExactly("FALL_RISK RAISED");
    }

    @Test
    void a_probe_whose_wires_touch_is_a_fault() throws Exception {
        Detector probe = made("\"ain0 V\"", "type = \"immersion\"; pull-up = 10000.0");
        hold(probe, 20, 0.0);
        assertThat(told).containsExactly("ill out-of-range");
    }

    @Test
    void what_is_infinite_or_out_of_a_threshold_s_range_never_alarms_and_is_a_fault() throws Exception {
        Detector threshold = made(
                "\"wet\", \"distance m\"",
                "type = \"threshold\"; kind = \"drowning\"; channel = \"wet\"; limit = 1; holds = \"1s\"; highest = 10");
        hold(threshold, 3, 0, 5);
        hold(threshold, 0.1, Double.POSITIVE_INFINITY, 5);
        for (int i = 0; i < 60; i++) {
            nowNs += TICK_NS;
            threshold.step(nowNs);
        }
        assertThat(told).containsExactly("ill silent");
        told.clear();
        hold(threshold, 60, 1e9, 5);
        assertThat(told).contains("ill out-of-range").noneMatch(t -> t.startsWith("DROWNING"));
        hold(threshold, 30, 1, 5);
        assertThat(told).contains("well out-of-range", "DROWNING RAISED");
    }
}
