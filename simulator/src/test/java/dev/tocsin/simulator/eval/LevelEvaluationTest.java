package dev.tocsin.simulator.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LevelEvaluationTest {

    @TempDir
    private Path folder = Path.of("");

    private static LevelEvaluation.Options options(double fastestMPerHour, int runs) {
        return new LevelEvaluation.Options(
                OptionalDouble.of(1.5), OptionalDouble.of(1.9), fastestMPerHour, Duration.ofDays(2), runs, 1);
    }

    private WaterRecordings tide() throws IOException {
        StringBuilder text = new StringBuilder("t_s,level_m\n");
        for (int hour = 0; hour < 3_000; hour++) {
            text.append(hour * 3_600)
                    .append(',')
                    .append(1 + Math.sin(hour / 2.0))
                    .append('\n');
        }
        Files.writeString(folder.resolve("tide.csv"), text);
        Files.writeString(folder.resolve("manifest.csv"), "file,kind\ntide.csv,water_level\nheld.csv,water_level\n");
        return read();
    }

    private WaterRecordings read() {
        return switch (WaterRecordings.read(folder, List.of(WaterRecordings.LEVEL))) {
            case WaterRecordings.Reading.Read(WaterRecordings recordings) -> recordings;
            case WaterRecordings.Reading.Unusable(String why) -> throw new AssertionError(why);
        };
    }

    private String unusable() {
        return switch (WaterRecordings.read(folder, List.of(WaterRecordings.LEVEL))) {
            case WaterRecordings.Reading.Read(WaterRecordings recordings) -> "read";
            case WaterRecordings.Reading.Unusable(String why) -> why;
        };
    }

    @Test
    void the_plain_count_finds_rows_that_are_the_first_not_below() {
        assertThat(PlainCrossings.up(new double[] {1, 2, 2, 1, 3, 0, 1.99}, 2)).containsExactly(1, 4);
        assertThat(PlainCrossings.up(new double[] {3, 3}, 2)).isEmpty();
    }

    @Test
    void every_crossing_is_found_and_no_disturbance_warns() throws IOException {
        LevelEvaluation evaluation = LevelEvaluation.of(tide(), options(1.2, 10));
        LevelEvaluation.Score score = evaluation.scores().getFirst();
        assertThat(evaluation.skipped()).isEqualTo(1);
        assertThat(score.recorded().crossings()).isGreaterThan(400);
        assertThat(score.recorded().found() + score.recorded().standing())
                .isEqualTo(score.recorded().crossings());
        assertThat(score.recorded().wrong()).isZero();
        assertThat(score.disturbed().wrong()).isZero();
        assertThat(score.disturbed().missed() * 500)
                .as("only where spikes come so close that three readings must agree")
                .isLessThan(score.disturbed().crossings());
        assertThat(score.spikes()).isGreaterThan(100);
        assertThat(score.frozenTold()).isEqualTo(score.stretches()).isPositive();
    }

    @Test
    void a_detector_that_believes_every_jump_is_caught() throws IOException {
        LevelEvaluation evaluation = LevelEvaluation.of(tide(), options(1_000, 10));
        assertThat(evaluation.scores().getFirst().disturbed().wrong()).isPositive();
    }

    @Test
    void a_detector_that_believes_nothing_is_caught() throws IOException {
        LevelEvaluation evaluation = LevelEvaluation.of(tide(), options(0.01, 0));
        assertThat(evaluation.scores().getFirst().recorded().missed()).isPositive();
    }

    @Test
    void the_json_has_its_names() throws IOException {
        assertThat(WaterJson.text(LevelEvaluation.of(tide(), options(1.2, 1))))
                .contains("\"series\"", "\"warning_m\" : 1.5", "\"crossings\"", "\"false\" : 0", "\"disturbed\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            t_s,level_m;0,1;1,NaN                                    | x.csv:3: level_m is NaN; it must be a finite number
            t_s,level_m;0,1;0,1                                      | x.csv:3: t_s is not after the row above; times must rise
            t_s,level_m;0,1;1                                        | x.csv:3: 2 fields wanted, found 1
            t_s,level_m;0,high                                       | x.csv:2: level_m is "high"; it must be a number
            t_s,level_in;0,1                                         | x.csv:1: no column level_m
            datetime_local,tz,stage_yd;2014-05-01 01:00:00,EDT,1     | x.csv:1: no column stage_ft
            datetime_local,tz,stage_m;2014-05-01 01:00:00,ABC,1      | x.csv:2: tz is ABC; it must be one of CDT
            datetime_local,tz,stage_m;yesterday,EDT,1                | x.csv:2: "yesterday" is no time
            """)
    void what_cannot_be_used_is_told_with_its_line(String lines, String told) throws IOException {
        Files.writeString(folder.resolve("x.csv"), lines.strip().replace(';', '\n'));
        Files.writeString(folder.resolve("manifest.csv"), "file,kind\nx.csv,water_level\n");
        assertThat(unusable()).contains(told.strip());
    }

    @Test
    void feet_are_metres_and_clocks_that_go_back_in_autumn_still_rise() throws IOException {
        Files.writeString(
                folder.resolve("x.csv"),
                "datetime_local,tz,stage_ft\n2014-11-02 01:00:00,EDT,10\n2014-11-02 01:00:00,EST,10\n");
        Files.writeString(folder.resolve("manifest.csv"), "file,kind\nx.csv,water_level\n");
        WaterRecordings.Series series = read().series().getFirst();
        assertThat(series.rows()[0][0]).isEqualTo(3.048);
        assertThat(series.timesNs()[1]).isEqualTo(3_600_000_000_000L);
    }
}
