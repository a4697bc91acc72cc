package dev.tocsin.firmware.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The firmware as a supervisor sees it: a process. */
@Timeout(120)
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

    /** A worn card must not take the button away: only what speaks to centres needs these files. */
    @Test
    void without_its_certificate_it_is_armed_and_keeps_a_press_and_starts_anew_once_it_is_there() throws Exception {
        TestConfigs.write(folder, "audible", "journal");
        Path certificate = folder.resolve("dtls.pem");
        String pem = Files.readString(certificate);
        Files.delete(certificate);
        Process firmware =
                start("run", "--config", folder.resolve("device.toml").toString());
        try {
            BufferedReader out = firmware.inputReader(StandardCharsets.UTF_8);
            Writer keyboard = firmware.outputWriter(StandardCharsets.UTF_8);
            boolean pressed = false;
            boolean told = false;
            String press = "none yet";
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                told |= line.equals("fault: no centre can be reached: " + certificate + ": no such file");
                if (told && !pressed) {
                    pressed = true;
                    keyboard.write("press\n");
                    keyboard.flush();
                }
                if (line.endsWith(" LIVE PANIC RAISED")) {
                    press = line.substring("raised ".length(), line.indexOf(" LIVE"));
                }
                if (line.equals("kept " + press)) {
                    Files.writeString(certificate, pem);
                }
            }
            assertThat(told).isTrue();
            assertThat(press).startsWith("school-001/button-1");
            assertThat(firmware.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(firmware.exitValue()).isEqualTo(Main.EXIT_UNAVAILABLE);
        } finally {
            firmware.destroyForcibly();
        }
    }

    /** As systemd starts it: its folder in memory stays over a restart. */
    @Test
    void after_a_life_that_was_cut_short_it_tells_so() throws Exception {
        TestConfigs.write(folder, "audible", "journal");
        Path mark = folder.resolve("running");
        live("armed school-001/button-1", ProcessHandle::destroyForcibly);
        assertThat(mark).exists();

        live(
                "fault: the program did not stop as told: it failed, hung, ran out of memory or was killed, and runs"
                        + " again",
                ProcessHandle::destroy);
        assertThat(mark).as("SIGTERM told it to stop").content().startsWith("stopped ");
    }

    /** Ends it as soon as it says this. */
    private void live(String until, Consumer<ProcessHandle> end) throws Exception {
        Process firmware =
                start("run", "--config", folder.resolve("device.toml").toString());
        try {
            List<String> said = new ArrayList<>();
            BufferedReader out = firmware.inputReader(StandardCharsets.UTF_8);
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                said.add(line);
                if (line.equals(until)) {
                    end.accept(firmware.toHandle()); // the process itself would close its output as well
                }
            }
            assertThat(said).contains(until);
            assertThat(firmware.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            firmware.destroyForcibly();
        }
    }

    private Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("RUNTIME_DIRECTORY", folder.toString());
        return builder.start();
    }
}
