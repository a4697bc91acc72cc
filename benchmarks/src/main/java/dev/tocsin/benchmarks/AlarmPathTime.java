package dev.tocsin.benchmarks;

import dev.tocsin.benchmarks.path.Carrier;
import dev.tocsin.benchmarks.path.Cast;
import dev.tocsin.benchmarks.path.Paths;
import dev.tocsin.benchmarks.path.Sender;
import dev.tocsin.benchmarks.path.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A whole alarm, from being raised to its verified receipt, one after the other: for allocation ({@code -prof gc}) and
 * profilers. How long alarms take that come when they come is {@code tocsin bench}'s to say.
 */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.Throughput, Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class AlarmPathTime {

    /** Which path; {@code ./tocsin bench --list} names them. */
    @Param({"floor", "tocsin-dtls", "tocsin-plain", "mqtt-tls", "https", "leshan-lwm2m"})
    public String path = Paths.FLOOR;

    private Path folder = Path.of("");
    private Optional<Carrier> carrier = Optional.empty();
    private Optional<Sender> device = Optional.empty();

    /** Starts receiver and device. */
    @Setup
    public void open() throws IOException {
        folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "path-");
        Carrier opened = Paths.all().stream()
                .filter(candidate -> candidate.name().equals(path))
                .findFirst()
                .orElseThrow()
                .opening()
                .open(Site.loopback(folder), Cast.of("127.0.0.1", 1));
        carrier = Optional.of(opened);
        device = Optional.of(opened.connect(0));
    }

    /** One alarm. */
    @Benchmark
    public long alarm() {
        return device.orElseThrow().raise().join();
    }

    /** Stops them. */
    @TearDown
    public void close() throws IOException {
        device.orElseThrow().close();
        carrier.orElseThrow().close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
