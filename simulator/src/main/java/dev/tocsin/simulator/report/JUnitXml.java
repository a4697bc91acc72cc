package dev.tocsin.simulator.report;

import dev.tocsin.simulator.check.Outcome;
import dev.tocsin.simulator.check.Verdict;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes a run as JUnit XML: a test suite with a test case for each expectation, so that any CI server can show it. */
public final class JUnitXml {

    private JUnitXml() {}

    /** Writes it to a file. Blocks. */
    public static void write(RunReport report, Path file) throws IOException {
        Files.writeString(file, text(report));
    }

    /** The text. */
    static String text(RunReport report) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            suite(xml, report);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing to memory cannot fail", e);
        }
        return text + "\n";
    }

    private static void suite(XMLStreamWriter xml, RunReport report) throws XMLStreamException {
        long failures = report.outcomes().stream().filter(JUnitXml::isViolated).count();
        long skipped =
                report.outcomes().stream().filter(JUnitXml::isInconclusive).count();
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", "tocsin." + report.scenario());
        xml.writeAttribute("tests", Integer.toString(report.outcomes().size()));
        xml.writeAttribute("failures", Long.toString(failures));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", Long.toString(skipped));
        xml.writeAttribute("time", String.format(Locale.ROOT, "%.3f", report.wallS()));
        for (Outcome outcome : report.outcomes()) {
            xml.writeCharacters("\n  ");
            testCase(xml, report, outcome);
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
    }

    private static void testCase(XMLStreamWriter xml, RunReport report, Outcome outcome) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "tocsin." + report.scenario());
        xml.writeAttribute("name", outcome.id());
        xml.writeAttribute("time", "0");
        if (isViolated(outcome)) {
            xml.writeStartElement("failure");
            xml.writeAttribute("message", outcome.detail());
            List<String> wrongs = report.findings().wrongs();
            xml.writeCharacters(String.join("\n", wrongs.subList(0, Math.min(ResultJson.MAX_WRONGS, wrongs.size()))));
            xml.writeEndElement();
        } else if (isInconclusive(outcome)) {
            xml.writeEmptyElement("skipped");
            xml.writeAttribute("message", outcome.detail());
        } else {
            xml.writeStartElement("system-out");
            xml.writeCharacters(outcome.detail());
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static boolean isViolated(Outcome outcome) {
        return outcome.verdict() == Verdict.VIOLATED;
    }

    private static boolean isInconclusive(Outcome outcome) {
        return outcome.verdict() == Verdict.INCONCLUSIVE;
    }
}
