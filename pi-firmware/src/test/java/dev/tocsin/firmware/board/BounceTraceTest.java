package dev.tocsin.firmware.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.firmware.board.BounceTrace.Event;
import dev.tocsin.firmware.board.BounceTrace.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BounceTraceTest {

    @TempDir
    private Path folder;

    @Test
    void a_recording_is_read_with_its_times_levels_and_counts() throws Exception {
        Path file = folder.resolve("press.csv");
        Files.writeString(file, "t_us,level,rising_edges\n0.0000,1,0\n0.8120,0,0\n4.6250,0,2\n");

        BounceTrace trace = new BounceTrace(
                "press.csv", List.of(new Event(0, false, 0), new Event(812, true, 0), new Event(4625, true, 2)));
        assertThat(BounceTrace.read(file)).isEqualTo(new Reading.Read(trace));
        assertThat(trace.startsClosed()).isFalse();
        assertThat(trace.endsClosed()).isTrue();
        assertThat(trace.lengthNs()).isEqualTo(4625);
    }

    @Test
    void a_file_that_is_not_there_is_a_problem_with_its_name() {
        Path file = folder.resolve("none.csv");
        assertThat(BounceTrace.read(file))
                .isInstanceOfSatisfying(
                        Reading.Malformed.class,
                        malformed -> assertThat(malformed.problem()).contains(file.toString()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1,0                 | x.csv:3: 3 fields wanted (t_us,level,rising_edges), found 2
            1,0,0,0             | x.csv:3: 3 fields wanted (t_us,level,rising_edges), found 4
            soon,0,0            | x.csv:3: t_us is "soon", not a number
            NaN,0,0             | x.csv:3: t_us is NaN; it must be 0 or more
            -1,0,0              | x.csv:3: t_us is -1; it must be 0 or more
            4.9,0,0             | x.csv:3: t_us 4.9 is before the row above
            6,2,0               | x.csv:3: level is 2; it must be 0 (closed) or 1 (open)
            6,0,-1              | x.csv:3: rising_edges is -1; it must be a count
            6,0,1.5             | x.csv:3: rising_edges is 1.5; it must be a count
            """)
    void a_malformed_row_is_told_with_file_and_line(String row, String problem) {
        assertThat(BounceTrace.parse("x", List.of("t_us,level,rising_edges", "5,1,0", row), "x.csv"))
                .isEqualTo(new Reading.Malformed(problem));
    }

    @Test
    void another_header_or_no_rows_are_told() {
        assertThat(BounceTrace.parse("x", List.of(), "x.csv"))
                .isEqualTo(new Reading.Malformed("x.csv:1: the first line must be t_us,level,rising_edges"));
        assertThat(BounceTrace.parse("x", List.of("t_us,level,rising_edges"), "x.csv"))
                .isEqualTo(new Reading.Malformed("x.csv:2: no rows"));
    }

    @Test
    void the_longest_recording_is_read_and_a_longer_one_is_not() {
        List<String> rows = new ArrayList<>(Collections.nCopies(BounceTrace.MAX_EVENTS, "1,0,0"));
        rows.add(0, "t_us,level,rising_edges");
        assertThat(BounceTrace.parse("x", rows, "x.csv")).isInstanceOf(Reading.Read.class);

        rows.add("1,0,0");
        assertThat(BounceTrace.parse("x", rows, "x.csv"))
                .isEqualTo(new Reading.Malformed("x.csv: more than 100000 rows"));
    }
}
