package dev.tocsin.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Each works, once and in this process; how fast is asserted nowhere. */
class EveryBenchmarkTest {

    @ParameterizedTest
    @CsvSource({
        "DetectorCost, 7",
        "DebounceCost, 1",
        "EnvelopeCost, 15",
        "SignatureSpeed, 6",
        "JournalCost, 6",
        "SessionCost, 1",
        "WorldEvents, 2",
        "ScenarioParse, 1",
        "AlarmPathTime, 2",
    })
    void it_works(String benchmark, int measurements) throws RunnerException {
        Options once = new OptionsBuilder()
                .include("\\." + benchmark + "\\.")
                .mode(Mode.SingleShotTime)
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .timeout(TimeValue.seconds(30))
                .param("path", "floor", "tocsin-dtls") // AlarmPathTime's; the others are tried elsewhere, path by path
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        Collection<RunResult> results = new Runner(once).run();
        assertThat(results).hasSize(measurements);
    }

    /** A benchmark that nobody tries would rot. */
    @Test
    void there_is_no_benchmark_that_is_not_tried() {
        assertThat(BenchmarkList.defaultList()
                        .getAll(
                                OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT),
                                java.util.List.of())
                        .stream()
                        .map(entry -> entry.getUserClassQName().replaceAll(".*\\.", ""))
                        .distinct())
                .containsExactlyInAnyOrder(
                        "DetectorCost",
                        "DebounceCost",
                        "EnvelopeCost",
                        "SignatureSpeed",
                        "JournalCost",
                        "SessionCost",
                        "WorldEvents",
                        "ScenarioParse",
                        "AlarmPathTime");
    }
}
