package dev.tocsin.simulator.eval;

import dev.tocsin.sdk.detect.Detection;
import dev.tocsin.sdk.detect.FallCues;
import dev.tocsin.sdk.detect.FallDetector;
import dev.tocsin.sdk.detect.FallPhase;
import dev.tocsin.sdk.detect.FallProfile;
import dev.tocsin.simulator.report.SignalPage;
import dev.tocsin.simulator.report.SignalPage.Chart;
import dev.tocsin.simulator.report.SignalPage.Curve;
import dev.tocsin.simulator.report.SignalPage.Mark;
import dev.tocsin.simulator.report.SignalPage.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Draws recordings of people: the signal, the label, and what went on in the fall detector. */
public final class FallsPage {

    /** How many recordings a page holds; a page of more would not open. */
    static final int MOST = 40;

    private FallsPage() {}

    /**
     * Writes a page. Blocks.
     *
     * @param rows what is drawn, at most {@value #MOST} of it; the page says how many are left out
     * @param replay the command that draws a recording again
     */
    public static void write(
            FallsRun run,
            List<FallManifest.Row> rows,
            Optional<String> wet,
            UnaryOperator<String> replay,
            String madeBy,
            Path file)
            throws IOException {
        List<SignalPage.Recording> recordings = new ArrayList<>();
        for (FallManifest.Row row : rows.stream().limit(MOST).toList()) {
            switch (MotionTrace.read(row.path(), row.unitG(), wet)) {
                case MotionTrace.Reading.Malformed(String why) -> throw new IOException(why); // it was read before
                case MotionTrace.Reading.Read(MotionTrace trace) ->
                    recordings.add(recording(row, trace, replay.apply(row.file())));
            }
        }
        String left = rows.size() > MOST ? " Only the first " + MOST + " of " + rows.size() + " are drawn." : "";
        SignalPage.write(
                new SignalPage.Content("Falls: " + title(run), FallEvaluation.CAVEAT + left, madeBy, recordings), file);
    }

    private static String title(FallsRun run) {
        FallScore all = run.evaluation().all();
        return String.format(
                Locale.ROOT,
                "%d of %d falls recognised, %d of %d daily activities without an alarm",
                all.tp(),
                all.falls(),
                all.tn(),
                all.adl());
    }

    private static SignalPage.Recording recording(FallManifest.Row row, MotionTrace trace, String replay) {
        States states = new States();
        CueCurves curves = new CueCurves(row.profile());
        List<Detection> found = FallPlay.of(trace, row.profile(), (detector, timeS) -> {
            states.at(timeS, detector.phase());
            curves.at(timeS, detector);
        });
        FallTrial trial = FallTrial.of(row, trace, row.profile());
        List<Mark> marks = new ArrayList<>();
        trial.peakS().ifPresent(s -> marks.add(new Mark(s, "greatest |a|")));
        for (Detection d : found) {
            marks.add(new Mark(d.decidedNs() / 1e9, d.state() + ": " + d.text()));
        }
        return new SignalPage.Recording(
                row.file(),
                verdict(trial),
                trial.isRight() && trial.falseAlarms().isEmpty(),
                row.dataset() + ", " + row.subject() + ", " + row.profile().name() + ": " + row.activity(),
                replay,
                row.fall().stream()
                        .map(f -> new Span(f.startS(), f.endS(), "fall"))
                        .toList(),
                states.spans(),
                marks,
                List.of(signal(trace), curves.chart()));
    }

    private static String verdict(FallTrial trial) {
        if (trial.row().isFall()) {
            String fall = trial.isRight() ? "fall recognised" : "fall missed";
            return trial.falseAlarms().isEmpty() ? fall : fall + ", and a false alarm";
        }
        return trial.isRight() ? "no alarm" : "false alarm";
    }

    private static Chart signal(MotionTrace trace) {
        List<Double> times =
                trace.samples().stream().map(MotionTrace.Sample::timeS).toList();
        return new Chart(
                "Acceleration",
                "as the sensor feels it; the strip beneath is where the detector stood",
                "g",
                times,
                List.of(
                        curve("|a|", trace, MotionTrace.Sample::sizeG),
                        curve("x", trace, MotionTrace.Sample::axG),
                        curve("y", trace, MotionTrace.Sample::ayG),
                        curve("z", trace, MotionTrace.Sample::azG)));
    }

    private static Curve curve(String name, MotionTrace trace, Function<MotionTrace.Sample, Double> value) {
        return new Curve(name, trace.samples().stream().map(value).toList());
    }

    /** Where the detector stood, from change to change. */
    private static final class States {
        private final List<Span> spans = new ArrayList<>();
        private FallPhase phase = FallPhase.WATCHING;
        private double sinceS = Double.NaN;
        private double lastS;

        void at(double timeS, FallPhase now) {
            if (Double.isNaN(sinceS)) {
                sinceS = timeS;
                phase = now;
            } else if (now != phase) {
                spans.add(new Span(sinceS, timeS, name()));
                sinceS = timeS;
                phase = now;
            }
            lastS = timeS;
        }

        List<Span> spans() {
            List<Span> all = new ArrayList<>(spans);
            all.add(new Span(sinceS, lastS, name()));
            return all;
        }

        private String name() {
            return phase.name().toLowerCase(Locale.ROOT);
        }
    }

    /** What spoke for a fall, while the detector weighed it. */
    private static final class CueCurves {
        private final FallProfile profile;
        private final List<double[]> rows = new ArrayList<>();

        CueCurves(FallProfile profile) {
            this.profile = profile;
        }

        void at(double timeS, FallDetector detector) {
            FallCues cues = detector.cues();
            boolean isWeighed = detector.phase() == FallPhase.SETTLING || detector.phase() == FallPhase.FALLEN;
            rows.add(
                    isWeighed
                            ? new double[] {
                                timeS,
                                cues.sum(),
                                profile.impact().of(cues.impactG()),
                                profile.turn().of(cues.turnDeg()),
                                profile.still().of(cues.stillG()),
                                profile.weightless().of(cues.weightlessG()),
                                profile.calm().of(cues.calmG()),
                                profile.needed()
                            }
                            : new double[] {
                                timeS,
                                Double.NaN,
                                Double.NaN,
                                Double.NaN,
                                Double.NaN,
                                Double.NaN,
                                Double.NaN,
                                profile.needed()
                            });
        }

        Chart chart() {
            List<String> names =
                    List.of("all", "impact", "turn", "stillness", "weightlessness", "calm before", "needed");
            List<Curve> curves = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                curves.add(new Curve(names.get(i), column(i + 1)));
            }
            return new Chart(
                    "What speaks for a fall",
                    "of the impact that was weighed last; all is 0 where impact, turn or stillness are missing",
                    "",
                    column(0),
                    curves);
        }

        private List<Double> column(int i) {
            return rows.stream().map(r -> r[i]).toList();
        }
    }
}
