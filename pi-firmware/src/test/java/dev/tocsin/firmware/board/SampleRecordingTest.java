package dev.tocsin.firmware.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleRecordingTest {

    @Test
    void a_recording_keeps_times_and_values_and_what_could_not_be_measured() {
        assertThat(SampleRecording.parse("r.csv", List.of("t_s,distance [m]", "0,2.0", "0.02,", "0.04,0.4"), 1))
                .isInstanceOfSatisfying(SampleRecording.Reading.Read.class, read -> {
                    assertThat(read.recording().samples()).isEqualTo(3);
                    assertThat(read.recording().timeNs(2)).isEqualTo(40_000_000);
                    assertThat(read.recording().values(1)).containsExactly(Double.NaN);
                    assertThat(read.recording().values(2)).containsExactly(0.4);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "time,d;0,1 | r.csv:1: the header must be t_s and 1 channels",
                "t_s,d | r.csv: 1 to 1000000 rows, not 0",
                "t_s,d;0,1;0.1 | r.csv:3: 2 fields wanted, found 1",
                "t_s,d;0,1;0,2 | r.csv:3: t_s 0 must be 0 or more, and more than in the row above",
                "t_s,d;-1,1 | r.csv:2: t_s -1 must be 0 or more, and more than in the row above",
                "t_s,d;NaN,1 | r.csv:2: t_s NaN must be 0 or more, and more than in the row above",
                "t_s,d;0,far | r.csv:2: not a number: For input string: \"far\"",
            })
    void what_is_wrong_is_told_with_its_line(String lines, String problem) {
        assertThat(SampleRecording.parse("r.csv", List.of(lines.split(";")), 1))
                .isEqualTo(new SampleRecording.Reading.Malformed(problem));
    }

    @Test
    void a_file_that_is_not_there_is_told() {
        assertThat(SampleRecording.read(Path.of("nowhere.csv"), 1))
                .isInstanceOfSatisfying(
                        SampleRecording.Reading.Malformed.class,
                        malformed -> assertThat(malformed.problem()).startsWith("nowhere.csv: cannot be read: "));
    }
}
