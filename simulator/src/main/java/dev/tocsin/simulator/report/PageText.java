package dev.tocsin.simulator.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One page that needs nothing else: styles, scripts and the plotting library stand in it, and its own policy forbids it to
 * load anything. The data are one JSON block, written so that no text in them can end it; the scripts put text into the page
 * as text only.
 */
final class PageText {

    private static final List<String> STYLES = List.of("uplot/uPlot.min.css", "page.css");
    private static final List<String> SCRIPTS = List.of("uplot/uPlot.iife.min.js", "base.js");
    private static final Pattern SLOT = Pattern.compile("\\{\\{(\\w+)}}");
    private static final ObjectMapper JSON = new ObjectMapper();

    private PageText() {}

    /**
     * The page.
     *
     * @param figures where the figures are, for whoever does not run scripts
     * @param scripts of this page, after those that all pages share
     */
    static String of(String title, String figures, List<String> scripts, ObjectNode data) throws IOException {
        Map<String, String> slots = Map.of(
                "title", escaped(title),
                "figures", escaped(figures),
                "licence", escaped(resource("uplot/LICENSE")),
                "styles", joined(STYLES),
                "scripts", joined(SCRIPTS) + joined(scripts),
                "data", block(JSON.writeValueAsString(data)));
        Matcher slot = SLOT.matcher(resource("page.html"));
        return slot.replaceAll(m -> Matcher.quoteReplacement(slots.getOrDefault(m.group(1), m.group())));
    }

    /** JSON that stays in its element: the same values, without the characters that HTML gives a meaning. */
    private static String block(String json) {
        return json.replace("&", "\\u0026")
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String joined(List<String> names) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String name : names) {
            all.append(resource(name).strip()).append('\n');
        }
        return all.toString();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = PageText.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException("this program lacks its own file " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
