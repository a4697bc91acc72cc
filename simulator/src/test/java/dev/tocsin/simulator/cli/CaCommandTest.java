package dev.tocsin.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CaCommandTest {

    @TempDir
    Path folder;

    @Test
    void a_label_s_file_is_for_its_owner_alone_also_where_there_was_one() throws IOException {
        String ca = folder.resolve("ca").toString();
        Path svg = Files.writeString(folder.resolve("label.svg"), "an older one");
        assertThat(Tocsin.run("ca", "init", "--folder", ca).exit()).isZero();

        Tocsin claim =
                Tocsin.run("ca", "claim", "school-007/button-3", "--folder", ca, "--no-qr", "--svg", svg.toString());

        assertThat(claim.exit()).as(claim.err()).isZero();
        assertThat(Files.readString(svg)).contains("<svg");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(svg)))
                .isEqualTo("rw-------");
    }
}
