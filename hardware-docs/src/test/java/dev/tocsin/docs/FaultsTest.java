package dev.tocsin.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.tocsin.firmware.board.sensor.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fault table has each cause that the code raises, and no other; quoted sentences are in the code. */
class FaultsTest {

    private static final Pattern RAISE = Pattern.compile("raiseFault\\(\\s*([^,()]+),");
    private static final Pattern ROOM = Pattern.compile("\\bfault\\(\\w+, \"([a-z-]+)\"");
    private static final Pattern INPUT = Pattern.compile("tellFaults\\(device, \\w+, (\\w+)\\)");
    private static final Pattern CONSTANT = Pattern.compile("String (\\w+) = \"([a-z-]+)\";");

    @Test
    void every_cause_in_the_code_is_in_the_table_and_no_other() throws IOException {
        assertThat(firstCells("maintenance", "causes")).containsExactlyElementsOf(causes());
        assertThat(firstCells("maintenance.zh-CN", "causes")).containsExactlyElementsOf(causes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"maintenance", "maintenance.zh-CN"})
    void every_sentence_that_is_quoted_is_in_the_code(String page) throws IOException {
        String code = sources().reduce("", String::concat).replaceAll("\"\\s*\\+\\s*\"", "");
        List<String> sentences = firstCells(page, "sentences");

        assertThat(sentences)
                .hasSizeGreaterThan(5)
                .allSatisfy(sentence -> assertThat(sentence.split("…", -1))
                        .allSatisfy(part -> assertThat(code).contains(part.strip())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"maintenance", "maintenance.zh-CN"})
    void every_fault_of_a_detector_is_in_its_table_and_no_other(String page) throws IOException {
        List<String> told = Pattern.compile("^\\| \\*\\*([a-z-]+)\\*\\* \\|", Pattern.MULTILINE)
                .matcher(Documents.read("hardware-docs/" + page + ".md"))
                .results()
                .map(m -> m.group(1))
                .toList();
        assertThat(told).containsExactlyElementsOf(detectorCauses());
    }

    /** Constants of the detectors, what a driver tells, the wet contact's, and a detector that threw. */
    private static SortedSet<String> detectorCauses() throws IOException {
        TreeSet<String> causes = new TreeSet<>(List.of("detector"));
        Stream.of(Cause.values()).map(Cause::text).forEach(causes::add);
        sources()
                .filter(code -> code.startsWith("package dev.tocsin.sdk.detect;") || code.contains("class WetContact "))
                .flatMap(code -> CONSTANT.matcher(code).results())
                .map(m -> m.group(2))
                .forEach(causes::add);
        return causes;
    }

    /** Causes are short words, sentences have spaces: first cells of the tables in code letters. */
    private static List<String> firstCells(String page, String what) {
        return Pattern.compile("^\\| `([^`]+)` \\|", Pattern.MULTILINE)
                .matcher(Documents.read("hardware-docs/" + page + ".md"))
                .results()
                .map(m -> m.group(1))
                .filter(cell -> what.equals("causes") == cell.matches("[a-z-]+"))
                .toList();
    }

    private static SortedSet<String> causes() throws IOException {
        TreeSet<String> causes = new TreeSet<>();
        for (String code : sources().toList()) {
            ROOM.matcher(code).results().map(m -> m.group(1)).forEach(causes::add);
            for (MatchResult raise : RAISE.matcher(code).results().toList()) {
                String cause = raise.group(1).strip();
                if (!cause.equals("String cause") && !cause.equals("cause")) { // handed on: raised elsewhere
                    causes.addAll(named(cause, code));
                }
            }
        }
        return causes;
    }

    /** Its names: {@code "board"}, {@code PANIC + "-stuck"}, or {@code name + "-stuck"} for each input that is told of. */
    private static List<String> named(String expression, String code) {
        Matcher plain = Pattern.compile("\"([a-z-]+)\"").matcher(expression);
        Matcher sum = Pattern.compile("(\\w+) \\+ \"([a-z-]+)\"").matcher(expression);
        if (plain.matches()) {
            return List.of(plain.group(1));
        }
        if (sum.matches() && sum.group(1).equals("name")) {
            return INPUT.matcher(code)
                    .results()
                    .map(input -> constant(input.group(1)) + sum.group(2))
                    .toList();
        }
        if (sum.matches()) {
            return List.of(constant(sum.group(1)) + sum.group(2));
        }
        Optional<String> ofItsOwn = CONSTANT.matcher(code)
                .results()
                .filter(m -> m.group(1).equals(expression))
                .map(m -> m.group(2))
                .findFirst();
        if (ofItsOwn.isPresent()) {
            return List.of(ofItsOwn.get());
        }
        return fail(
                "a fault is raised for a cause that this test cannot read: %s. Teach it, and add the cause to"
                        + " hardware-docs/maintenance.md and its Chinese page",
                expression);
    }

    private static String constant(String name) {
        String code = Documents.read("pi-firmware/src/main/java/dev/tocsin/firmware/app/ButtonDevice.java");
        return CONSTANT.matcher(code)
                .results()
                .filter(m -> m.group(1).equals(name))
                .map(m -> m.group(2))
                .findFirst()
                .orElseGet(() -> fail("no constant " + name));
    }

    private static Stream<String> sources() throws IOException {
        List<Path> files;
        try (Stream<Path> sdk = Files.walk(Documents.ROOT.resolve("device-sdk/src/main/java"));
                Stream<Path> firmware = Files.walk(Documents.ROOT.resolve("pi-firmware/src/main/java"))) {
            files = Stream.concat(sdk, firmware)
                    .filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
        return files.stream()
                .map(file -> Documents.read(Documents.ROOT.relativize(file).toString()));
    }
}
