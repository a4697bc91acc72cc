package dev.tocsin.benchmarks.bench;

import dev.tocsin.benchmarks.AlarmPathTime;
import dev.tocsin.benchmarks.bench.Sheet.Column;
import dev.tocsin.benchmarks.bench.Sheet.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tocsin bench parts}. */
@Command(
        name = "parts",
        description = {
            "What each step of an alarm costs on its own (JMH): debouncing, detectors, envelopes, signatures, journal,",
            "session, scenarios, virtual world. In processes of their own, with the bytes that each allocates. A quarter of",
            "an hour. JMH's own options: java -jar benchmarks/target/benchmarks.jar -h, after ./mvnw package.",
            ""
        })
final class PartsCommand extends SheetCommand {

    private static final int FORKS = 2;
    private static final int ITERATIONS = 3;
    private static final TimeValue WARM_UP = TimeValue.milliseconds(700);
    private static final TimeValue ITERATION = TimeValue.seconds(1);
    private static final TimeValue SHORT = TimeValue.milliseconds(200);
    private static final String BYTES = "gc.alloc.rate.norm";
    private static final double P50 = 50;
    private static final double P99 = 99;
    private static final double P999 = 99.9;
    private static final double NS_IN_S = 1e9;

    private static final List<Column> COLUMNS = List.of(
            new Column("per_second", "a second", 0),
            new Column("mean_ns", "mean ns", 0),
            new Column("p50_ns", "p50 ns", 0),
            new Column("p99_ns", "p99 ns", 0),
            new Column("p999_ns", "p99.9 ns", 0),
            new Column("bytes", "bytes", 0));

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "only benchmarks of these classes, such as DebounceCost; default: all but the whole path")
    private List<String> only = new ArrayList<>();

    @Override
    Sheet measure(boolean less, Folders folders, Progress progress, BooleanSupplier interrupted) throws IOException {
        List<String> classes = only.isEmpty() ? all() : only;
        List<Row> rows = new ArrayList<>();
        for (String name : classes) {
            if (interrupted.getAsBoolean()) {
                break;
            }
            progress.phase(name);
            rows.addAll(rows(name, less));
        }
        return new Sheet(
                "parts",
                "The parts",
                "Each step on its own by JMH, in " + FORKS
                        + " processes of its own (--quick: one, and shorter): a second and"
                        + " mean by average time, the percentiles by sampled calls, each with some 20 ns of the clock itself in it."
                        + " Bytes are what a call allocates.",
                COLUMNS,
                rows,
                List.of(),
                true,
                interrupted.getAsBoolean());
    }

    /** How a whole alarm fares is the other commands' to say. */
    private static List<String> all() {
        return BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT), List.of())
                .stream()
                .map(entry -> entry.getUserClassQName())
                .filter(name -> !name.equals(AlarmPathTime.class.getName()))
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .distinct()
                .sorted()
                .toList();
    }

    private static List<Row> rows(String name, boolean less) throws IOException {
        Collection<RunResult> results;
        try {
            results = new Runner(new OptionsBuilder()
                            .include("\\." + name + "\\.")
                            .mode(Mode.AverageTime)
                            .mode(Mode.SampleTime)
                            .timeUnit(TimeUnit.NANOSECONDS)
                            .forks(less ? 1 : FORKS)
                            .warmupIterations(less ? 1 : ITERATIONS)
                            .warmupTime(less ? SHORT : WARM_UP)
                            .measurementIterations(less ? 1 : ITERATIONS)
                            .measurementTime(less ? SHORT : ITERATION)
                            .addProfiler(GCProfiler.class)
                            .jvmArgsAppend("--enable-native-access=ALL-UNNAMED")
                            .shouldFailOnError(true)
                            .verbosity(VerboseMode.SILENT)
                            .build())
                    .run();
        } catch (RunnerException e) {
            throw new IOException("the benchmarks of " + name + ": " + e.getMessage(), e);
        }
        Map<String, Map<String, Double>> byLabel = new TreeMap<>();
        for (RunResult result : results) {
            Map<String, Double> values = byLabel.computeIfAbsent(label(result.getParams()), l -> new LinkedHashMap<>());
            Result<?> primary = result.getPrimaryResult();
            if (result.getParams().getMode() == Mode.AverageTime) {
                values.put("mean_ns", primary.getScore());
                values.put("per_second", NS_IN_S / primary.getScore());
                Result<?> bytes = result.getSecondaryResults().get(BYTES);
                if (bytes != null) {
                    values.put("bytes", bytes.getScore());
                }
            } else {
                Statistics samples = primary.getStatistics();
                values.put("p50_ns", samples.getPercentile(P50));
                values.put("p99_ns", samples.getPercentile(P99));
                values.put("p999_ns", samples.getPercentile(P999));
            }
        }
        return byLabel.entrySet().stream()
                .map(entry -> new Row(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Such as {@code SignatureSpeed.sign ED25519}. */
    private static String label(BenchmarkParams params) {
        String[] words = params.getBenchmark().split("\\.", -1);
        String settings = params.getParamsKeys().stream().map(params::getParam).collect(Collectors.joining(" "));
        return (words[words.length - 2] + "." + words[words.length - 1] + " " + settings).strip();
    }
}
