package dev.tocsin.benchmarks.bench;

import dev.tocsin.benchmarks.load.Latencies;
import dev.tocsin.benchmarks.lossy.LossyRun;
import dev.tocsin.benchmarks.path.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What the project asks of itself, beside what a run says; the reached and the missed alike. */
final class Goals {

    private static final double MOST_P50 = 1.5;
    private static final double MOST_P99 = 3;
    private static final double HALF = 0.5;
    private static final String HEAVY_LOSS = "20";

    private Goals() {}

    /** A goal and how it went. */
    record Line(String asked, String measured, boolean reached) {}

    /** Those that this run can speak of. */
    static List<Line> of(Result result) {
        List<Line> lines = new ArrayList<>();
        Optional<Result.Measured> ours = result.path(Paths.OURS);
        Optional<Latencies> floor = ours.flatMap(path -> Table.floorOf(path, result));
        if (ours.isPresent() && floor.isPresent()) {
            Latencies l = ours.get().latencies();
            lines.add(times("p50", MOST_P50, l.p50Us() / floor.get().p50Us()));
            lines.add(times("p99", MOST_P99, l.p99Us() / floor.get().p99Us()));
            lines.add(below("p50", result, l, Latencies::p50Us));
            lines.add(below("p99", result, l, Latencies::p99Us));
            lines.add(below("p99.9", result, l, Latencies::p999Us));
        }
        overLoss(result).ifPresent(lines::add);
        return lines;
    }

    private static Line times(String what, double most, double ratio) {
        return new Line(
                String.format(Locale.ROOT, "%s at most %.1f × the floor's", what, most),
                String.format(Locale.ROOT, "%.2f ×", ratio),
                ratio <= most);
    }

    private static Line below(String what, Result result, Latencies ours, ToDoubleFunction<Latencies> figure) {
        String faster = result.paths().stream()
                .filter(path -> path.peer() && figure.applyAsDouble(path.latencies()) < figure.applyAsDouble(ours))
                .map(path -> String.format(
                        Locale.ROOT, "%s is faster, %.0f us", path.name(), figure.applyAsDouble(path.latencies())))
                .collect(Collectors.joining("; "));
        return new Line(
                what + " below every peer's",
                String.format(Locale.ROOT, "%.0f us", figure.applyAsDouble(ours))
                        + (faster.isEmpty() ? "" : "; ")
                        + faster,
                faster.isEmpty());
    }

    private static Optional<Line> overLoss(Result result) {
        List<LossyRun.Lossy> heavy = result.lossy().stream()
                .filter(lossy -> lossy.lossPercent().equals(HEAVY_LOSS))
                .toList();
        Optional<LossyRun.Lossy> ours =
                heavy.stream().filter(lossy -> lossy.path().equals(Paths.OURS)).findFirst();
        return ours.flatMap(own -> heavy.stream()
                .filter(lossy -> !lossy.path().equals(Paths.OURS))
                .min((a, b) ->
                        Double.compare(a.latencies().p99Us(), b.latencies().p99Us()))
                .map(best -> {
                    double share = own.latencies().p99Us() / best.latencies().p99Us();
                    return new Line(
                            "at 20 % loss p99 at most half of the best peer's",
                            String.format(Locale.ROOT, "%.2f times that of %s", share, best.path()), share <= HALF);
                }));
    }
}
