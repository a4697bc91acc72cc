package dev.tocsin.firmware.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The help of every command in both languages. */
class UsageTest {

    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");

    private final List<CommandSpec> english =
            specs(Main.commandLine(Locale.GERMAN).getCommandSpec());
    private final List<CommandSpec> chinese =
            specs(Main.commandLine(Locale.SIMPLIFIED_CHINESE).getCommandSpec());

    private static List<CommandSpec> specs(CommandSpec top) {
        List<CommandSpec> all = new ArrayList<>(List.of(top));
        top.subcommands().values().forEach(sub -> all.addAll(specs(sub.getCommandSpec())));
        return all;
    }

    /** Everything that is said of a command and its options, with where it stands. */
    private static List<String> said(CommandSpec spec) {
        List<String> said = new ArrayList<>();
        String name = spec.qualifiedName() + ": ";
        Arrays.stream(spec.usageMessage().description()).forEach(line -> said.add(name + line));
        for (ArgSpec arg : args(spec)) {
            said.add(name + arg.paramLabel() + " " + String.join(" ", arg.description()));
        }
        spec.usageMessage().exitCodeList().forEach((code, why) -> said.add(name + code + " " + why));
        return said;
    }

    private static List<ArgSpec> args(CommandSpec spec) {
        return Stream.concat(spec.options().stream(), spec.positionalParameters().stream())
                .filter(arg -> !arg.hidden())
                .toList();
    }

    @Test
    void whatever_help_says_in_english_it_says_in_chinese() {
        assertThat(english).hasSameSizeAs(chinese).hasSizeGreaterThan(7);
        for (int i = 0; i < english.size(); i++) {
            List<String> here = said(english.get(i));
            List<String> there = said(chinese.get(i));
            assertThat(there).hasSameSizeAs(here);
            assertThat(here)
                    .as("English, in any other language")
                    .noneMatch(line -> CHINESE.matcher(line).find());
            assertThat(there).allMatch(line -> CHINESE.matcher(line).find());
            assertThat(there).noneMatch(line -> line.isBlank());
            assertThat(chinese.get(i).usageMessage().exitCodeList().keySet())
                    .isEqualTo(english.get(i).usageMessage().exitCodeList().keySet());
        }
    }

    @Test
    void no_chinese_help_is_of_something_that_is_not_there() {
        Set<String> known =
                new HashSet<>(Set.of("usage.synopsisHeading", "usage.commandListHeading", "usage.exitCodeListHeading"));
        for (CommandSpec spec : english) {
            String name = spec.qualifiedName(".") + ".";
            for (int i = 0; i < spec.usageMessage().description().length; i++) {
                known.add(name + "usage.description." + i);
            }
            for (int i = 0; i < spec.usageMessage().exitCodeList().size(); i++) {
                known.add(name + "usage.exitCodeList." + i);
            }
            for (ArgSpec arg : args(spec)) {
                String key = arg instanceof OptionSpec option
                        ? option.longestName().replaceFirst("^-+", "")
                        : arg.paramLabel();
                known.add(key);
                known.add(name + key);
            }
        }
        assertThat(known)
                .containsAll(
                        ResourceBundle.getBundle(Main.USAGE, Locale.CHINESE).keySet());
    }

    @Test
    void help_is_in_the_language_that_is_asked_for_on_the_command_line() {
        CommandLine asked = Main.commandLine(Language.asked("doctor", "--lang", "zh", "--help"));
        StringWriter out = new StringWriter();
        asked.setOut(new PrintWriter(out));
        assertThat(asked.execute("doctor", "--lang", "zh", "--help")).isZero();
        assertThat(out.toString())
                .startsWith("用法：")
                .contains("退出码：")
                .contains("不改变任何东西")
                .contains("/etc/tocsin/device.toml");
        assertThat(Language.asked("doctor", "--lang=zh")).isEqualTo(Locale.CHINESE);
        assertThat(Language.asked("doctor", "--lang")).isEqualTo(Locale.getDefault());
    }
}
