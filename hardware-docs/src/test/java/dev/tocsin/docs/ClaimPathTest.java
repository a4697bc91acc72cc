package dev.tocsin.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.sdk.EnrolmentConfig;
import dev.tocsin.sdk.crypto.KeyFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Walks steps 3 to 5 of the installing page: its own commands, as they stand, by real processes; a centre, a label, a device
 * that enrols. In the place of the board's folders and of the centre's address stand a folder and the loopback's.
 */
class ClaimPathTest {

    private static final Pattern CLAIM = Pattern.compile("(?m)^TOCSIN:\\S+$");
    private static final String LABEL = "TOCSIN:school-007/button-3:…";

    @TempDir
    private Path folder = Path.of("");

    private Walk walk = new Walk(Path.of(""), text -> text);

    @BeforeEach
    void a_machine_of_its_own() throws IOException {
        int alarms = freePort();
        int enrolments = freePort();
        walk = new Walk(
                folder,
                text -> text.replace("192.0.2.10:5684", "127.0.0.1:" + alarms)
                        .replace("192.0.2.10:5685", "127.0.0.1:" + enrolments)
                        .replace("192.0.2.10", "127.0.0.1")
                        .replace("\"pi\"", "\"desk\"")
                        .replace("/etc/tocsin", folder + "/etc/tocsin")
                        .replace("/var/lib/tocsin", folder + "/var/lib/tocsin"));
        walk.equip();
        assumeTrue(walk.run("openssl version").code() == 0, "openssl is not installed");
    }

    @Test
    void a_device_enrols_by_its_label_and_its_centre_knows_it() throws IOException {
        walk.does(Installing.after("<!-- centre -->", "sh"));
        walk.writes("centre/centre.yaml", Installing.after("<!-- centre -->", "yaml"));
        walk.writes("device.toml", Installing.after("## 4.", "toml"));
        Files.copy(folder.resolve("centre/police-receipts.pem"), folder.resolve("police-receipts.pem")); // scp
        walk.does(Installing.after("<!-- files -->", "sh"));

        Process centre = walk.start(Installing.after("<!-- centre runs -->", "sh"));
        try (BufferedReader says = centre.inputReader(StandardCharsets.UTF_8)) {
            assertThat(says.lines().anyMatch(line -> line.contains("devices enrol at coaps://")))
                    .as("the centre runs")
                    .isTrue();

            Matcher claim = CLAIM.matcher(walk.does(Installing.after("<!-- label -->", "sh")));
            assertThat(claim.find()).isTrue();
            String[] board = Installing.after("<!-- enrol -->", "sh")
                    .replace(LABEL, claim.group())
                    .split("\n", -1);

            assertThat(walk.does(board[0])).contains("enrolled school-007/button-3");
            assertThat(walk.does(board[1])).contains("good");
            assertThat(walk.run(board[2]).said()).contains("police answers at coaps://127.0.0.1");
            assertThat(walk.does("./tocsin ca list")).contains("school-007/button-3: ");
        } finally {
            centre.destroy();
        }
    }

    @Test
    void the_keys_lie_where_the_package_has_them() throws IOException {
        String packaged = Documents.read("pi-firmware/src/main/packaging/device.toml");
        String page = Installing.after("## 4.", "toml");

        assertThat(places(page)).isEqualTo(places(packaged));
    }

    private KeyFolder.Places places(String toml) throws IOException {
        Path file = folder.resolve("places.toml");
        Files.writeString(file, toml);
        return EnrolmentConfig.load(file).orThrow().places();
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
