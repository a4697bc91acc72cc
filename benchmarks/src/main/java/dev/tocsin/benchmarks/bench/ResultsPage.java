package dev.tocsin.benchmarks.bench;

import dev.tocsin.benchmarks.load.Latencies;
import dev.tocsin.benchmarks.lossy.LossyRun;
import dev.tocsin.benchmarks.path.Paths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A result as {@code RESULTS.md} with its plots beside it. What other commands wrote there stays: see {@link Sections}. */
final class ResultsPage {

    private static final double MS = 1e3;

    private final Result result;
    private final StringBuilder page = new StringBuilder();

    private ResultsPage(Result result) {
        this.result = result;
    }

    /**
     * Writes {@code RESULTS.md} and {@code plots/*.svg} into a folder.
     *
     * @throws IOException if they cannot be written
     */
    static void write(Result result, Path folder) throws IOException {
        Path plots = Files.createDirectories(folder.resolve("plots"));
        Sections.putRest(folder.resolve("RESULTS.md"), new ResultsPage(result).text());
        Files.writeString(plots.resolve("warm.svg"), warmPlot(result).svg());
        if (!result.lossy().isEmpty()) {
            Files.writeString(plots.resolve("loss.svg"), lossPlot(result).svg());
        }
    }

    String text() {
        Machine m = result.machine();
        line("# Results");
        line("");
        line(
                "Generated; do not edit. One run: what it says of paths beside one another holds, what it says in microseconds"
                        + " is this machine's.");
        line("");
        line("| | |");
        line("|---|---|");
        fact("command", "`" + result.command() + "`");
        fact("commit", m.commit().isEmpty() ? "not in a checkout" : m.commit());
        fact("machine", m.processor() + ", " + m.memory());
        fact("system", m.system());
        fact("JDK", m.jdk());
        fact("synced files on", m.disk() + (m.memoryDisk().isEmpty() ? "" : "; the others on " + m.memoryDisk()));
        fact("other load at the start", String.format(Locale.ROOT, "%.2f cores", m.load()));
        fact(
                "measured",
                String.format(
                        Locale.ROOT,
                        "%d rounds, each path %d s in each, %.0f alarms a second, in one process",
                        result.plan().rounds(),
                        result.plan().turn().toSeconds(),
                        result.plan().perSecond()));
        goals();
        warm();
        stages();
        cold();
        lossy();
        paths();
        return page.toString();
    }

    private void goals() {
        line("");
        line("| asked of `" + Paths.OURS + "` | measured | |");
        line("|---|---|---|");
        Goals.of(result)
                .forEach(goal -> line("| " + goal.asked() + " | " + goal.measured() + " | "
                        + (goal.reached() ? "reached" : "**not reached**") + " |"));
    }

    private void warm() {
        line("");
        line("## Warm");
        line("");
        line(
                "A signed alarm to its verified receipt, microseconds from the instant at which it was due; × is times the floor"
                        + " that is synced alike. `tocsin-press` begins at the contact, and debouncing takes 3 ms of it.");
        line("");
        line("![p50, p99 and p99.9 of each path](plots/warm.svg)");
        line("");
        line("| path | alarms | p50 | p99 | p99.9 | p50 × | p99 × | most a second |");
        line("|---|---:|---:|---:|---:|---:|---:|---:|");
        for (Result.Measured path : result.paths()) {
            Latencies l = path.latencies();
            Optional<Latencies> floor = Table.floorOf(path, result);
            line(String.format(
                    Locale.ROOT,
                    "| `%s` | %d | %.0f | %.0f | %s | %s | %s | %s |",
                    path.name(),
                    l.count(),
                    l.p50Us(),
                    l.p99Us(),
                    l.count() >= 1_000 ? String.format(Locale.ROOT, "%.0f", l.p999Us()) : "too few",
                    floor.map(f -> Table.ratio(l.p50Us(), f.p50Us())).orElse(""),
                    floor.map(f -> Table.ratio(l.p99Us(), f.p99Us())).orElse(""),
                    path.perSecond().isPresent()
                            ? String.format(
                                    Locale.ROOT, "%.0f", path.perSecond().getAsDouble())
                            : ""));
        }
        result.absent().forEach((name, why) -> line("| `" + name + "` | absent: " + why + " | | | | | | |"));
    }

