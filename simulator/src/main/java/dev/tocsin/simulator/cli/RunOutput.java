package dev.tocsin.simulator.cli;

import dev.tocsin.simulator.report.HtmlReport;
import dev.tocsin.simulator.report.JUnitXml;
import dev.tocsin.simulator.report.Provenance;
import dev.tocsin.simulator.report.ResultJson;
import dev.tocsin.simulator.report.RunReport;
import dev.tocsin.simulator.report.SeedsReport;
import dev.tocsin.simulator.report.Summary;
import dev.tocsin.simulator.run.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi;

/**
 * Where a run tells what came of it.
 *
 * @param out for people
 * @param err where progress goes in a pipe, so that only the result is in it
 * @param report the folder for files; none is written where empty
 * @param replay the command that plays the same again
 */
record RunOutput(PrintWriter out, PrintWriter err, Optional<Path> report, Replay replay) {

    /**
     * A command without its seed.
     *
     * @param scenario a name or a file
     * @param world real or virtual
     * @param data options that say where recordings are
     * @param others options that change what the scenario says
     */
    record Replay(String scenario, String world, List<String> data, List<String> others) {

        /** The same run again. */
        String of(long seed) {
            return line(
                    Stream.concat(Stream.of("./tocsin"), words(seed).stream()).toList());
        }

        /** The same without the program's name, word by word. */
        List<String> words(long seed) {
            List<String> words = new ArrayList<>(command(scenario));
            words.addAll(List.of("--seed", Long.toString(seed)));
            words.addAll(data);
            words.addAll(others);
            return words;
        }

        /** Another scenario over the same data, as it is. */
        String alone(Path file) {
            List<String> words = new ArrayList<>(List.of("./tocsin"));
            words.addAll(command(file.toString()));
            words.addAll(data);
            return line(words);
        }

        private List<String> command(String what) {
            return List.of("run", what, "--world", world);
        }

        private static String line(List<String> words) {
            return words.stream().map(RunOutput::quoted).collect(Collectors.joining(" "));
        }
    }

    /** As a shell takes it for one word. */
    static String quoted(String word) {
        return word.matches("[\\w./:@%+=,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    Progress progress() {
        return Ansi.AUTO.enabled() ? new TerminalProgress(out) : new PlainProgress(err);
    }

    void write(RunReport r) throws IOException {
        lines(Summary.of(r));
        if (report.isPresent()) {
            ResultJson.write(r, file("result.json"));
            JUnitXml.write(r, file("junit.xml"));
            HtmlReport.write(r, provenance(r.seed()), file("index.html"));
            written();
        }
    }

    void write(SeedsReport r) throws IOException {
        lines(Summary.of(r));
        if (report.isPresent()) {
            ResultJson.write(r, file("result.json"));
            JUnitXml.write(r, file("junit.xml"));
            HtmlReport.write(r, provenance(r.shown().seed()), file("index.html"));
            written();
        }
    }

    /** A line for people. */
    void line(String text) {
        out.println(text);
        out.flush();
    }

    private void lines(List<String> lines) {
        lines.forEach(line -> out.println(Ansi.AUTO.string(line)));
        out.flush();
    }

    private void written() {
        out.println("report in " + file("index.html"));
        out.flush();
    }

    /** A file of the report; in the current folder where there is none. */
    Path file(String name) {
        return report.map(folder -> folder.resolve(name)).orElse(Path.of(name));
    }

    Provenance provenance(long seed) {
        return new Provenance(Main.VERSION, SourceCommit.find(), replay.of(seed));
    }
}
