package dev.tocsin.simulator.report;

import dev.tocsin.simulator.check.Judge;
import dev.tocsin.simulator.check.Verdict;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes a run as JUnit XML: a test suite with a test case for each expectation, or where there are many seeds for each of
 * them, so that any CI server can show it.
 */
public final class JUnitXml {

    private JUnitXml() {}

    /** Writes it to a file. Blocks. */
    public static void write(RunReport report, Path file) throws IOException {
        Files.writeString(file, text(report));
    }

    /** Writes many seeds to a file. Blocks. */
    public static void write(SeedsReport report, Path file) throws IOException {
        Files.writeString(file, text(report));
    }

    /** The text. */
    static String text(RunReport report) {
        return document(xml -> suite(xml, report));
    }

    /** The text. */
    static String text(SeedsReport report) {
        return document(xml -> suite(xml, report));
    }

    private interface Content {
        void write(XMLStreamWriter xml) throws XMLStreamException;
    }

    private static String document(Content content) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            content.write(xml);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing to memory cannot fail", e);
        }
        return text + "\n";
    }

    private static void suite(XMLStreamWriter xml, RunReport report) throws XMLStreamException {
        List<Case> cases = report.outcomes().stream()
                .map(o -> new Case(
                        o.id(), o.verdict(), o.detail(), report.findings().wrongs()))
                .collect(Collectors.toCollection(ArrayList::new));
        report.unexamined()
                .forEach(p -> cases.add(
                        new Case(Judge.id(p), Verdict.INCONCLUSIVE, "nothing to see: 0 looked at", List.of())));
        suite(xml, "tocsin." + report.scenario(), report.wallS(), cases);
    }

    private static void suite(XMLStreamWriter xml, SeedsReport report) throws XMLStreamException {
        List<Case> cases = report.runs().stream()
                .map(run -> new Case("seed " + run.seed(), run.verdict(), run.detail(), wrongs(report, run)))
                .toList();
        suite(xml, "tocsin." + report.shown().scenario(), report.wallS(), cases);
    }

    private static List<String> wrongs(SeedsReport report, SeedRun run) {
        return report.wrongs().stream()
                .filter(wrong -> wrong.startsWith("seed " + run.seed() + ":"))
                .toList();
    }

    /** A test case: what it is about, what came of it, and what is wrong. */
    private record Case(String name, Verdict verdict, String detail, List<String> wrongs) {}

    private static void suite(XMLStreamWriter xml, String name, double wallS, List<Case> cases)
            throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", name);
        xml.writeAttribute("tests", Integer.toString(cases.size()));
        xml.writeAttribute("failures", Long.toString(count(cases, Verdict.VIOLATED)));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", Long.toString(count(cases, Verdict.INCONCLUSIVE)));
        xml.writeAttribute("time", String.format(Locale.ROOT, "%.3f", wallS));
        for (Case one : cases) {
            xml.writeCharacters("\n  ");
            testCase(xml, name, one);
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
    }

    private static long count(List<Case> cases, Verdict verdict) {
        return cases.stream().filter(c -> c.verdict == verdict).count();
    }

    private static void testCase(XMLStreamWriter xml, String suite, Case one) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", suite);
        xml.writeAttribute("name", one.name);
        xml.writeAttribute("time", "0");
        switch (one.verdict) {
            case VIOLATED -> {
                xml.writeStartElement("failure");
                xml.writeAttribute("message", one.detail);
                xml.writeCharacters(
                        one.wrongs.stream().limit(ResultJson.MAX_WRONGS).collect(Collectors.joining("\n")));
                xml.writeEndElement();
            }
            case INCONCLUSIVE -> {
                xml.writeEmptyElement("skipped");
                xml.writeAttribute("message", one.detail);
            }
            case HELD -> {
                xml.writeStartElement("system-out");
                xml.writeCharacters(one.detail);
                xml.writeEndElement();
            }
        }
        xml.writeEndElement();
    }
}
