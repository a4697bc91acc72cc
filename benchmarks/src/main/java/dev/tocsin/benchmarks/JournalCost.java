package dev.tocsin.benchmarks;

import dev.tocsin.sdk.disk.DiskStorage;
import dev.tocsin.sdk.journal.Item;
import dev.tocsin.sdk.journal.Journal;
import dev.tocsin.sdk.journal.Limits;
import dev.tocsin.sdk.journal.Priority;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.system.EventLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Keeping alarms in a device's journal on real files: until one is synced in both copies, and sixteen that share their syncs.
 * {@code memory} is a file system in memory: what is left without the disk.
 */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.Throughput, Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class JournalCost {

    /** Alarms that come at once. */
    static final int GROUP = 16;

    /** A file with this many begins anew. */
    private static final long MOST_APPENDS = 10_000;

    private static final String PLAIN = "plain";
    private static final Bytes BODY = Bytes.wrap(new byte[240]);

    /** Where the files are. */
    @Param({"disk", "memory"})
    public String medium = "disk";

    private final EventLoop loop = new EventLoop("loop");
    private final EventLoop disk = new EventLoop("disk");
    private Path folder = Path.of("");
    private Optional<Journal> journal = Optional.empty();
    private Optional<DiskStorage> plain = Optional.empty();
    private long appends;

    /** Opens the journal. */
    @Setup
    public void open() throws IOException {
        Path parent = medium.equals("memory") ? Path.of("/dev/shm") : Files.createDirectories(Path.of("target"));
        folder = Files.createTempDirectory(parent, "journal-");
        DiskStorage storage = new DiskStorage(folder, disk, loop);
        CompletableFuture<Void> booted = new CompletableFuture<>();
        loop.execute(() -> {
            Journal opened = Journal.open(storage, loop, Limits.DEFAULT.withBallast(0), new Alarmed());
            journal = Optional.of(opened);
            long unused = opened.boot(() -> booted.complete(null));
        });
        booted.join();
        plain = Optional.of(storage);
    }

    /** One alarm, until it would survive a power cut. */
    @Benchmark
    public void one() throws InterruptedException {
        keep(1);
    }

    /** Sixteen at once; the time is for each. */
    @Benchmark
    @OperationsPerInvocation(GROUP)
    public void group() throws InterruptedException {
        keep(GROUP);
    }

    /** What a record costs before its sync: the same bytes behind one another in a file of the same folder, by the disk's thread. */
    @Benchmark
    public void unsynced() throws InterruptedException {
        CountDownLatch written = new CountDownLatch(1);
        if (++appends % MOST_APPENDS == 0) {
            plain.orElseThrow().delete(PLAIN);
        }
        plain.orElseThrow().append(PLAIN, BODY.readOnlyArray());
        disk.execute(written::countDown);
        written.await();
    }

    private void keep(int items) throws InterruptedException {
        CountDownLatch kept = new CountDownLatch(items);
        loop.execute(() -> {
            Journal to = journal.orElseThrow();
            for (int i = 0; i < items; i++) {
                Optional<Item> unused = to.put(Priority.ROUTINE, BODY, kept::countDown);
            }
        });
        kept.await();
        loop.execute(() -> List.copyOf(journal.orElseThrow().items()).forEach(journal.orElseThrow()::remove));
    }

    /** Removes the files. */
    @TearDown
    public void close() throws IOException {
        loop.execute(() -> journal.orElseThrow().close());
        loop.shutdown();
        loop.awaitEnd(java.time.Duration.ofSeconds(5));
        disk.shutdown();
        disk.awaitEnd(java.time.Duration.ofSeconds(5));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static final class Alarmed implements Journal.Listener {
        @Override
        public void trouble(Optional<String> why) {
            why.ifPresent(text -> {
                throw new IllegalStateException(text);
            });
        }

        @Override
        public void evicted(Item item) {
            throw new IllegalStateException("there is room");
        }
    }
}
