package dev.tocsin.simulator.eval;

import dev.tocsin.sdk.config.FileTrouble;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A CSV file whose mistakes are told with their line. */
final class Csv {

    /** The largest file that is read, in lines. */
    static final int MAX_LINES = 1_000_000;

    /** What is wrong with a file: where, what, and what would be right. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        Unusable(String problem) {
            super(problem);
        }

        /** The problem. */
        String problem() {
            return String.valueOf(getMessage());
        }
    }

    private final Path file;
    private final List<String> lines;
    private final int headerLine;
    private final List<String> header;

    private Csv(Path file, List<String> lines, int headerLine) {
        this.file = file;
        this.lines = lines;
        this.headerLine = headerLine;
        this.header = fields(lines.get(headerLine));
    }

    /** Reads a file whose header is the first line, or the first that has this column. Blocks. */
    static Csv read(Path file, String column) throws Unusable {
        List<String> lines;
        try {
            if (!Files.isRegularFile(file)) {
                throw new Unusable(file + ": no such file");
            }
            lines = Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw new Unusable(file + ": is no text in UTF-8");
        } catch (IOException e) {
            throw new Unusable(file + ": cannot be read: " + FileTrouble.of(e));
        }
        if (lines.isEmpty() || lines.size() > MAX_LINES) {
            throw new Unusable(file + ": 1 to " + MAX_LINES + " lines wanted, found " + lines.size());
        }
        int headerLine = 0;
        while (headerLine < lines.size() && !fields(lines.get(headerLine)).contains(column)) {
            headerLine++;
        }
        return new Csv(file, lines, headerLine == lines.size() ? 0 : headerLine);
    }

    private static List<String> fields(String line) {
        return Arrays.stream(line.strip().split(",", -1)).map(String::strip).toList();
    }

    boolean has(String column) {
        return header.contains(column);
    }

    /** Where a column is. */
    int column(String name) throws Unusable {
        int index = header.indexOf(name);
        if (index < 0) {
            throw new Unusable(
                    file + ":" + (headerLine + 1) + ": no column " + name + ", there are " + String.join(",", header));
        }
        return index;
    }

    int rows() {
        return lines.size() - headerLine - 1;
    }

    /** As in {@code folder/file.csv:12: }. */
    String at(int row) {
        return file + ":" + (headerLine + row + 2) + ": ";
    }

    List<String> row(int row) throws Unusable {
        List<String> fields = quoted(lines.get(headerLine + row + 1));
        int last = fields.size() - 1;
        boolean hasTrailingComma =
                fields.size() == header.size() + 1 && fields.get(last).isEmpty();
        if (fields.size() != header.size() && !hasTrailingComma) {
            throw new Unusable(at(row) + header.size() + " fields wanted, found " + fields.size());
        }
        return fields;
    }

    /** Fields may be in double quotes and have commas then. */
    private static List<String> quoted(String line) {
        if (line.indexOf('"') < 0) {
            return fields(line);
        }
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean isQuoted = false;
        for (char c : line.strip().toCharArray()) {
            if (c == '"') {
                isQuoted = !isQuoted;
            } else if (c == ',' && !isQuoted) {
                fields.add(field.toString().strip());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString().strip());
        return fields;
    }

    /** A finite number. */
    double number(int row, int column, List<String> fields) throws Unusable {
        double value;
        try {
            value = Double.parseDouble(fields.get(column));
        } catch (NumberFormatException e) {
            throw new Unusable(
                    at(row) + header.get(column) + " is \"" + fields.get(column) + "\"; it must be a number");
        }
        if (!Double.isFinite(value)) {
            throw new Unusable(at(row) + header.get(column) + " is " + value + "; it must be a finite number");
        }
        return value;
    }
}
