package dev.tocsin.simulator.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a run as one page that needs nothing else: styles, scripts and the plotting library stand in it, and its own policy
 * forbids it to load anything. The data are one JSON block, written so that no text in them can end it; the scripts put text
 * into the page as text only.
 */
public final class HtmlReport {

    private static final String[] STYLES = {"uplot/uPlot.min.css", "page.css"};
    private static final String[] SCRIPTS = {
        "uplot/uPlot.iife.min.js", "base.js", "head.js", "plots.js", "timeline.js", "schools.js", "page.js"
    };
    private static final Pattern SLOT = Pattern.compile("\\{\\{(\\w+)}}");
    private static final ObjectMapper JSON = new ObjectMapper();

    private HtmlReport() {}

    /** Writes it to a file. Blocks. */
    public static void write(RunReport report, Provenance provenance, Path file) throws IOException {
        Files.writeString(file, text(report, provenance));
    }

    /** Writes the run that stands for many seeds, with all of them in a table. Blocks. */
    public static void write(SeedsReport report, Provenance provenance, Path file) throws IOException {
        Files.writeString(file, text(report, provenance));
    }

    /** The text. */
    static String text(RunReport report, Provenance provenance) throws IOException {
        return text(report, PageData.of(report, provenance));
    }

    /** The text. */
    static String text(SeedsReport report, Provenance provenance) throws IOException {
        return text(report.shown(), PageData.of(report, provenance));
    }

    private static String text(RunReport report, ObjectNode data) throws IOException {
        Map<String, String> slots = Map.of(
                "title", escaped(report.scenario() + ": " + report.verdict().word()),
                "licence", escaped(resource("uplot/LICENSE")),
                "styles", joined(STYLES),
                "scripts", joined(SCRIPTS),
                "data", block(JSON.writeValueAsString(data)));
        Matcher slot = SLOT.matcher(resource("page.html"));
        return slot.replaceAll(m -> Matcher.quoteReplacement(slots.getOrDefault(m.group(1), m.group())));
    }

    /** JSON that stays in its element: the same values, without the characters that HTML gives a meaning. */
    static String block(String json) {
        return json.replace("&", "\\u0026")
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String joined(String... names) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String name : names) {
            all.append(resource(name).strip()).append('\n');
        }
        return all.toString();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException("this program lacks its own file " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
