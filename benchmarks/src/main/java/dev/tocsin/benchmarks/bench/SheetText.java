package dev.tocsin.benchmarks.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tocsin.benchmarks.bench.Sheet.Column;
import dev.tocsin.benchmarks.bench.Sheet.Row;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A sheet as a table, as JSON and as a section of RESULTS.md with its plots. */
final class SheetText {

    private static final int LABEL = 34;
    private static final int LEAST_WIDTH = 9;

    private SheetText() {}

    static void print(Sheet sheet, PrintWriter out) {
        String label = "%-"
                + sheet.rows().stream().mapToInt(row -> row.label().length()).reduce(LABEL, Math::max) + "s";
        out.printf("%n%s%n%s%n%n", sheet.title(), wrapped(sheet.about()));
        out.print(String.format(label, ""));
        sheet.columns().forEach(c -> out.print(String.format("%" + width(c) + "s", c.heading())));
        out.println();
        for (Row row : sheet.rows()) {
            out.print(String.format(label, row.label()));
            sheet.columns().forEach(c -> out.print(String.format("%" + width(c) + "s", cell(row, c))));
            out.println();
        }
        if (sheet.cutShort()) {
            out.println("\nstopped before it was done: nothing is written");
        }
        out.flush();
    }

    static String json(Sheet sheet, Machine machine, String command) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("name", sheet.name())
                .put("command", command)
                .put("commit", machine.commit())
                .put("processor", machine.processor())
                .put("memory", machine.memory())
                .put("jdk", machine.jdk())
                .put("load", machine.load())
                .put("whole", sheet.whole());
        ArrayNode rows = root.putArray("rows");
        for (Row row : sheet.rows()) {
            ObjectNode node = rows.addObject().put("what", row.label());
            sheet.columns().forEach(c -> row.value(c.key()).ifPresent(value -> node.put(c.key(), value)));
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    /** Writes its section into the page that stands there, or into a new one, and its plots beside it. */
    static void writeSection(Sheet sheet, Machine machine, String command, Path folder) throws IOException {
        Path plots = Files.createDirectories(folder.resolve("plots"));
        for (String key : sheet.plots()) {
            Files.writeString(plots.resolve(plotName(sheet, key)), plot(sheet, key));
        }
        Sections.put(folder.resolve("RESULTS.md"), sheet.name(), section(sheet, machine, command));
    }

    static String section(Sheet sheet, Machine machine, String command) {
        StringBuilder text = new StringBuilder();
        text.append("## ").append(sheet.title()).append("\n\n").append(sheet.about());
        text.append("\n\n`").append(command).append("`, ");
        text.append(machine.commit().isEmpty() ? "not in a checkout" : "commit " + machine.commit());
        text.append(
                String.format(Locale.ROOT, "; %s; load at the start %.2f cores", machine.processor(), machine.load()));
        text.append(".\n\n");
        sheet.plots()
                .forEach(key -> text.append("![")
                        .append(heading(sheet, key))
                        .append("](plots/")
                        .append(plotName(sheet, key))
                        .append(")\n\n"));
        text.append("| |");
        sheet.columns().forEach(c -> text.append(' ').append(c.heading()).append(" |"));
        text.append("\n|---|").append("---:|".repeat(sheet.columns().size())).append('\n');
        for (Row row : sheet.rows()) {
            text.append("| ").append(row.label()).append(" |");
            sheet.columns().forEach(c -> text.append(' ').append(cell(row, c)).append(" |"));
            text.append('\n');
        }
        return text.toString();
    }

    private static String plot(Sheet sheet, String key) {
        Plot plot = new Plot(sheet.title(), List.of(heading(sheet, key)));
        sheet.rows()
                .forEach(row -> row.value(key)
                        .filter(value -> value > 0)
                        .ifPresent(value -> plot.row(row.label(), List.of(value))));
        return plot.svg();
    }

    private static String plotName(Sheet sheet, String key) {
        return sheet.name() + "-" + key.replace('_', '-') + ".svg";
    }

    private static String heading(Sheet sheet, String key) {
        return sheet.columns().stream()
                .filter(c -> c.key().equals(key))
                .map(Column::heading)
                .collect(Collectors.joining());
    }

    private static String cell(Row row, Column column) {
        return row.value(column.key())
                .map(value -> String.format(Locale.ROOT, "%." + column.decimals() + "f", value))
                .orElse("");
    }

    private static int width(Column column) {
        return 2 + Math.max(LEAST_WIDTH, column.heading().length());
    }

    private static String wrapped(String text) {
        StringBuilder out = new StringBuilder();
        int line = 0;
        for (String word : text.split(" ", -1)) {
            if (line + word.length() > 116) {
                out.append('\n');
                line = 0;
            }
            out.append(line == 0 ? "" : " ").append(word);
            line += word.length() + 1;
        }
        return out.toString();
    }
}
