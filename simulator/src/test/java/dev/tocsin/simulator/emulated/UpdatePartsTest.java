package dev.tocsin.simulator.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.codec.UpdateMessages;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.centre.rollout.Rollout;
import dev.tocsin.simulator.centre.sqlite.SqliteRollouts;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pieces that an update of the emulated board is made of, without a board. */
class UpdatePartsTest {

    private static final String RELEASE = "dev/tocsin/firmware/app/release.properties";

    @TempDir
    private Path folder = Path.of("");

    private UpdatePrograms packaged() throws IOException, InterruptedException {
        Path root = folder.resolve("root");
        Path app = Files.createDirectories(root.resolve("usr/lib/tocsin/app"));
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(app.resolve("tocsin-pi-firmware.jar")))) {
            jar.putNextEntry(new JarEntry(RELEASE));
            jar.write("version=0.1.0\n".getBytes(StandardCharsets.UTF_8));
            jar.putNextEntry(new JarEntry("other"));
            jar.write(7);
        }
        Path control = Files.createDirectories(root.resolve("DEBIAN")).resolve("control");
        Files.writeString(control, """
                Package: tocsin
                Version: 0.1.0
                Architecture: arm64
                Maintainer: somebody <somebody@example.org>
                Description: of this test
                """);
        Path deb = folder.resolve("tocsin.deb");
        Process build = new ProcessBuilder(
                        "dpkg-deb", "--root-owner-group", "-Znone", "--build", root.toString(), deb.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        assertThat(build.waitFor()).as(Files.readString(folder.resolve("said"))).isZero();
        return UpdatePrograms.of(deb, Files.createDirectory(folder.resolve("programs")));
    }

    @Test
    void an_update_is_the_package_s_program_but_for_its_version() throws Exception {
        try (JarFile jar = new JarFile(packaged().version("1.1.0").toFile())) {
            try (var in = jar.getInputStream(jar.getEntry(RELEASE))) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo("version=1.1.0\n");
            }
            assertThat(jar.getEntry("other").getSize()).isEqualTo(1);
        }
    }

    @Test
    void the_one_that_crashes_is_a_program_of_its_own_that_crashes() throws Exception {
        Path jar = packaged().crashing("2.0.0");
        File said = folder.resolve("crash").toFile();
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString())
                .redirectErrorStream(true)
                .redirectOutput(said)
                .start();
        assertThat(java.waitFor()).isEqualTo(1);
        assertThat(Files.readString(said.toPath())).contains("this version crashes at its start");
    }

    @Test
    void a_rollout_to_the_board_is_what_the_centre_that_may_update_it_signed() throws Exception {
        Path program = Files.writeString(folder.resolve("program"), "a program");
        Path home = Files.createDirectory(folder.resolve("centres"));
        try (BoardCentres centres = BoardCentres.start(home, new SystemClock(), (centre, entry) -> {});
                BoardRollout rollout = BoardRollout.beside(centres.config("police"), new SystemClock())) {
            rollout.start(program, "1.1.0", 2);
            assertThat(rollout.told(2)).isEmpty();
            assertThat(Files.readString(centres.seed().resolve("device.toml"))).contains("from = [\"police\"]");
            Path ledger = home.resolve("police").resolve("ledger.db");
            try (SqliteRollouts kept = SqliteRollouts.open(SqliteRollouts.beside(ledger))) {
                List<Rollout> all = kept.rollouts();
                assertThat(all).hasSize(1);
                assertThat(all.getFirst().offers(BoardCentres.DEVICE)).isTrue();
                Bytes manifest = all.getFirst().manifest();
                assertThat(UpdateMessages.readManifest(
                                        SignedEnvelope.read(manifest).orThrow())
                                .orThrow()
                                .centre())
                        .isEqualTo("police");
            }
            assertThat(SqliteRollouts.payloads(ledger)
                            .resolve(Bytes.wrap(Files.readAllBytes(program))
                                    .sha256()
                                    .hex()))
                    .hasContent("a program");
        }
    }
}
