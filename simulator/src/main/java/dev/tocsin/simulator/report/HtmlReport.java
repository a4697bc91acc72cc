package dev.tocsin.simulator.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes a run as one page that needs nothing else; what stands in it is {@link PageText}. */
public final class HtmlReport {

    private static final List<String> SCRIPTS =
            List.of("head.js", "plots.js", "timeline.js", "schools.js", "lapses.js", "page.js");

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
        return PageText.of(
                report.scenario() + ": " + report.verdict().word(),
                "The figures are in result.json beside it.",
                SCRIPTS,
                data);
    }
}
