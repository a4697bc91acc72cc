package dev.tocsin.firmware.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.detect.Detection;
import dev.tocsin.sdk.detect.Detector;
import dev.tocsin.sdk.detect.Findings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
                        + "[desk.part]\nchannels = [" + channels + "]\n[detectors.it]\nsensor = \"part\"\n"
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
}
