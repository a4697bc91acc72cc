package dev.tocsin.firmware.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration that the package installs: every key that the reader knows is explained in it, and none that it does not. */
class PackagedConfigTest {

    private static final Path FILE = Path.of("src/main/packaging/device.toml");
    private static final Pattern KNOWN = Pattern.compile("known here: ([a-z0-9, -]+)");
    private static final Pattern KEY = Pattern.compile("(?m)^#?([a-z0-9-]+) = ");

    @TempDir
    private Path folder = Path.of("");

    /** The reader names all its keys where one is too strange to be a slip of one of them. */
    @ParameterizedTest
    @ValueSource(strings = {"", "[place]", "[keys]", "[enrolment]", "[board]", "[[centres]]", "[updates]", "[warning]"})
    void every_key_of_a_table_is_explained(String table) throws IOException {
        String text = Files.readString(FILE);
        List<String> known = new ArrayList<>();
        List<Problem> problems = problems(table + "\nqqqqqqqqqqqq = 1\n");
        for (Problem problem : problems) {
            Matcher m = KNOWN.matcher(problem.hint());
            if (problem.what().contains("qqqqqqqqqqqq") && m.find()) {
                known.addAll(List.of(m.group(1).split(", ")));
            }
        }
        assertThat(known).as("keys of %s, from %s", table, problems).isNotEmpty();

        List<String> explained = explained(text, table);
        String within = table.isEmpty() ? "" : table.replaceAll("[\\[\\]]", "") + ".";
        known.removeIf(key -> text.contains("[" + within + key + "]") || text.contains("[" + within + key + "."));
        known.remove("desk"); // of a desk, not of an installed device
        assertThat(explained).as("explained in %s", table).containsAll(known);
        assertThat(known).as("known in %s", table).containsAll(explained);
    }

    /** As it is installed it lacks only what enrolment brings. */
    @Test
    void as_installed_it_lacks_only_the_files_that_enrolment_brings() throws IOException {
        Path file = folder.resolve("device.toml");
        Files.writeString(file, Files.readString(FILE).replace("/var/lib/tocsin", folder.toString()));

        assertThat(FirmwareConfig.load(file))
                .isInstanceOfSatisfying(
                        Loaded.Bad.class,
                        bad -> assertThat((List<?>) bad.problems())
                                .isNotEmpty()
                                .allMatch(problem -> problem.toString().contains("no such file")));
    }

    /** What is commented out is an example that works. */
    @Test
    void the_examples_in_it_are_good() throws Exception {
        TestConfigs.write(folder, "audible", "journal");
        String examples = Files.readString(FILE)
                .replaceAll("(?m)^#(?=[a-z0-9-]+ = |\\[)", "")
                .replaceAll("(?m)^(plain|sm2-id) = .*$", "")
                .replace("\"wall-button\"", "\"parapet-guard\"");
        for (Map.Entry<String, String> file : Map.of(
                        "/var/lib/tocsin/keys/alarm-key.pem", "alarm-key.pem",
                        "/var/lib/tocsin/keys/dtls.pem", "dtls.pem",
                        "/var/lib/tocsin/keys/dtls-key.pem", "dtls-key.pem",
                        "/var/lib/tocsin/keys/ca.pem", "ca.pem",
                        "police-receipts.pem", "receipts.pem",
                        "updates.pem", "receipts.pem")
                .entrySet()) {
            examples = examples.replace(file.getKey(), file.getValue());
        }
        Path device = folder.resolve("device.toml");
        Files.writeString(device, examples);

        assertThat(FirmwareConfig.load(device)).isInstanceOf(Loaded.Ok.class);
    }

    private static List<String> explained(String text, String table) {
        int from = table.isEmpty() ? 0 : Math.max(text.indexOf("\n" + table), text.indexOf("\n#" + table)) + 2;
        Matcher next = Pattern.compile("(?m)^#?\\[").matcher(text);
        int to = next.find(from + 1) ? next.start() : text.length();
        return KEY.matcher(text.substring(from, to))
                .results()
                .map(m -> m.group(1))
                .toList();
    }

    private List<Problem> problems(String toml) {
        return FirmwareConfig.parse("x.toml", toml, folder) instanceof Loaded.Bad<FirmwareConfig>(var problems)
                ? problems
                : List.of();
    }
}
