package dev.tocsin.firmware.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The firmware is armed before it has anything to do with a network: by the order in which a real process loads its classes.
 * What is loaded before arming is what a press waits for after the power comes.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArmedFirstTest {

    /** Loaded when a session arms, and not before. */
    private static final String ARMED = "dev.tocsin.sdk.session.Pulse";

    private List<String> loaded = List.of();

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        TestConfigs.write(folder, "audible", "journal");
        Path log = folder.resolve("classes.log");
        Process firmware = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xlog:class+load:file=" + log + ":none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "run",
                        "--config",
                        folder.resolve("device.toml").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = firmware.inputReader(StandardCharsets.UTF_8)) {
            String line = out.readLine();
            while (line != null && !line.contains("cannot be reached")) { // nobody is there: by then it has tried
                line = out.readLine();
            }
            assertThat(line).isNotNull();
        } finally {
            firmware.destroy();
            assertThat(firmware.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        loaded = Files.readAllLines(log).stream()
                .map(line -> line.split(" ", 2)[0])
                .toList();
    }

    private List<String> before(String packages) {
        assertThat(loaded).contains(ARMED);
        return loaded.subList(0, loaded.indexOf(ARMED)).stream()
                .filter(name -> name.startsWith(packages))
                .toList();
    }

    @Test
    void armed_before_coap_and_dtls() {
        assertThat(before("org.eclipse.californium.")).isEmpty();
        assertThat(before("dev.tocsin.sdk.coap.CoapNode")).isEmpty();
        assertThat(loaded)
                .as("it came to them after that")
                .anyMatch(c -> c.startsWith("org.eclipse.californium.scandium."));
    }

    /** The JDK reads certificates sooner: Bouncy Castle's jar is signed, where it is not packed into one with the rest. */
    @Test
    void armed_before_certificates() {
        String shown = "dev.tocsin.sdk.coap.LiveCertificate";
        assertThat(before(shown)).isEmpty();
        assertThat(loaded).contains(shown);
        assertThat(before("org.bouncycastle.cert.")).isEmpty();
    }

    @Test
    void armed_before_updates_and_renewals() {
        assertThat(before("dev.tocsin."))
                .doesNotContain("dev.tocsin.sdk.update.Updates", "dev.tocsin.sdk.enrol.Renewals");
    }

    @Test
    void armed_without_the_command_line_s_library() {
        assertThat(before("picocli.CommandLine$Model")).isEmpty();
    }
}
