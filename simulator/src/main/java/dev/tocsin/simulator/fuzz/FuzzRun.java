package dev.tocsin.simulator.fuzz;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A process of Jazzer on one target, for a while.
 *
 * @param java the command to start a JVM with our class path
 * @param target whom it feeds
 * @param corpus what it found worth keeping, and begins with the next time
 * @param findings where an input goes that broke something
 * @param seed what its chance begins with; 0: another one each time
 */
public record FuzzRun(List<String> java, FuzzTarget target, Path corpus, Path findings, int seed) {

    private static final Pattern STATUS =
            Pattern.compile("#(\\d+)\\s+\\w+.* ft: (\\d+) corp: (\\d+)/\\S+.* exec/s: (\\d+) rss: (\\d+)Mb.*");
    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in .*");
    private static final Pattern ARTIFACT = Pattern.compile(".*Test unit written to (.+)");

    /** Begins what Jazzer says of a finding; the trace follows it. */
    private static final String EXCEPTION = "== Java Exception";

    private static final int MOST_LINES = 40;

    /** Jazzer's own limit on an input that never returns, by the clock; {@link Fuzzed} tells the slow ones that do. */
    private static final int HANG_S = 20;

    /** How libFuzzer names an input that reached {@link #HANG_S}. */
    private static final String HANG = "timeout-";

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final int MOST_RSS_MB = 2_048;
    private static final int LONGEST_INPUT = 65_536;

    public FuzzRun {
        java = List.copyOf(java);
    }

    /**
     * How it stands.
     *
     * @param inputs fed so far
     * @param features what they reached, as libFuzzer counts it
     * @param kept inputs worth keeping
     * @param perSecond inputs a second
     * @param memoryMb of the process
     */
    public record Status(long inputs, long features, long kept, long perSecond, long memoryMb) {
        static final Status NONE = new Status(0, 0, 0, 0, 0);

        private Status after(long before) {
            return new Status(before + inputs, features, kept, perSecond, memoryMb);
        }
    }

    /**
     * What came of it.
     *
     * @param finding the input that broke something
     * @param said where there is a finding: what the fuzzer says from the exception on, or else its last lines
     */
    public record Result(Status last, Optional<Path> finding, List<String> said) {
        public Result {
            said = List.copyOf(said);
        }
    }

    /**
     * Feeds. Blocks. An input that did not return in time is fed once more, alone, before it counts: on a machine that stood
     * still, any input would have been late.
     *
     * @param time for so long
     * @param began is told of each process, which may be destroyed from any thread
     * @param status is told how it stands, whenever it says so
     * @throws IOException if there is no process to be had, or it ended without having fed anything
     */
    public Result play(Duration time, Consumer<Process> began, Consumer<Status> status) throws IOException {
        Files.createDirectories(corpus);
        Files.createDirectories(findings);
        List<byte[]> seeds = target.seeds().get();
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(corpus.resolve("seed-%02d".formatted(i)), seeds.get(i));
        }
        long endNs = System.nanoTime() + time.toNanos();
        Result result = feed(time, began, status);
        while (onlyLate(result, began)) {
            Files.delete(result.finding().orElseThrow());
            Duration left = Duration.ofNanos(endNs - System.nanoTime());
            if (left.compareTo(LEAST) < 0) {
                return new Result(result.last, Optional.empty(), List.of());
            }
            long before = result.last.inputs;
            Result next = feed(left, began, s -> status.accept(s.after(before)));
            result = new Result(next.last.after(before), next.finding, next.said);
        }
        return result;
    }

    private boolean onlyLate(Result result, Consumer<Process> began) throws IOException {
        Optional<Path> late =
                result.finding.filter(file -> file.getFileName().toString().startsWith(target.name() + "-" + HANG));
        if (late.isEmpty()) {
            return false;
        }
        Process process = started(late.get(), LEAST);
        began.accept(process);
        try {
            process.getInputStream().transferTo(OutputStream.nullOutputStream());
            return process.waitFor() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            process.destroy();
        }
    }

    private Result feed(Duration time, Consumer<Process> began, Consumer<Status> status) throws IOException {
        Process process = started(corpus, time);
        began.accept(process);
        Status last = Status.NONE;
        @Nullable Path finding = null;
        Deque<String> said = new ArrayDeque<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                keep(line, said);
                Matcher m = STATUS.matcher(line);
                Matcher done = DONE.matcher(line);
                Matcher artifact = ARTIFACT.matcher(line);
                if (m.matches()) {
                    last = new Status(number(m, 1), number(m, 2), number(m, 3), number(m, 4), number(m, 5));
                    status.accept(last);
                } else if (done.matches()) {
                    last = new Status(number(done, 1), last.features, last.kept, last.perSecond, last.memoryMb);
                } else if (artifact.matches()) {
                    finding = Path.of(artifact.group(1).strip());
                }
            }
        } finally {
            process.destroy();
        }
        if (finding == null && last.inputs == 0) {
            throw new IOException("the fuzzer fed nothing: " + String.join(System.lineSeparator(), said));
        }
        return new Result(last, Optional.ofNullable(finding), finding == null ? List.of() : new ArrayList<>(said));
    }

    private Process started(Path inputs, Duration time) throws IOException {
        return new ProcessBuilder(command(inputs, time))
                .redirectErrorStream(true)
                .start();
    }

    private static void keep(String line, Deque<String> said) {
        if (line.contains(EXCEPTION)) {
            said.clear();
        } else if (said.size() == MOST_LINES) {
            if (said.getFirst().contains(EXCEPTION)) {
                return;
            }
            said.removeFirst();
        }
        said.addLast(line);
    }

    private static long number(Matcher m, int group) {
        return Long.parseLong(m.group(group));
    }

    private List<String> command(Path inputs, Duration time) {
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of(
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + Fuzzed.class.getName(),
                "--target_args=" + target.name(),
                "--instrumentation_includes=dev.tocsin.**",
                "--reproducer_path=" + findings,
                "--disabled_hooks=.*", // its bug detectors look for what no reader of ours does; exceptions are enough
                "-seed=" + seed,
                "-max_total_time=" + Math.max(1, time.toSeconds()),
                "-timeout=" + HANG_S,
                "-rss_limit_mb=" + MOST_RSS_MB,
                "-max_len=" + LONGEST_INPUT,
                "-artifact_prefix=" + findings.resolve(target.name()) + "-",
                "-print_final_stats=1",
                inputs.toString()));
        return command;
    }
}
