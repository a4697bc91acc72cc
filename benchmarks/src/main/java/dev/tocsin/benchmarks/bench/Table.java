package dev.tocsin.benchmarks.bench;

import dev.tocsin.benchmarks.load.Latencies;
import dev.tocsin.benchmarks.lossy.LossyRun;
import dev.tocsin.benchmarks.path.Paths;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** A result for a person at a terminal. */
final class Table {

    private static final double US = 1e3;
    private static final double P50 = 50;
    private static final double P99 = 99;

    private Table() {}

    static void print(Result result, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%nA signed alarm to its verified receipt; microseconds from the instant it was due, %.0f a second,%n"
                        + "paths in turns; x = times the floor that is synced alike.%n%n",
                result.plan().perSecond());
        out.printf(
                Locale.ROOT,
                "%-22s%9s%10s%10s%10s%9s%9s%10s%n",
                "path",
                "alarms",
                "p50",
                "p99",
                "p99.9",
                "p50 x",
                "p99 x",
                "most/s");
        for (Result.Measured path : result.paths()) {
            out.println(line(path, floorOf(path, result)));
        }
        result.absent().forEach((name, why) -> out.println(String.format("%-22s    absent: %s", name, why)));
        result.path(Paths.OURS).ifPresent(ours -> stages("of " + Paths.OURS, ours, out));
        result.path(Paths.PRESS).ifPresent(press -> stages("of " + Paths.PRESS, press, out));
        cold(result, out);
        lossy(result, out);
        if (result.cutShort()) {
            out.println("\nstopped before the plan was done: nothing is written");
        }
        result.paths().stream()
                .filter(p -> p.latencies().failed() > 0)
                .forEach(p -> out.println(
                        "\n" + p.name() + ": " + p.latencies().failed() + " alarms did not come back, the last: "
                                + p.latencies().why()));
        out.flush();
    }

    /** What is synced is measured by what is synced. */
    static Optional<Latencies> floorOf(Result.Measured path, Result result) {
        return result.path(path.synced() ? Paths.FLOOR : Paths.FLOOR_UNSYNCED).map(Result.Measured::latencies);
    }

    private static String line(Result.Measured path, Optional<Latencies> floor) {
        Latencies l = path.latencies();
        return String.format(
                Locale.ROOT,
                "%-22s%9d%10.0f%10.0f%10.0f%9s%9s%10s",
                path.name(),
                l.count(),
                l.p50Us(),
                l.p99Us(),
                l.p999Us(),
                floor.map(f -> ratio(l.p50Us(), f.p50Us())).orElse("-"),
                floor.map(f -> ratio(l.p99Us(), f.p99Us())).orElse("-"),
                path.perSecond().isPresent()
                        ? String.format(Locale.ROOT, "%.0f", path.perSecond().getAsDouble())
                        : "-");
    }

    static String ratio(double us, double floorUs) {
        return floorUs > 0 ? String.format(Locale.ROOT, "%.2f", us / floorUs) : "-";
    }

    private static void cold(Result result, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%n%-42s%10s%10s%10s%n",
                "first alarm, no connection yet, milliseconds",
                "devices",
                "p50",
                "slowest");
        for (Result.Measured path : result.paths()) {
            Latencies l = path.cold();
            if (l.count() > 0) {
                out.printf(
                        Locale.ROOT,
                        "  %-42s%10d%10.1f%10.1f%n",
                        path.name(),
                        l.count(),
                        l.p50Us() / US,
                        l.maxUs() / US);
            }
        }
    }

    private static void lossy(Result result, PrintWriter out) {
        if (result.lossy().isEmpty()) {
            return;
        }
        out.printf(
                Locale.ROOT,
                "%n%-22s%10s%9s%10s%10s%10s  80 ms round trip, milliseconds%n",
                "lost each way",
                "",
                "alarms",
                "p50",
                "p99",
                "slowest");
        for (LossyRun.Lossy path : result.lossy()) {
            Latencies l = path.latencies();
            out.printf(
                    Locale.ROOT,
                    "  %-20s%8s %%%9d%10.0f%10.0f%10.0f%s%n",
                    path.path(),
                    path.lossPercent(),
                    l.count(),
                    l.p50Us() / US,
                    l.p99Us() / US,
                    l.maxUs() / US,
                    l.failed() > 0 ? "  never back: " + l.failed() : "");
        }
    }

    private static void stages(String of, Result.Measured path, PrintWriter out) {
        out.printf(Locale.ROOT, "%n%-42s%10s%10s%n", "stages " + of + ", microseconds", "p50", "p99");
        for (Map.Entry<String, Histogram> stage : path.stages().entrySet()) {
            Histogram h = stage.getValue();
            out.printf(
                    Locale.ROOT,
                    "  %-40s%10.0f%10.0f%n",
                    stage.getKey(),
                    h.getValueAtPercentile(P50) / US,
                    h.getValueAtPercentile(P99) / US);
        }
    }
}
