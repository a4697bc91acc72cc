package dev.tocsin.simulator.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tocsin.sdk.testkit.SharedData;
import dev.tocsin.simulator.board.SensorTrace.Mapping;
import dev.tocsin.simulator.board.SensorTrace.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SensorTraceTest {

    private static final Mapping MAPPING = Mapping.of("t_ms", 1e6, "z", "x");

    private static SensorTrace parse(Mapping mapping, String... lines) {
        return switch (SensorTrace.parse("t.csv", List.of(lines), mapping)) {
            case Reading.Read(SensorTrace trace) -> trace;
            case Reading.Malformed(String problem) -> throw new AssertionError(problem);
        };
    }

    private static double[] at(SampleSource source, double ms) {
        double[] values = new double[source.channels()];
        assertThat(source.sample(Math.round(ms * 1e6), values)).isTrue();
        return values;
    }

    private static boolean isThere(SampleSource source, double ms) {
        return source.sample(Math.round(ms * 1e6), new double[source.channels()]);
    }

    @Test
    void columns_are_picked_by_name_and_values_hold_until_the_next_row() {
        SensorTrace trace = parse(MAPPING.times(2), "x,t_ms,y,z", "1,100,9,3", "2,101.5,9,4", "3,150,9,5");
        assertThat(at(trace, 0)).as("the first row is the start").containsExactly(6, 2);
        assertThat(at(trace, 1.4)).containsExactly(6, 2);
        assertThat(at(trace, 1.5)).containsExactly(8, 4);
        assertThat(at(trace, 50)).containsExactly(10, 6);
        assertThat(trace.lengthNs()).isEqualTo(50_000_000);
    }

    @Test
    void before_the_first_row_and_after_the_last_there_is_nothing() {
        SensorTrace trace = parse(MAPPING, "t_ms,x,z", "0,1,1", "10,2,2");
        assertThat(isThere(trace, -0.001)).isFalse();
        assertThat(isThere(trace, 10.001)).isFalse();
    }

    @Test
    void a_long_gap_has_no_samples_and_neither_has_an_empty_field() {
        SensorTrace trace = parse(MAPPING.longestGap(Duration.ofMillis(20)), "t_ms,x,z", "0,1,1", "100,,2", "110,3,3");
        assertThat(isThere(trace, 20)).isTrue();
        assertThat(isThere(trace, 20.1)).isFalse();
        assertThat(isThere(trace, 105)).isFalse();
        assertThat(isThere(trace, 110)).isTrue();
    }

    @Test
    void of_rows_with_one_time_the_last_counts() {
        SensorTrace trace = parse(MAPPING, "t_ms,x,z", "0,1,1", "5,2,2", "5,3,3", "9,4,4");
        assertThat(at(trace, 5)).containsExactly(3, 3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "t_ms,x;0,1|t.csv:1: no column z",
                "t_ms,x,z|t.csv: 1 to 1000000 rows wanted, found 0",
                "t_ms,x,z;0,1|t.csv:2: 3 fields wanted, found 2",
                "t_ms,x,z;0,1,up|t.csv:2: not a number",
                "t_ms,x,z;5,1,1;4,1,1|t.csv:3: t_ms is before the row above",
            })
    void what_is_wrong_with_a_file_is_said_with_its_line(String file, String problem) {
        assertThat(SensorTrace.parse("t.csv", List.of(file.split(";")), MAPPING))
                .isInstanceOfSatisfying(
                        Reading.Malformed.class, m -> assertThat(m.problem()).startsWith(problem));
    }

    @Test
    void a_file_that_is_not_there_is_said(@TempDir Path folder) {
        assertThat(SensorTrace.read(folder.resolve("none.csv"), MAPPING)).isInstanceOf(Reading.Malformed.class);
    }

    @Test
    void recorded_falls_read_as_about_one_g_at_the_median() throws IOException {
        Mapping toG = Mapping.of("t_s", 1e9, "ax", "ay", "az").times(1 / 9.80665);
        Path folder = SharedData.orSkip("falls/dev/weda");
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.filter(f -> f.toString().contains("_F"))
                    .sorted()
                    .limit(20)
                    .toList();
        }
        assertThat(files).hasSize(20);
        for (Path file : files) {
            SensorTrace trace = ((Reading.Read) SensorTrace.read(file, toG)).trace();
            double[] magnitudes = new double[(int) (trace.lengthNs() / 20_000_000)];
            double[] g = new double[3];
            for (int i = 0; i < magnitudes.length; i++) {
                assertThat(trace.sample(i * 20_000_000L, g)).isTrue();
                magnitudes[i] = Math.sqrt(g[0] * g[0] + g[1] * g[1] + g[2] * g[2]);
            }
            Arrays.sort(magnitudes);
            assertThat(magnitudes[magnitudes.length / 2]).as(file.toString()).isCloseTo(1, within(0.2));
        }
    }
}
