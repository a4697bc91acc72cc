package dev.tocsin.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The file that makes a whole card: somebody can log in, and what fails ends it. {@link CommandsTest} reads its commands. */
class CardTest {

    private final String text = Installing.after("## 8.", "yaml");

    @Test
    void somebody_can_log_in_with_a_key_and_nobody_with_a_password() throws IOException {
        JsonNode card = new YAMLMapper().readTree(text);

        assertThat(text).startsWith("#cloud-config\n");
        assertThat(card.path("enable_ssh").asBoolean()).isTrue();
        assertThat(card.path("ssh_pwauth").asBoolean(true)).isFalse();
        JsonNode user = card.path("users").path(0);
        assertThat(user.path("name").asText()).isNotBlank();
        assertThat(user.path("ssh_authorized_keys")).isNotEmpty();
        assertThat(user.path("lock_passwd").asBoolean()).isTrue();
    }

    @Test
    void the_first_line_that_fails_ends_it_and_the_device_starts_when_all_is_there() throws IOException {
        List<String> lines = StreamSupport.stream(
                        new YAMLMapper().readTree(text).path("runcmd").spliterator(), false)
                .map(JsonNode::textValue)
                .toList();

        assertThat(lines).doesNotContainNull().first().isEqualTo("set -e");
        int start = lines.indexOf("systemctl start tocsin");
        assertThat(start).as("the device starts").isPositive();
        assertThat(lines.subList(start + 1, lines.size()))
                .as("after it, the board's own watchdog: what has no such file is a device all the same")
                .hasSize(2)
                .anyMatch(line -> line.startsWith("install -D ")
                        && line.contains(" /usr/share/doc/tocsin/examples/watchdog.conf "))
                .last()
                .isEqualTo("systemctl daemon-reexec");
        assertThat(lines)
                .as("the files come where the package's configuration has them")
                .anyMatch(line -> line.startsWith("install ") && line.endsWith(" /etc/tocsin/"))
                .anyMatch(line -> line.startsWith("sudo -u tocsin tocsin-firmware enrol --claim "));
    }
}
