package dev.tocsin.benchmarks.bench;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of one question: a table of figures, and how they were had.
 *
 * @param name of the command that asked, and of the section in RESULTS.md
 * @param title of the section
 * @param about how it was measured, for whoever compares; in plain sentences
 * @param columns what is in each row, in this order
 * @param rows what was measured
 * @param plots columns that are drawn, each on a plot of its own
 * @param whole whether everything came back that should
 * @param cutShort whether it was stopped before it was done
 */
record Sheet(
        String name,
        String title,
        String about,
        List<Column> columns,
        List<Row> rows,
        List<String> plots,
        boolean whole,
        boolean cutShort) {

    Sheet {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        plots = List.copyOf(plots);
    }

    /**
     * A column.
     *
     * @param key in JSON, with its unit
     * @param heading in tables, with its unit
     * @param decimals shown behind the point
     */
    record Column(String key, String heading, int decimals) {}

    /**
     * A row; a column that it lacks is left empty.
     *
     * @param label what it is about
     * @param values by the columns' keys
     */
    record Row(String label, Map<String, Double> values) {

        Row {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        Optional<Double> value(String key) {
            return Optional.ofNullable(values.get(key));
        }
    }
}
