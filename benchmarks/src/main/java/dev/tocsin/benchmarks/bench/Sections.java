package dev.tocsin.benchmarks.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parts of a page that are each written by a command of its own and leave the rest as it is: between {@code <!-- begin NAME
 * -->} and {@code <!-- end NAME -->}, behind everything else, in the order of their names.
 */
final class Sections {

    private static final Pattern SECTION =
            Pattern.compile("\\n<!-- begin ([a-z]+) -->\\n(.*?)<!-- end \\1 -->\\n", Pattern.DOTALL);

    private Sections() {}

    /** Puts a section into a page, in place of the one of its name; makes the page if it is not there. */
    static void put(Path page, String name, String text) throws IOException {
        String before = Files.exists(page) ? Files.readString(page) : "# Results\n";
        Map<String, String> sections = of(before);
        sections.put(name, text);
        Files.writeString(page, without(before) + joined(sections));
    }

    /** Writes what is before the sections anew, and keeps them. */
    static void putRest(Path page, String text) throws IOException {
        Map<String, String> sections = Files.exists(page) ? of(Files.readString(page)) : Map.of();
        Files.writeString(page, text + joined(sections));
    }

    private static Map<String, String> of(String page) {
        Map<String, String> sections = new TreeMap<>();
        Matcher m = SECTION.matcher(page);
        while (m.find()) {
            sections.put(m.group(1), m.group(2));
        }
        return sections;
    }

    private static String without(String page) {
        return SECTION.matcher(page).replaceAll("");
    }

    private static String joined(Map<String, String> sections) {
        StringBuilder text = new StringBuilder();
        sections.forEach((name, section) -> text.append("\n<!-- begin ")
                .append(name)
                .append(" -->\n")
                .append(section)
                .append("<!-- end ")
                .append(name)
                .append(" -->\n"));
        return text.toString();
    }
}
