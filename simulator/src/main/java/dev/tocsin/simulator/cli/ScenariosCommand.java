package dev.tocsin.simulator.cli;

import dev.tocsin.sdk.config.TomlTable;
import dev.tocsin.simulator.scenario.BuiltIn;
import dev.tocsin.simulator.scenario.Reading;
import dev.tocsin.simulator.scenario.Scenario;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin scenarios}: what there is to run. */
@Command(
        name = "scenarios",
        description = "Lists the scenarios that come along.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "[COMMAND]",
        subcommands = {ScenariosCommand.Show.class, ScenariosCommand.Schema.class})
final class ScenariosCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        for (String name : BuiltIn.NAMES) {
            BuiltIn.read(name).ifPresent(reading -> {
                if (reading instanceof Reading.Read(Scenario scenario)) {
                    out.printf("%-17s %s%n", name, firstSentence(scenario.story()));
                }
            });
        }
        out.println();
        out.println(
                "tocsin run NAME plays one, tocsin scenarios show NAME prints it; a file of your own is run by its path.");
        out.flush();
    }

    private static String firstSentence(String story) {
        String line = story.strip().replaceAll("\\s+", " ");
        int end = line.indexOf(". ");
        return end < 0 ? line : line.substring(0, end + 1);
    }

    /** {@code show}. */
    @Command(name = "show", description = "Prints a scenario's file.", mixinStandardHelpOptions = true)
    static final class Show implements Callable<Integer> {

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "NAME", completionCandidates = BuiltInNames.class, description = "the scenario's name")
        private String name = "";

        @Override
        public Integer call() {
            Optional<String> yaml = BuiltIn.yaml(name);
            if (yaml.isEmpty()) {
                spec.commandLine()
                        .getErr()
                        .println(
                                "tocsin: there is no scenario " + name + "; " + TomlTable.hintFor(name, BuiltIn.NAMES));
                return Exit.INVALID;
            }
            spec.commandLine().getOut().print(yaml.get());
            spec.commandLine().getOut().flush();
            return Exit.OK;
        }
    }

    /** {@code schema}. */
    @Command(
            name = "schema",
            description = "Prints the JSON schema of scenario files, for editors.",
            mixinStandardHelpOptions = true)
    static final class Schema implements Runnable {

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public void run() {
            spec.commandLine().getOut().print(BuiltIn.schema());
            spec.commandLine().getOut().flush();
        }
    }
}
