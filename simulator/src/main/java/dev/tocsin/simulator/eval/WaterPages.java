package dev.tocsin.simulator.eval;

import dev.tocsin.sdk.detect.Detector;
import dev.tocsin.sdk.detect.WaterLevel;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.simulator.eval.WaterRecordings.Series;
import dev.tocsin.simulator.report.SignalPage;
import dev.tocsin.simulator.report.SignalPage.Chart;
import dev.tocsin.simulator.report.SignalPage.Curve;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Draws gauges, distances and swimmers: the signal, and when the detector's alarms stood. */
public final class WaterPages {

    private static final double NS_PER_S = 1e9;

    private WaterPages() {}

    /**
     * Writes the gauges of an evaluation, as they were recorded. Blocks.
     *
     * @param replay the command that draws it again
     */
    public static void write(LevelEvaluation evaluation, String replay, String madeBy, Path file) throws IOException {
        List<SignalPage.Recording> recordings = new ArrayList<>();
        for (LevelEvaluation.Score score : evaluation.scores()) {
            WaterLevel.Settings settings = score.settings();
            StandingSpans standing = new StandingSpans(d -> d.text().startsWith("danger") ? "danger" : "warning");
            play(score.series(), new WaterLevel(settings, standing), row -> row, standing);
            LevelEvaluation.Count count = score.recorded();
            recordings.add(new SignalPage.Recording(
                    score.series().file(),
                    String.format(
                            Locale.ROOT,
                            "%d crossings, %d found, %d missed, %d false",
                            count.crossings(),
                            count.found(),
                            count.missed(),
                            count.wrong()),
                    count.missed() + count.wrong() == 0,
                    String.format(
                            Locale.ROOT, "warning %.2f m, danger %.2f m", settings.warningM(), settings.dangerM()),
                    replay,
                    List.of(),
                    standing.spans(),
                    standing.marks(),
                    List.of(chart(
                            score.series(),
                            "Level",
                            "as recorded; the strip beneath is the alarm that stood",
                            "m",
                            List.of(
                                    curve("level", score.series(), row -> row[0]),
                                    constant("warning", score.series(), settings.warningM()),
                                    constant("danger", score.series(), settings.dangerM()))))));
        }
        SignalPage.write(
                new SignalPage.Content(
                        "Water levels",
                        "Recorded gauges, without the disturbances that are put in.",
                        madeBy,
                        recordings),
                file);
    }

    /** Writes the recorded distances and swimmers. What comes from models is not drawn. Blocks. */
    public static void write(
            WaterRecordings from, WaterEvaluation.Options options, String replay, String madeBy, Path file)
            throws IOException {
        List<SignalPage.Recording> recordings = new ArrayList<>();
        for (Series series : from.series()) {
            if (series.timesNs().length > 0) {
                recordings.add(
                        series.kind().equals(WaterRecordings.DISTANCE)
                                ? distance(series, options, replay)
                                : swim(series, replay));
            }
        }
        SignalPage.write(
                new SignalPage.Content(
                        "By the water",
                        "Recorded distances, and swimmers' wrists whose probe is modelled wet. No recording of a drowning"
                                + " exists in public; figures from models are printed by the command and not drawn.",
                        madeBy,
                        recordings),
                file);
    }

    private static SignalPage.Recording distance(Series series, WaterEvaluation.Options options, String replay) {
        StandingSpans standing = new StandingSpans(d -> d.state() == AlarmState.UPDATED ? "worse" : "in the zone");
        play(series, WaterEvaluation.zoneGuard(options.insideM(), standing), row -> row, standing);
        return new SignalPage.Recording(
                series.file(),
                standing.alarms() + " intrusions",
                true,
                String.format(
                        Locale.ROOT,
                        "zone to %.2f m; readings above 10 m are time-outs and not drawn",
                        options.insideM()),
                replay,
                List.of(),
                standing.spans(),
                standing.marks(),
                List.of(chart(
                        series,
                        "Distance",
                        "as recorded; the strip beneath is the alarm that stood",
                        "m",
                        List.of(
                                curve("distance", series, row -> row[0] > 10 ? Double.NaN : row[0]),
                                constant("zone", series, options.insideM())))));
    }

    private static SignalPage.Recording swim(Series series, String replay) {
        StandingSpans standing = new StandingSpans(d -> d.state() == AlarmState.UPDATED ? "worse" : "drowning");
        play(series, WaterEvaluation.drowningGuard(standing), WaterEvaluation::wet, standing);
        return new SignalPage.Recording(
                series.file(),
                standing.alarms() == 0 ? "no drowning alarm" : standing.alarms() + " false drowning alarms",
                standing.alarms() == 0,
                "a swimmer's wrist",
                replay,
                strokes(series),
                standing.spans(),
                standing.marks(),
                List.of(chart(
                        series,
                        "Acceleration",
                        "as the wrist feels it; labelled is swimming",
                        "g",
                        List.of(curve("|a|", series, row -> Math.hypot(Math.hypot(row[0], row[1]), row[2]))))));
    }

    /** One stretch, from the first stroke to the last. */
    private static List<SignalPage.Span> strokes(Series series) {
        int first = -1;
        int last = -1;
        for (int i = 0; i < series.labels().size(); i++) {
            if (!series.labels().get(i).equals("null")) {
                first = first < 0 ? i : first;
                last = i;
            }
        }
        return first < 0
                ? List.of()
                : List.of(new SignalPage.Span(
                        series.timesNs()[first] / NS_PER_S, series.timesNs()[last] / NS_PER_S, "swimming"));
    }

    /** What a detector's channels are, of a row. */
    private interface Change {
        double[] of(double[] row);
    }

    private static void play(Series series, Detector detector, Change change, StandingSpans standing) {
        long[] timesNs = series.timesNs();
        for (int i = 0; i < timesNs.length; i++) {
            detector.sample(timesNs[i], change.of(series.rows()[i]));
            detector.step(timesNs[i]);
        }
        standing.end(timesNs[timesNs.length - 1] / NS_PER_S);
    }

    private static Chart chart(Series series, String title, String about, String unit, List<Curve> curves) {
        List<Double> timesS =
                Arrays.stream(series.timesNs()).mapToObj(ns -> ns / NS_PER_S).toList();
        return new Chart(title, about, unit, timesS, curves);
    }

    private static Curve curve(String name, Series series, ToDoubleFunction<double[]> value) {
        return new Curve(
                name, Arrays.stream(series.rows()).map(value::applyAsDouble).toList());
    }

    private static Curve constant(String name, Series series, double value) {
        return new Curve(name, Collections.nCopies(series.timesNs().length, value));
    }
}
