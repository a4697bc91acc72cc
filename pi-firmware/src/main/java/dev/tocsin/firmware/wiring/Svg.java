package dev.tocsin.firmware.wiring;

import java.util.Locale;

/** Writes SVG: black lines and black text, units of a millimetre. */
final class Svg {

    private static final String FONTS =
            "DejaVu Sans, Arial, Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif";

    private final StringBuilder out = new StringBuilder();

    /** Where a text is held. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    /** The same in the other direction: what is drawn for the left serves on the right. */
    static Anchor mirrored(Anchor anchor) {
        return switch (anchor) {
            case START -> Anchor.END;
            case MIDDLE -> Anchor.MIDDLE;
            case END -> Anchor.START;
        };
    }

    void line(double x1, double y1, double x2, double y2) {
        element("<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>", x1, y1, x2, y2);
    }

    /** A line with corners; {@code points} is x, y, x, y… */
    void path(double... points) {
        StringBuilder d = new StringBuilder();
        for (int i = 0; i < points.length; i += 2) {
            d.append(i == 0 ? "" : " ").append(number(points[i])).append(',').append(number(points[i + 1]));
        }
        out.append("  <polyline points=\"").append(d).append("\"/>\n");
    }

    /** A closed shape in black. */
    void filled(double... points) {
        StringBuilder d = new StringBuilder();
        for (int i = 0; i < points.length; i += 2) {
            d.append(i == 0 ? "" : " ").append(number(points[i])).append(',').append(number(points[i + 1]));
        }
        out.append("  <polygon class=\"ink\" points=\"").append(d).append("\"/>\n");
    }

    void box(double x, double y, double width, double height) {
        element("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>", x, y, width, height);
    }

    void circle(double x, double y, double radius) {
        element("<circle cx=\"%s\" cy=\"%s\" r=\"%s\"/>", x, y, radius);
    }

    void dot(double x, double y, double radius) {
        element("<circle class=\"ink\" cx=\"%s\" cy=\"%s\" r=\"%s\"/>", x, y, radius);
    }

    /** A black square. */
    void block(double x, double y, double width, double height) {
        element("<rect class=\"ink\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>", x, y, width, height);
    }

    /** @param look CSS classes: {@code b} is bold, {@code s} small, {@code h} a heading, {@code w} white */
    void text(double x, double y, Anchor anchor, String look, String text) {
        out.append("  <text x=\"")
                .append(number(x))
                .append("\" y=\"")
                .append(number(y))
                .append('"');
        if (anchor != Anchor.START) {
            out.append(" text-anchor=\"")
                    .append(anchor.name().toLowerCase(Locale.ROOT))
                    .append('"');
        }
        if (!look.isEmpty()) {
            out.append(" class=\"").append(look).append('"');
        }
        out.append('>').append(escaped(text)).append("</text>\n");
    }

    /** The whole file. */
    String page(String title, double width, double height) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$smm" height="%2$smm" viewBox="0 0 %1$s %2$s">
                  <title>%3$s</title>
                  <style>
                    line, polyline, rect, circle { fill: none; stroke: #000; stroke-width: 0.35; stroke-linecap: round; stroke-linejoin: round }
                    .ink { fill: #000 }
                    .paper { fill: #fff; stroke: none }
                    text { font: 3px %4$s; fill: #000 }
                    .b { font-weight: bold } .s { font-size: 2.6px } .h { font-size: 6px; font-weight: bold } .w { fill: #fff }
                  </style>
                  <rect class="paper" width="%1$s" height="%2$s"/>
                """.formatted(number(width), number(height), escaped(title), FONTS) + out + "</svg>\n";
    }

    private void element(String form, double... values) {
        Object[] numbers = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            numbers[i] = number(values[i]);
        }
        out.append("  ").append(form.formatted(numbers)).append('\n');
    }

    /** Hundredths of a millimetre are enough for anybody, and the same on every machine. */
    private static String number(double value) {
        long hundredths = Math.round(value * 100);
        String text = "%d.%02d".formatted(Math.abs(hundredths) / 100, Math.abs(hundredths) % 100);
        String shortest = text.replaceAll("\\.?0+$", "");
        return hundredths < 0 ? "-" + shortest : shortest;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
