package dev.tocsin.firmware.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tocsin-firmware}. */
@Command(
        name = "tocsin-firmware",
        description = "The firmware of a Tocsin school safety device.",
        mixinStandardHelpOptions = true,
        version = FirmwareConfig.SOFTWARE,
        subcommands = {RunCommand.class, CheckCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {

    /** Bad input: the configuration, an option. */
    static final int EXIT_INVALID = 2;

    /** The machine does not give what is needed: GPIO, a folder, a socket. */
    static final int EXIT_UNAVAILABLE = 69;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Main() {}

    /** Runs a command and exits with its code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command line, ready to execute. */
    static CommandLine commandLine() {
        return new CommandLine(new Main());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: run or check");
    }
}
