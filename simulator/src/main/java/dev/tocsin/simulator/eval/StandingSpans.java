package dev.tocsin.simulator.eval;

import dev.tocsin.sdk.detect.Detection;
import dev.tocsin.sdk.detect.Findings;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.simulator.report.SignalPage.Mark;
import dev.tocsin.simulator.report.SignalPage.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** When alarms of a detector stood, for a page. */
final class StandingSpans implements Findings {

    /** More moments than this would hide the curves. */
    private static final int MOST_MARKS = 8;

    private static final double NS_PER_S = 1e9;

    private final Function<Detection, String> name;
    private final List<Span> spans = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private String standing = "";
    private double sinceS;

    /** @param name what stands after a detection that is no end */
    StandingSpans(Function<Detection, String> name) {
        this.name = name;
    }

    @Override
    public void found(Detection detection) {
        double atS = detection.decidedNs() / NS_PER_S;
        end(atS);
        standing = detection.state() == AlarmState.RESTORED ? "" : name.apply(detection);
        sinceS = atS;
        if (!standing.isEmpty()) {
            marks.add(new Mark(atS, detection.state() + ": " + detection.text()));
        }
    }

    /** The recording is over. */
    void end(double atS) {
        if (!standing.isEmpty()) {
            spans.add(new Span(sinceS, atS, standing));
        }
    }

    @Override
    public void health(String cause, boolean isStanding, String text) {
        if (isStanding) {
            marks.add(new Mark(sinceS, "fault " + cause));
        }
    }

    List<Span> spans() {
        return spans;
    }

    /** None where they are too many. */
    List<Mark> marks() {
        return marks.size() > MOST_MARKS ? List.of() : marks;
    }

    /** How many alarms began or got worse. */
    long alarms() {
        return marks.stream().filter(m -> !m.name().startsWith("fault ")).count();
    }
}
