package dev.tocsin.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gauges and distances as whoever types the commands sees them. */
class WaterCommandsTest {

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void record() throws IOException {
        StringBuilder tide = new StringBuilder("t_s,level_m\n");
        for (int hour = 0; hour < 240; hour++) {
            tide.append(String.format(Locale.ROOT, "%d,%.4f%n", hour * 3_600, 1 + Math.sin(hour / 6.0)));
        }
        Files.writeString(folder.resolve("tide.csv"), tide);
        StringBuilder bank = new StringBuilder("t_s,distance_cm\n");
        for (int i = 0; i < 1_200; i++) {
            bank.append(String.format(Locale.ROOT, "%.2f,%d%n", i / 50.0, i > 300 && i < 700 ? 150 : 500 + i % 3));
        }
        Files.writeString(folder.resolve("bank.csv"), bank);
        Files.writeString(folder.resolve("manifest.csv"), "file,kind\ntide.csv,water_level\nbank.csv,distance\n");
    }

    @Test
    void a_gauge_is_drawn_with_its_alarms_and_the_command_that_draws_it_again() {
        Path page = folder.resolve("level.html");
        Tocsin tocsin = Tocsin.run(
                "eval", "level", folder.toString(), "--warning", "1.5", "--danger", "1.9", "--plot", page.toString());
        assertThat(tocsin.exit()).as(tocsin.out() + tocsin.err()).isEqualTo(Exit.OK);
        assertThat(tocsin.out()).contains("0 missed; 0 false");
        assertThat(tocsin.err()).contains("page in " + page);
        assertThat(page)
                .content()
                .contains("\"name\":\"danger\"")
                .contains("./tocsin eval level " + folder + " --warning 1.5 --danger 1.9 --plot " + page);
    }

    @Test
    void a_distance_is_drawn_with_its_intrusion() {
        Path page = folder.resolve("water.html");
        Tocsin tocsin = Tocsin.run(
                "eval", "water", folder.toString(), "--events", "3", "--years", "1", "--plot", page.toString());
        assertThat(tocsin.exit()).as(tocsin.out() + tocsin.err()).isEqualTo(Exit.OK);
        assertThat(page).content().contains("\"verdict\":\"1 intrusions\"").contains("\"name\":\"in the zone\"");
    }

    @Test
    void a_page_that_cannot_be_written_is_told() {
        Tocsin tocsin = Tocsin.run("eval", "level", folder.toString(), "--plot", "/nowhere/at/all.html");
        assertThat(tocsin.exit()).isEqualTo(Exit.INVALID);
        assertThat(tocsin.err()).contains("--plot /nowhere/at/all.html cannot be written");
        assertThat(tocsin.out()).as("before the work").isEmpty();
    }

    @Test
    void every_zone_that_the_help_allows_is_played() {
        for (String inside : List.of("0.1", "20")) {
            Tocsin tocsin =
                    Tocsin.run("eval", "water", folder.toString(), "--events", "1", "--years", "1", "--inside", inside);
            assertThat(tocsin.exit()).as(tocsin.err()).isEqualTo(Exit.OK);
        }
        assertThat(Tocsin.run("eval", "water", folder.toString(), "--inside", "0.05")
                        .exit())
                .isEqualTo(Exit.INVALID);
    }

    @Test
    void a_level_that_no_water_has_is_refused_with_its_line() throws IOException {
        Files.writeString(folder.resolve("tide.csv"), "t_s,level_m\n0,1\n60,1e9\n");
        Tocsin tocsin = Tocsin.run("eval", "level", folder.toString());
        assertThat(tocsin.exit()).isEqualTo(Exit.INVALID);
        assertThat(tocsin.err()).contains("tide.csv:3: level_m is 1.0E9; it must be within ±9000");
    }

    @Test
    void a_manifest_reads_nothing_outside_of_its_folder() throws IOException {
        Files.writeString(folder.resolve("manifest.csv"), "file,kind\n../tide.csv,water_level\n");
        Tocsin tocsin = Tocsin.run("eval", "level", folder.toString());
        assertThat(tocsin.exit()).isEqualTo(Exit.INVALID);
        assertThat(tocsin.err()).contains("manifest.csv:2: ../tide.csv lies outside of the manifest's folder");
    }
}
