package dev.tocsin.simulator.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.tocsin.sdk.config.TomlTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code tocsin}. */
@Command(
        name = "tocsin",
        description = {
            "Runs fleets of school safety devices and the centres they report to, and proves that no alarm is lost.",
            ""
        },
        mixinStandardHelpOptions = true,
        version = Main.VERSION,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            ScenariosCommand.class,
            MutantsCommand.class,
            FuzzCommand.class,
            EvalCommand.class,
            CentreCommand.class,
            OrderCommand.class,
            OrdersCommand.class,
            LedgerCommand.class,
            CaCommand.class,
            PackageCommand.class,
            RolloutCommand.class,
            LabCommand.class,
            CrashCommand.class,
            BoardCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  tocsin run                      a county drill, in virtual time",
            "  tocsin run burst --report out   500 devices, an alarm each in a second",
            "  tocsin eval bounce DIR          the debouncer on recorded switches",
            "  tocsin bench --quick            how fast, beside what else one could use (in a checkout: ./tocsin bench)",
            "  source <(tocsin completion)     completion for bash and zsh",
        })
public final class Main implements Callable<Integer> {

    /** Name and version. */
    static final String VERSION = "tocsin 0.1.0";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "say more in the log, and where errors come from")
    private boolean verbose;

    private Main() {}

    /** Runs a command and exits with its code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command line, ready to execute. */
    public static CommandLine commandLine() {
        Main main = new Main();
        CommandLine tocsin = new CommandLine(main);
        tocsin.addSubcommand("completion", new CommandLine(completion()));
        tocsin.setExecutionStrategy(parsed -> {
            main.setUpLog();
            return new CommandLine.RunLast().execute(parsed);
        });
        tocsin.setParameterExceptionHandler((e, args) -> misused(e));
        tocsin.setExecutionExceptionHandler((e, command, parsed) -> main.failed(e, command));
        return tocsin;
    }

    /** picocli's own command under a shorter name. */
    private static CommandSpec completion() {
        CommandSpec completion = CommandSpec.forAnnotatedObject(new AutoComplete.GenerateCompletion());
        completion.name("completion");
        completion
                .usageMessage()
                .description("Prints a completion script for bash and zsh: source <(tocsin completion)");
        return completion;
    }

    private void setUpLog() {
        if (verbose && LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            root.setLevel(Level.INFO);
        }
    }

    /** One line on what is wrong, what was perhaps meant, and where to read on. */
    private static int misused(ParameterException e) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(command.getColorScheme().errorText("tocsin: " + e.getMessage()));
        if (!UnmatchedArgumentException.printSuggestions(e, err)) {
            nearestCommand(e).ifPresent(err::println);
        }
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return Exit.INVALID;
    }

    /** picocli compares pairs of letters, and so finds nothing near to a short word with two letters swapped. */
    private static Optional<String> nearestCommand(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return Optional.empty();
        }
        String hint = TomlTable.hintFor(
                unmatched.getUnmatched().getFirst(),
                e.getCommandLine().getSubcommands().keySet());
        return Optional.of(hint).filter(h -> h.startsWith("did you mean"));
    }

    private int failed(Exception e, CommandLine command) {
        PrintWriter err = command.getErr();
        if (e instanceof IOException || e instanceof UncheckedIOException) {
            err.println(command.getColorScheme().errorText("tocsin: " + e.getMessage()));
            err.flush();
            return Exit.UNAVAILABLE;
        }
        err.println(command.getColorScheme().errorText("tocsin: a bug: " + e));
        if (verbose) {
            e.printStackTrace(err);
        } else {
            err.println("Run it again with --verbose to see where, and tell us.");
        }
        err.flush();
        return Exit.INTERNAL;
    }

    /** Without a command: what there is, as for any other wrong word. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return Exit.INVALID;
    }
}
