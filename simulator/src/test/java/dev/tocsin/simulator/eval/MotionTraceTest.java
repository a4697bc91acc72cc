package dev.tocsin.simulator.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a recording may look like. */
class MotionTraceTest {

    private static final String HEADER = "t_s,ax,ay,az,gx,gy,gz\n";

    @TempDir
    private Path folder = Path.of("");

    private MotionTrace.Reading read(String text) throws IOException {
        return MotionTrace.read(Files.writeString(folder.resolve("trace.csv"), text), 0.5, Optional.empty());
    }

    private String why(String text) throws IOException {
        return read(text) instanceof MotionTrace.Reading.Malformed(String why) ? why : "nothing is wrong";
    }

    private MotionTrace trace(String text) throws IOException {
        return read(text) instanceof MotionTrace.Reading.Read(MotionTrace trace)
                ? trace
                : new MotionTrace(java.util.List.of(), -1);
    }

    @Test
    void accelerations_come_in_g_and_a_gyroscope_may_be_missing() throws IOException {
        MotionTrace trace = trace(HEADER + "0,2,4,4,,,\n0.02,0,0,2,0.1,0.2,0.3\n0.02,0,0,2,,,\n");
        assertThat(trace.samples()).hasSize(3);
        assertThat(trace.samples().getFirst()).isEqualTo(new MotionTrace.Sample(0, 1, 2, 2, false));
        assertThat(trace.samples().getFirst().sizeG()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.02,NaN,0,1,,,   | trace.csv:3: ax is NaN; it must be a number",
                "0.02,0,,1,,,      | trace.csv:3: ay is empty; it must be a number",
                "0.02,0,0,Infinity,,, | trace.csv:3: az is Infinity",
                "nan,0,0,1,,,      | trace.csv:3: t_s is nan",
                "0.02,0,0,1,x,,    | trace.csv:3: gx is x",
                "0.02,0,0,1,NaN,,  | trace.csv:3: gx is NaN",
                "0.02,0,0          | trace.csv:3: 7 fields wanted, found 3",
                "-0.02,0,0,1,,,    | trace.csv:3: t_s goes back from 0.0 to -0.02",
                "1e300,0,0,1,,,    | trace.csv:3: t_s is 1.0E300",
            })
    void a_bad_row_is_told_with_its_line(String row, String expected) throws IOException {
        assertThat(why(HEADER + "0,0,0,1,,,\n" + row + "\n")).contains(expected);
    }

    @Test
    void a_column_that_is_missing_is_told() throws IOException {
        assertThat(why("t_s,ax,az\n0,0,1\n")).contains("trace.csv:1: no column ay");
        assertThat(why("")).contains("trace.csv:1: no column t_s,ax,ay,az");
        assertThat(why(HEADER)).contains("trace.csv:1: no samples");
    }

    @Test
    void a_block_that_comes_late_into_its_gap_is_put_there() throws IOException {
        MotionTrace trace =
                trace(HEADER + "0,0,0,1,,,\n0.5,0,0,5,,,\n0.6,0,0,6,,,\n0.1,0,0,2,,,\n0.2,0,0,3,,,\n0.7,0,0,7,,,\n");
        assertThat(trace.lateBlocks()).isEqualTo(1);
        assertThat(trace.samples()).extracting(MotionTrace.Sample::timeS).containsExactly(0.0, 0.1, 0.2, 0.5, 0.6, 0.7);
    }

    @Test
    void time_that_goes_back_otherwise_is_refused() throws IOException {
        // swapped rows: no gap was left for it
        assertThat(why(HEADER + "0,0,0,1,,,\n0.04,0,0,1,,,\n0.02,0,0,1,,,\n")).contains("trace.csv:4: t_s goes back");
        // a block that runs over its gap
        assertThat(why(HEADER + "0,0,0,1,,,\n0.5,0,0,1,,,\n0.6,0,0,1,,,\n0.1,0,0,1,,,\n0.55,0,0,1,,,\n"))
                .contains("trace.csv:6: t_s goes back from 0.6 to 0.55");
        // a block that goes back itself
        assertThat(why(HEADER + "0,0,0,1,,,\n0.5,0,0,1,,,\n0.2,0,0,1,,,\n0.1,0,0,1,,,\n"))
                .contains("trace.csv:5: t_s goes back");
        // a clock that was set back
        assertThat(why(HEADER + "5,0,0,1,,,\n6,0,0,1,,,\n0,0,0,1,,,\n")).contains("trace.csv:4: t_s goes back");
        // rows that were there already
        assertThat(why(HEADER + "0,0,0,1,,,\n1,0,0,1,,,\n0,0,0,1,,,\n")).contains("trace.csv:4: t_s goes back");
        assertThat(why(HEADER + "0,0,0,1,,,\n1,0,0,1,,,\n1.1,0,0,1,,,\n0.5,0,0,1,,,\n1,0,0,1,,,\n"))
                .contains("trace.csv:6: t_s goes back");
        // too late
        assertThat(why(HEADER + "0,0,0,1,,,\n4,0,0,1,,,\n0.1,0,0,1,,,\n")).contains("trace.csv:4: t_s goes back");
    }

    @ParameterizedTest
    @CsvSource({
        "g, 1",
        "m/s^2, 0.10197162129779283",
        "ADXL345 LSB (x 32/8192 g), 0.00390625",
        "LSB (x 1/256 g), 0.00390625",
    })
    void units_of_acceleration_are_known(String unit, double inG) {
        assertThat(SensorUnit.inG(unit)).contains(inG);
    }

    @ParameterizedTest
    @CsvSource({"furlongs", "G", "rad/s", "LSB", "LSB (x 1/0 g)", "LSB (x 32/8192 deg/s)", "''"})
    void other_units_are_not(String unit) {
        assertThat(SensorUnit.inG(unit)).isEmpty();
    }

    @Test
    void quoted_fields_keep_their_commas() {
        assertThat(CsvLine.fields("a,\"b, \"\"c\"\"\",,d")).containsExactly("a", "b, \"c\"", "", "d");
    }
}
