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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Walks the way of keys carried by hand, step 9 of the installing page: its own commands, its own files, our own readers. */
class InstallingTest {

    @TempDir
    private Path folder = Path.of("");

    private Walk walk = new Walk(Path.of(""), text -> text);

    @BeforeEach
    void keys_are_made_with_the_page_s_own_commands() throws IOException {
        walk = new Walk(
                folder,
                text -> text.replace("/etc/tocsin", folder + "/etc/tocsin")
                        .replace("/var/lib/tocsin", folder + "/var/lib/tocsin"));
        walk.equip();
        assumeTrue(walk.run("openssl version").code() == 0, "openssl is not installed");
        walk.writes("device.toml", Installing.after("## 4.", "toml"));
        walk.does(Installing.after("<!-- keys: authority and centre -->", "sh"));
        walk.does(Installing.after("<!-- keys: device -->", "sh"));
    }

    @Test
    void the_device_s_configuration_is_good_with_these_keys_where_they_are_put() {
        List<String> lines =
                Installing.after("<!-- files by hand -->", "sh").lines().toList();
        walk.does(String.join("\n", lines.subList(0, 4)));
        assertThat(lines.subList(0, 4)).allMatch(line -> line.matches("(cd|sudo install|rm) .*"));

        Path config = folder.resolve("etc/tocsin/device.toml");
        assertThat(config).content().doesNotContain("[enrolment]").contains("[keys]", "[board]", "[[centres]]");
        assertThat(FirmwareConfig.load(config)).isInstanceOf(Loaded.Ok.class);
    }

    @Test
    void the_centre_s_configuration_is_good_with_these_keys() throws IOException {
        walk.writes("centre/centre.yaml", Installing.after("<!-- registry -->", "yaml"));

        assertThat(CentreConfig.load(folder.resolve("centre/centre.yaml"))).isInstanceOf(Loaded.Ok.class);
    }

    @Test
    void the_registry_s_command_puts_the_device_into_it() {
        walk.does(Installing.after("<!-- registry -->", "sh"));

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
}
