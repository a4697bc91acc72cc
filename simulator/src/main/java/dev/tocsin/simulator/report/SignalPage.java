package dev.tocsin.simulator.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes recordings as one page that needs nothing else: for each its signal, what was labelled, and what a detector made of
 * it over the same time.
 */
public final class SignalPage {

    private SignalPage() {}

    /**
     * A page.
     *
     * @param about what every figure on it must be shown with
     * @param madeBy name and version of this program
     */
    public record Content(String title, String about, String madeBy, List<Recording> recordings) {}

    /**
     * A recording.
     *
     * @param verdict {@code right} or what was wrong
     * @param replay the command that draws it again
     * @param label what was labelled, none or one
     * @param states where the detector stood
     * @param charts one above the other, over the same time
     */
    public record Recording(
            String name,
            String verdict,
            boolean isRight,
            String about,
            String replay,
            List<Span> label,
            List<Span> states,
            List<Mark> marks,
            List<Chart> charts) {}

    /** A time with a name, s. */
    public record Span(double fromS, double toS, String name) {}

    /** A moment with a name, s. */
    public record Mark(double atS, String name) {}

    /**
     * Curves over one time axis.
     *
     * @param timesS rising, s
     */
    public record Chart(String title, String about, String unit, List<Double> timesS, List<Curve> curves) {}

    /** A curve: a value for each time; not a number where there is none. */
    public record Curve(String name, List<Double> values) {}

    /** Writes it to a file. Blocks. */
    public static void write(Content content, Path file) throws IOException {
        Files.writeString(file, text(content));
    }

    /** The text. */
    static String text(Content content) throws IOException {
        return PageText.of(
                content.title(), "The figures are what the command prints.", List.of("signals.js"), data(content));
    }

    private static ObjectNode data(Content content) {
        ObjectNode top = JsonNodeFactory.instance.objectNode();
        top.put("title", content.title());
        top.put("about", content.about());
        top.put("made_by", content.madeBy());
        var recordings = top.putArray("recordings");
        for (Recording recording : content.recordings()) {
            ObjectNode node = recordings.addObject();
            node.put("name", recording.name());
            node.put("verdict", recording.verdict());
            node.put("right", recording.isRight());
            node.put("about", recording.about());
            node.put("replay", recording.replay());
            putSpans(node, "label", recording.label());
            putSpans(node, "states", recording.states());
            var marks = node.putArray("marks");
            recording
                    .marks()
                    .forEach(m -> marks.addObject().put("at", rounded(m.atS())).put("name", m.name()));
            var charts = node.putArray("charts");
            recording.charts().forEach(c -> put(charts.addObject(), c));
        }
        return top;
    }

    private static void putSpans(ObjectNode node, String name, List<Span> spans) {
        var array = node.putArray(name);
        spans.forEach(s -> array.addObject()
                .put("from", rounded(s.fromS()))
                .put("to", rounded(s.toS()))
                .put("name", s.name()));
    }

    private static void put(ObjectNode node, Chart chart) {
        node.put("title", chart.title());
        node.put("about", chart.about());
        node.put("unit", chart.unit());
        putValues(node, "t", chart.timesS());
        var curves = node.putArray("curves");
        chart.curves().forEach(c -> putValues(curves.addObject().put("name", c.name()), "values", c.values()));
    }

    private static void putValues(ObjectNode node, String name, List<Double> values) {
        var array = node.putArray(name);
        for (double value : values) {
            if (Double.isFinite(value)) {
                array.add(rounded(value));
            } else {
                array.addNull();
            }
        }
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
