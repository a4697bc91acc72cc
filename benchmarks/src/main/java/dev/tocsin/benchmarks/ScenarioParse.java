package dev.tocsin.benchmarks;

import dev.tocsin.simulator.scenario.Reading;
import dev.tocsin.simulator.scenario.ScenarioFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading a scenario of usual length, strictly. */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.Throughput, Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ScenarioParse {

    private String yaml = "";

    /** Takes the county drill from the jar. */
    @Setup
    public void load() throws IOException {
        try (InputStream in = ScenarioFile.class.getResourceAsStream("/scenarios/county-drill.yaml")) {
            if (in == null) {
                throw new IOException("the county drill is not in the jar");
            }
            yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Reads it. */
    @Benchmark
    public Reading parse() {
        Reading reading = ScenarioFile.parse("county-drill.yaml", yaml);
        if (!(reading instanceof Reading.Read)) {
            throw new IllegalStateException("refused: " + reading);
        }
        return reading;
    }
}