    private void stages() {
        for (String name : List.of(Paths.OURS, Paths.PRESS)) {
            result.path(name).ifPresent(path -> {
                line("");
                line("Stages of `" + name + "`, microseconds:");
                line("");
                line("| stage | p50 | p99 |");
                line("|---|---:|---:|");
                path.stages()
                        .forEach((stage, h) -> line(String.format(
                                Locale.ROOT,
                                "| %s | %.0f | %.0f |",
                                stage,
                                h.getValueAtPercentile(50) / MS,
                                h.getValueAtPercentile(99) / MS)));
            });
        }
    }

    private void cold() {
        line("");
        line("## Cold");
        line("");
        line("A device without a connection: from making it to its first alarm's receipt, handshake, registration or"
                + " subscription included, milliseconds. The code is warm.");
        line("");
        line("| path | devices | p50 | slowest |");
        line("|---|---:|---:|---:|");
        result.paths().stream()
                .filter(path -> path.cold().count() > 0)
                .forEach(path -> line(String.format(
                        Locale.ROOT,
                        "| `%s` | %d | %.1f | %.1f |",
                        path.name(),
                        path.cold().count(),
                        path.cold().p50Us() / MS,
                        path.cold().maxUs() / MS)));
    }

    private void lossy() {
        if (result.lossy().isEmpty()) {
            return;
        }
        line("");
        line("## Over a bad network");
        line("");
        line("80 ms round trip, packets lost each way below TCP and DTLS alike (a TUN device in a network namespace);"
                + " 32 devices of each path, sessions open, an alarm each every 2 s; milliseconds.");
        line("");
        line("![p50, p99 and slowest of each path under loss](plots/loss.svg)");
        line("");
        line("| path | lost each way | alarms | never back | p50 | p99 | slowest |");
        line("|---|---:|---:|---:|---:|---:|---:|");
        for (LossyRun.Lossy lossy : result.lossy()) {
            Latencies l = lossy.latencies();
            line(String.format(
                    Locale.ROOT,
                    "| `%s` | %s %% | %d | %d | %.0f | %.0f | %.0f |",
                    lossy.path(),
                    lossy.lossPercent(),
                    l.count(),
                    l.failed(),
                    l.p50Us() / MS,
                    l.p99Us() / MS,
                    l.maxUs() / MS));
        }
    }

    private void paths() {
        line("");
        line("## The paths");
        line("");
        line(
                "All carry the same signed alarm of about 200 bytes and the same signed receipt (Ed25519, COSE), verified at the"
                        + " other end, with a synced commit before the receipt. Ours does more beside it: the device's own journal,"
                        + " the ledger's hash chain and its rules.");
        line("");
        result.paths().forEach(path -> line("- `" + path.name() + "`: " + path.description()));
    }

    private static Plot warmPlot(Result result) {
        Plot plot = new Plot("alarm to verified receipt, microseconds", List.of("p50", "p99", "p99.9"));
        result.paths().forEach(path -> {
            Latencies l = path.latencies();
            plot.row(path.name(), List.of(l.p50Us(), l.p99Us(), l.p999Us()));
        });
        return plot;
    }

    private static Plot lossPlot(Result result) {
        Plot plot = new Plot("alarm to verified receipt under loss, milliseconds", List.of("p50", "p99", "slowest"));
        result.lossy().forEach(lossy -> {
            Latencies l = lossy.latencies();
            plot.row(
                    lossy.path() + " " + lossy.lossPercent() + " %",
                    List.of(l.p50Us() / MS, l.p99Us() / MS, l.maxUs() / MS));
        });
        return plot;
    }

    private void fact(String what, String value) {
        line("| " + what + " | " + value + " |");
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
