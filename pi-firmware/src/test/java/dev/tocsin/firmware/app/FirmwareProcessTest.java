package dev.tocsin.firmware.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The firmware as a supervisor sees it: a process. */
@Timeout(60)
class FirmwareProcessTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void told_to_stop_by_a_signal_it_puts_everything_away_and_ends_with_0() throws Exception {
        TestConfigs.write(folder, "audible", "journal");
        Process firmware =
                start("run", "--config", folder.resolve("device.toml").toString());
        try {
            List<String> said = new ArrayList<>();
            BufferedReader out = firmware.inputReader(StandardCharsets.UTF_8);
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                said.add(line);
                if (line.startsWith("armed ")) {
                    firmware.toHandle().destroy(); // SIGTERM
                }
            }
            assertThat(firmware.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(firmware.exitValue()).isZero();
            assertThat(said)
                    .contains(
                            "no pins (hardware = \"desk\"): type press, release, key, key back or quit",
                            "stopped; what is not delivered is in the journal");
        } finally {
            firmware.destroyForcibly();
        }
    }

    private static Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
