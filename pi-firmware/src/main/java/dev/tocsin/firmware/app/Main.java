package dev.tocsin.firmware.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code tocsin-firmware}. */
@Command(
        name = "tocsin-firmware",
        description = "The firmware of a Tocsin school safety device.",
        mixinStandardHelpOptions = true,
        versionProvider = Release.class,
        subcommands = {
            RunCommand.class,
            EnrolCommand.class,
            CheckCommand.class,
            DoctorCommand.class,
            StatusCommand.class,
            SelftestCommand.class,
            PinsCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {

    /** Where the package puts a device's configuration. */
    static final String CONFIG = "/etc/tocsin/device.toml";

    /** Bad input: the configuration, an option. */
    static final int EXIT_INVALID = 2;

    /** The machine does not give what is needed: GPIO, a folder, a socket. */
    static final int EXIT_UNAVAILABLE = 69;

    /** A centre ordered it to restart: whoever watches it starts it again (sysexits.h, EX_TEMPFAIL). */
    static final int EXIT_RESTART = 75;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "say more in the log, on standard error")
    private boolean verbose;

    private Main() {}

    /** Runs a command and exits with its code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command line, ready to execute. */
    public static CommandLine commandLine() {
        Main main = new Main();
        CommandLine firmware = new CommandLine(main);
        CommandSpec completion = CommandSpec.forAnnotatedObject(new AutoComplete.GenerateCompletion());
        completion.usageMessage().description("Prints a completion script: source <(tocsin-firmware completion)");
        firmware.addSubcommand("completion", new CommandLine(completion));
        firmware.setExecutionStrategy(parsed -> {
            main.setUpLog();
            return new CommandLine.RunLast().execute(parsed);
        });
        return firmware;
    }

    private void setUpLog() {
        if (verbose && LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
            root.setLevel(Level.INFO);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say what to do: enrol, run, check, doctor, status, selftest or pins");
    }
}
