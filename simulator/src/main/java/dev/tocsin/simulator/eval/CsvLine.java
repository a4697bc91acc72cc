package dev.tocsin.simulator.eval;

import java.util.ArrayList;
import java.util.List;

/** A line of comma-separated values, as RFC 4180 quotes them; a field does not go on over the line's end. */
final class CsvLine {

    private CsvLine() {}

    /** The fields, without their quotes. A quote that is not closed goes to the line's end. */
    static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && isQuoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
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
}
