package dev.tocsin.simulator.cli;

import dev.tocsin.simulator.eval.FallEvaluation;
import dev.tocsin.simulator.eval.FallEvaluation.Delay;
import dev.tocsin.simulator.eval.FallEvaluation.Mistake;
import dev.tocsin.simulator.eval.FallScore;
import dev.tocsin.simulator.eval.FallTuning;
import dev.tocsin.simulator.eval.FallsRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/** An evaluation of falls in words and tables, for people. */
final class FallsText {

    private final List<String> lines = new ArrayList<>();

    private FallsText() {}

    /**
     * All of it.
     *
     * @param replay the command that plays a recording again
     */
    static List<String> lines(FallsRun run, UnaryOperator<String> replay) {
        FallsText text = new FallsText();
        text.evaluation(run.evaluation());
        run.tunings().forEach(text::tuning);
        text.mistakes(run.evaluation(), replay);
        return text.lines;
    }

    private void evaluation(FallEvaluation e) {
        lines.add(FallEvaluation.CAVEAT);
        head("dataset");
        e.byDataset().forEach(this::row);
        head("placement");
        e.byPlacement().forEach(this::row);
        head("activity");
        e.byActivity().forEach((group, score) -> row(group.dataset() + " " + group.name(), score));
        head("subject");
        e.bySubject().forEach((group, score) -> row(group.dataset() + " " + group.name(), score));
        row("all", e.all());
        lines.add("");
        delay("decided after the impact (greatest |a| within the label)", e.afterImpact());
        delay("decided after the labelled start", e.afterStart());
        e.falsePerHour()
                .ifPresent(rate -> lines.add(String.format(
                        Locale.ROOT,
                        "false alarms: %d in %.2f h of daily activity: %.1f an hour",
                        e.falseAlarms(),
                        e.dailyHours(),
                        rate)));
        if (e.besideFalls() > 0) {
            lines.add(String.format(
                    Locale.ROOT, "alarms in recordings of falls, but not at the fall: %d", e.besideFalls()));
        }
        if (e.toldAgain() > 0) {
            lines.add(String.format(
                    Locale.ROOT, "told to have fallen again while lying, without a second fall: %d", e.toldAgain()));
        }
        if (e.restored() > 0) {
            lines.add(String.format(Locale.ROOT, "seen up again after an alarm: %d", e.restored()));
        }
        if (e.lateBlocks() > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "blocks of samples that came late and were put where they belong: %d",
                    e.lateBlocks()));
        }
        if (e.skipped() > 0) {
            lines.add(
                    String.format(Locale.ROOT, "%d files of the manifest are not there and were skipped", e.skipped()));
        }
    }

    private void tuning(FallTuning tuning) {
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "%s, each subject left out once; thresholds chosen on the others from %d combinations (%s):",
                tuning.placement(),
                tuning.combinations(),
                FallTuning.GRID));
        head("subjects");
        row("left out", FallTuning.sum(tuning.leftOut()));
        row("shipped, chosen on all", FallTuning.sum(tuning.shipped()));
        spread("sensitivity", tuning, s -> s.sensitivity().orElse(Double.NaN));
        spread("specificity", tuning, s -> s.specificity().orElse(Double.NaN));
        tuning.chosen()
                .forEach((name, times) -> lines.add(String.format(Locale.ROOT, "  chosen %d times: %s", times, name)));
        tuning.leftOut().forEach((group, score) -> row("  " + group.dataset() + " " + group.name(), score));
    }

    private void spread(String what, FallTuning tuning, ToDoubleFunction<FallScore> of) {
        double[] values = tuning.leftOut().values().stream()
                .mapToDouble(of)
                .filter(v -> !Double.isNaN(v))
                .toArray();
        if (values.length == 0) {
            return;
        }
        double sum = 0;
        double least = 1;
        for (double value : values) {
            sum += value;
            least = Math.min(least, value);
        }
        double mean = sum / values.length;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        lines.add(String.format(
                Locale.ROOT,
                "  %s over %d subjects left out: mean %.3f, standard deviation %.3f, least %.3f",
                what,
                values.length,
                mean,
                Math.sqrt(squares / Math.max(1, values.length - 1)),
                least));
    }

    private void mistakes(FallEvaluation e, UnaryOperator<String> replay) {
        if (e.mistakes().isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(String.format(
                Locale.ROOT, "%d misses and false alarms:", e.mistakes().size()));
        for (Mistake mistake : e.mistakes()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%s %s %s, %s: %s%s",
                    mistake.alarm().isPresent() ? "false" : "miss ",
                    mistake.row().dataset(),
                    mistake.row().subject(),
                    mistake.row().isFall() ? "fall" : "activity",
                    mistake.row().activity(),
                    mistake.alarm()
                            .map(a -> String.format(Locale.ROOT, "; at %.1f s: %s", a.edgeNs() / 1e9, a.text()))
                            .orElse("")));
            lines.add("      " + replay.apply(mistake.row().file()));
        }
    }

    private void delay(String what, Optional<Delay> delay) {
        delay.ifPresent(d -> lines.add(String.format(
                Locale.ROOT, "%s: median %.2f s, 95 %% %.2f s, most %.2f s", what, d.medianS(), d.p95S(), d.maxS())));
    }

    private void head(String what) {
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "%-64s%6s%5s%5s%5s%5s%5s%13s%13s",
                what,
                "falls",
                "adl",
                "tp",
                "fn",
                "fp",
                "tn",
                "sensitivity",
                "specificity"));
    }

    private void row(String name, FallScore s) {
        lines.add(String.format(
                Locale.ROOT,
                "%-64s%6d%5d%5d%5d%5d%5d%13s%13s",
                name.length() > 63 ? name.substring(0, 62) + "…" : name,
                s.falls(),
                s.adl(),
                s.tp(),
                s.fn(),
                s.fp(),
                s.tn(),
                share(s.sensitivity()),
                share(s.specificity())));
    }

    private static String share(OptionalDouble share) {
        return share.isPresent() ? String.format(Locale.ROOT, "%.3f", share.getAsDouble()) : "-";
    }
}
