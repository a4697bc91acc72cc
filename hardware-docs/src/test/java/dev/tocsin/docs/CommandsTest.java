package dev.tocsin.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.benchmarks.bench.BenchCommand;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.EnrolmentClaim;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Every command of ours in any document is one that the command line takes: its name, its options, its arguments. */
class CommandsTest {

    private static final Pattern SPAN = Pattern.compile("(?<!`)`([^`\\n]+)`(?!`)");

    /** In a sentence: up to a mark or the end. */
    private static final Pattern ADVICE = Pattern.compile("(sudo -u tocsin )?(tocsin-firmware [a-z][^),;<>，。；：（）]*)");

    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

    @Test
    void every_command_in_the_documents_is_understood() {
        List<String> wrong = new ArrayList<>();
        int commands = 0;
        for (Path document : Documents.markdown()) {
            String name = Documents.ROOT.relativize(document).toString();
            for (String command : commandsOf(Documents.read(name))) {
                commands++;
                wrongWith(command).forEach(why -> wrong.add(name + ": " + command + ": " + why));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(commands).isGreaterThan(50);
    }

    /** Advice is copied into a terminal as it stands, by somebody who has no other at hand. */
    @Test
    void every_command_in_what_the_programs_say_is_understood() {
        List<String> wrong = new ArrayList<>();
        int commands = 0;
        for (String name : Documents.texts()) {
            for (String line :
                    Documents.read(name).lines().filter(l -> !l.startsWith("#")).toList()) {
                String said = line.substring(line.indexOf('=') + 1);
                for (MatchResult match : ADVICE.matcher(said).results().toList()) {
                    commands++;
                    String command = match.group(2);
                    wrongWith(command).forEach(why -> wrong.add(name + ": " + command + ": " + why));
                    if (command.startsWith("tocsin-firmware enrol") && match.group(1) == null) {
                        wrong.add(name + ": " + command + ": keys of whoever calls it; sudo -u tocsin");
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(commands).isGreaterThan(20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tocsin-firmware pin",
                "tocsin-firmware pins --drawing x.svg",
                "tocsin-firmware enrol",
                "tocsin-firmware enrol --new-keys",
                "tocsin-firmware enrol --claim 'TOCSIN:school-007/button-3'",
                "./tocsin lab enrol DIR",
                "./tocsin centre accept no-id --by NAME"
            })
    void a_command_that_there_is_not_would_be_found(String command) {
        assertThat(wrongWith(command)).isNotEmpty();
    }

    private static List<String> commandsOf(String markdown) {
        Stream<String> lines = Stream.of("sh", "yaml")
                .flatMap(language -> Documents.blocks(markdown, language).stream())
                .flatMap(String::lines)
                .map(line -> line.strip().replaceFirst("^- ", ""));
        Stream<String> spans = SPAN.matcher(markdown).results().map(m -> m.group(1));
        return Stream.concat(lines, spans)
                .map(String::strip)
                .map(line ->
                        line.replaceFirst("^sudo -u tocsin ", "").replaceFirst("^pi-firmware/src/main/scripts/", ""))
                .filter(line -> line.startsWith("tocsin-firmware ") || line.startsWith("./tocsin "))
                .map(line -> line.replaceAll("TOCSIN:([\\w/-]+):…", sample().text()))
                .filter(line -> !line.contains("…"))
                .toList();
    }

    private static List<String> wrongWith(String command) {
        List<String> words = words(command);
        CommandLine ours = words.get(0).equals("./tocsin")
                ? dev.tocsin.simulator.cli.Main.commandLine().addSubcommand("bench", new BenchCommand())
                : dev.tocsin.firmware.app.Main.commandLine();
        try {
            List<String> rest =
                    words.stream().skip(1).map(CommandsTest::filledIn).toList();
            ours.parseArgs(rest.toArray(String[]::new));
            int claim = rest.indexOf("--claim");
            return claim >= 0
                            && EnrolmentClaim.parse(rest.get(claim + 1))
                                    instanceof EnrolmentClaim.Reading.Unreadable(String why)
                    ? List.of(why)
                    : List.of();
        } catch (ParameterException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        Matcher m = WORD.matcher(command);
        while (m.find()) {
            String word = m.group();
            if (word.startsWith("#") || word.equals(">")) {
                break; // a remark, or where the output goes
            }
            words.add(m.group(1) != null ? m.group(1) : m.group(2) != null ? m.group(2) : word);
        }
        return words;
    }

    /** What stands for something that only the reader has. */
    private static String filledIn(String word) {
        return switch (word) {
            case "ID" -> "school-007/button-3:12.4:9f3c2a11d05b7e60";
            case "CODE" -> sample().text();
            default -> word;
        };
    }

    /** A claim as a label has it. */
    private static EnrolmentClaim sample() {
        return new EnrolmentClaim(
                "school-007/button-3",
                Bytes.wrap(new byte[EnrolmentClaim.SECRET_BYTES]),
                Bytes.wrap("an authority".getBytes(StandardCharsets.UTF_8)).sha256());
    }
}
