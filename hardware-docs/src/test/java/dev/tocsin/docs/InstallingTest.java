package dev.tocsin.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.firmware.app.FirmwareConfig;
import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.simulator.centre.config.CentreConfig;
import dev.tocsin.simulator.centre.registry.RegistryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Walks through the installing page as a stranger would: its own commands, its own files, our own readers. */
class InstallingTest {

    private static final String PAGE = Documents.read("hardware-docs/installing.md");

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void keys_are_made_with_the_page_s_own_commands() throws Exception {
        assumeTrue(run("command -v openssl") == 0, "openssl is not installed");
        assertThat(run(after("<!-- keys: authority and centre -->"))).isZero();
        assertThat(run(after("<!-- keys: device -->"))).isZero();
    }

    @Test
    void the_device_s_configuration_is_good_with_these_keys() throws IOException {
        Path config = folder.resolve("device/device.toml");
        Files.writeString(config, Documents.blocks(PAGE, "toml").get(0));

        assertThat(FirmwareConfig.load(config)).isInstanceOf(Loaded.Ok.class);
    }

    @Test
    void the_centre_s_configuration_is_good_with_these_keys() throws IOException {
        Path config = folder.resolve("centre/centre.yaml");
        Files.writeString(config, Documents.blocks(PAGE, "yaml").get(0));

        assertThat(CentreConfig.load(config)).isInstanceOf(Loaded.Ok.class);
    }

    @Test
    void enrolment_puts_the_device_into_the_registry() throws Exception {
        List<String> lines = after("<!-- enrol -->").lines().toList();
        assertThat(run(lines.get(0))).isZero();
        String[] words = lines.get(1).split(" ");
        assertThat(words[0]).isEqualTo("./tocsin");
        String[] enrol = Stream.of(words)
                .skip(1)
                .map(word -> word.equals(".") || word.endsWith(".pem")
                        ? folder.resolve(word).toString()
                        : word)
                .toArray(String[]::new);

        assertThat(dev.tocsin.simulator.cli.Main.commandLine().execute(enrol)).isZero();
        assertThat(RegistryFile.load(folder.resolve("registry.yaml")).orThrow().byId("school-007/button-3"))
                .isPresent();
    }

    @Test
    void the_list_of_the_commissioning_page_is_a_registry() throws IOException {
        Path registry = folder.resolve("registry.yaml");
        Files.writeString(
                registry,
                Documents.blocks(Documents.read("hardware-docs/commissioning.md"), "yaml")
                        .get(0));

        assertThat(RegistryFile.load(registry).orThrow().byId("school-007/button-3"))
                .isPresent();
    }

    private static String after(String mark) {
        return Documents.blocks(PAGE.substring(PAGE.indexOf(mark)), "sh").get(0);
    }

    private int run(String commands) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("bash", "-euc", commands)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return shell.exitValue();
    }
}
