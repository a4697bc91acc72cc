package dev.tocsin.benchmarks.bench;

import dev.tocsin.benchmarks.load.Latencies;
import dev.tocsin.benchmarks.path.Paths;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Two commits beside each other in one run: this checkout as it is built, and another, each in a process, in turns. The other
 * is built in a work tree of git's, with the benchmarks of this one, so that both are measured alike.
 */
final class Against {

    /** Slower by more than this is a regression, if chance does not explain it. */
    static final double TOLERATED = 1.05;

    private static final long SEED = 42;
    private static final int RESAMPLES = 2_000;
    private static final double LOW = 0.025;
    private static final double HIGH = 0.975;

    private final Checkout checkout;
    private final Progress progress;
    private final BooleanSupplier interrupted;

    Against(Checkout checkout, Progress progress, BooleanSupplier interrupted) {
        this.checkout = checkout;
        this.progress = progress;
        this.interrupted = interrupted;
    }

    /**
     * How many times slower our path is than at the other commit, by the rounds' medians.
     *
     * @param ratio the middle of all
     * @param low 95 % of resampled runs are above it
     * @param high and below this
     */
    record Comparison(double ratio, double low, double high) {

        /** By each round's p50 of ours and theirs. */
        static Comparison of(List<Double> ours, List<Double> theirs) {
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < ours.size(); i++) {
                ratios.add(ours.get(i) / theirs.get(i));
            }
            Random random = new Random(SEED);
            List<Double> medians = new ArrayList<>();
            for (int i = 0; i < RESAMPLES; i++) {
                medians.add(median(random.ints(ratios.size(), 0, ratios.size())
                        .mapToObj(ratios::get)
                        .toList()));
            }
            medians.sort(null);
            return new Comparison(
                    median(ratios), medians.get((int) (RESAMPLES * LOW)), medians.get((int) (RESAMPLES * HIGH)));
        }

        private static double median(List<Double> values) {
            List<Double> sorted = values.stream().sorted().toList();
            int middle = sorted.size() / 2;
            return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        }

        /** Whether it is slower than is tolerated, and chance does not explain it. */
        boolean isSlower() {
            return low > TOLERATED;
        }
    }

    /**
     * Measures and prints.
     *
     * @param revision what git understands as a commit
     * @return whether this checkout is no slower
     */
    boolean run(String revision, Path ownJar, Plan plan, Path folder, PrintWriter out) throws IOException {
        String commit = checkout.git("rev-parse", "--verify", "--short=12", revision + "^{commit}");
        Path tree = checkout.home().resolve("target/bench-against").resolve(commit);
        try {
            return measured(commit, ownJar, built(commit, tree), plan, folder, out);
        } finally {
            String unused = checkout.git("worktree", "remove", "--force", tree.toString());
        }
    }

    private boolean measured(String commit, Path ownJar, Path jar, Plan plan, Path folder, PrintWriter out)
            throws IOException {
        Map<String, Latencies> totals = new LinkedHashMap<>();
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        progress.phase("warming both");
        try (WorkerProcess here = WorkerProcess.start(ownJar, folder.resolve("here"), plan.warmUp());
                WorkerProcess there = WorkerProcess.start(jar, folder.resolve("there"), plan.warmUp())) {
            progress.phase(plan.rounds() + " rounds");
            for (int round = 0; round < plan.rounds() && !interrupted.getAsBoolean(); round++) {
                for (String path : Worker.PATHS) {
                    boolean first = round % 2 == 0; // neither always has the other's turn before it
                    Latencies a = turn(first ? here : there, path, plan);
                    Latencies b = turn(first ? there : here, path, plan);
                    Latencies own = first ? a : b;
                    Latencies other = first ? b : a;
                    totals.computeIfAbsent(path + " here", p -> new Latencies()).add(own);
                    totals.computeIfAbsent(path + " " + commit, p -> new Latencies())
                            .add(other);
                    if (path.equals(Paths.OURS)) {
                        ours.add(own.p50Us());
                        theirs.add(other.p50Us());
                    }
                }
                progress.still("round " + (round + 1) + " of " + plan.rounds());
            }
        }
        if (ours.isEmpty()) {
            throw new IOException("stopped before the first round was done");
        }
        return told(totals, Comparison.of(ours, theirs), out);
    }

    private static Latencies turn(WorkerProcess worker, String path, Plan plan) throws IOException {
        return worker.turn(path, plan.alarms(plan.perSecond()), plan.perSecond());
    }

    private static boolean told(Map<String, Latencies> totals, Comparison comparison, PrintWriter out) {
        out.printf(Locale.ROOT, "%n%-34s%9s%10s%10s%10s%n", "microseconds", "alarms", "p50", "p99", "p99.9");
        totals.forEach((name, l) -> out.printf(
                Locale.ROOT, "%-34s%9d%10.0f%10.0f%10.0f%n", name, l.count(), l.p50Us(), l.p99Us(), l.p999Us()));
        out.printf(
                Locale.ROOT,
                "%n%s takes %.3f times as long here (p50 by rounds; 95 %%: %.3f to %.3f): %s%n",
                Paths.OURS,
                comparison.ratio,
                comparison.low,
                comparison.high,
                comparison.isSlower() ? "SLOWER" : comparison.high < 1 ? "faster" : "no slower than chance explains");
        out.flush();
        return !comparison.isSlower();
    }

    /** The other commit's jar. */
    private Path built(String commit, Path tree) throws IOException {
        Path jar = tree.resolve("benchmarks/target/quick/benchmarks.jar");
        if (!Files.exists(tree)) { // a run that was killed leaves it
            String unused = checkout.git("worktree", "add", "--detach", tree.toString(), commit);
        }
        replaceBenchmarks(tree.resolve("benchmarks"));
        progress.phase("building " + commit + ", a minute or two");
        try {
            String unused = Checkout.said(
                    new ProcessBuilder("./mvnw", "-q", "-B", "-Dquick", "-pl", "benchmarks", "-am", "package")
                            .directory(tree.toFile()));
        } catch (IOException e) {
            throw new IOException(
                    commit + " cannot be built with the benchmarks of this checkout:\n" + e.getMessage(), e);
        }
        return jar;
    }

    private void replaceBenchmarks(Path there) throws IOException {
        Path here = checkout.home().resolve("benchmarks");
        Folders.remove(there.resolve("src"));
        try (Stream<Path> files = Files.walk(here.resolve("src/main"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = there.resolve(here.relativize(file).toString());
                Files.createDirectories(copy.resolveSibling("."));
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.copy(here.resolve("pom.xml"), there.resolve("pom.xml"), StandardCopyOption.REPLACE_EXISTING);
    }
}
