package dev.tocsin.benchmarks.bench;

import java.util.ArrayList;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/**
 * A plot of percentiles: a line for each path from its p50 over p99 to its p99.9, or slowest, on a logarithmic axis. SVG, with
 * colours that can be read on white and on black.
 */
final class Plot {

    private static final int LABEL = 190;
    private static final int WIDTH = 820;
    private static final int RIGHT = 30;
    private static final int TOP = 50;
    private static final int ROW = 26;
    private static final int BOTTOM = 40;
    private static final int DOT = 5;
    private static final List<String> COLOURS = List.of("#2a9d8f", "#e9a03b", "#d1495b");

    private record Row(String name, List<Double> values) {}

    private final String title;
    private final List<String> marks;
    private final List<Row> rows = new ArrayList<>();

    /**
     * An empty plot.
     *
     * @param title with the unit in it
     * @param marks what the values of each row are; at most three
     */
    Plot(String title, List<String> marks) {
        this.title = title;
        this.marks = List.copyOf(marks);
    }

    /** Adds a row; its values above 0, in the order of the marks. */
    void row(String name, List<Double> values) {
        rows.add(new Row(name, List.copyOf(values)));
    }

    String svg() {
        double least = decade(
                rows.stream()
                        .flatMap(r -> r.values.stream())
                        .min(Double::compare)
                        .orElse(1.0),
                false);
        double most = decade(
                rows.stream()
                        .flatMap(r -> r.values.stream())
                        .max(Double::compare)
                        .orElse(1.0),
                true);
        int bottom = TOP + rows.size() * ROW;
        Formatter svg = new Formatter(Locale.ROOT);
        svg.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"13\" fill=\"#888\">%n",
                WIDTH, bottom + BOTTOM);
        svg.format("<text x=\"%d\" y=\"20\" font-size=\"15\">%s</text>%n", LABEL, title);
        for (int i = 0; i < marks.size(); i++) {
            int x = LABEL + i * 110;
            svg.format("<circle cx=\"%d\" cy=\"36\" r=\"%d\" fill=\"%s\"/>%n", x + DOT, DOT, COLOURS.get(i));
            svg.format("<text x=\"%d\" y=\"41\">%s</text>%n", x + 16, marks.get(i));
        }
        for (double at = least; at <= most * 1.001; at *= 10) {
            double x = x(at, least, most);
            svg.format("<path d=\"M%.1f %dV%d\" stroke=\"#888\" stroke-opacity=\".4\"/>%n", x, TOP, bottom);
            svg.format("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n", x, bottom + 18, number(at));
        }
        for (int i = 0; i < rows.size(); i++) {
            row(svg, rows.get(i), TOP + i * ROW + ROW / 2, least, most);
        }
        return svg.format("</svg>%n").toString();
    }

    private static void row(Formatter svg, Row row, int y, double least, double most) {
        svg.format("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n", LABEL - 12, y + 4, row.name);
        double from = x(row.values.getFirst(), least, most);
        double to = x(row.values.getLast(), least, most);
        svg.format("<path d=\"M%.1f %dH%.1f\" stroke=\"#888\" stroke-width=\"2\"/>%n", from, y, to);
        for (int i = 0; i < row.values.size(); i++) {
            svg.format(
                    "<circle cx=\"%.1f\" cy=\"%d\" r=\"%d\" fill=\"%s\"/>%n",
                    x(row.values.get(i), least, most), y, DOT, COLOURS.get(i));
        }
    }

    private static double x(double value, double least, double most) {
        double share = Math.log(Math.max(value, least) / least) / Math.log(most / least);
        return LABEL + share * (WIDTH - LABEL - RIGHT);
    }

    private static double decade(double value, boolean up) {
        double exponent = Math.log10(value);
        double whole = up ? Math.floor(exponent) + 1 : Math.floor(exponent);
        return Math.pow(10, whole);
    }

    private static String number(double value) {
        return value >= 1 ? String.format(Locale.ROOT, "%,.0f", value) : String.valueOf(value);
    }
}
