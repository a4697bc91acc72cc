package dev.tocsin.firmware.app;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
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

    /** Bad input: an option, or what the configuration says. {@code run} ends so only where nobody but a person can help. */
    static final int EXIT_INVALID = 2;

    /** The machine does not give what is needed: GPIO, a folder, a socket; to {@code run}, a file that can be read. */
    static final int EXIT_UNAVAILABLE = 69;

    /** A centre ordered it to restart: whoever watches it starts it again (sysexits.h, EX_TEMPFAIL). */
    static final int EXIT_RESTART = 75;

    /** What help says in another language than the annotations'. */
    static final String USAGE = "dev.tocsin.firmware.app.usage";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "say more in the log, on standard error")
    @SuppressWarnings("UnusedVariable") // main looks for it before anything can log
    private boolean verbose;

    private Main() {}

    /** Runs a command and exits with its code. */
    public static void main(String[] args) {
        if (List.of(args).contains("--verbose")) {
            System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "info"); // before anything logs
        }
        System.exit(plainRun(args)
                .map(config -> new DeviceRun(config, false, writer(System.out), writer(System.err)).run())
                .orElseGet(() -> commandLine(Language.asked(args)).execute(args)));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, false, stream.charset());
    }

    /**
     * The way in which a device is started each time, {@code run} with a configuration or without, is understood without the
     * command line's library: to load that takes a third of the time until the device is armed.
     *
     * @return the configuration's file; empty for everything else
     */
    static Optional<Path> plainRun(String... args) {
        if (args.length == 0 || !args[0].equals("run")) {
            return Optional.empty();
        }
        return switch (args.length) {
            case 1 -> Optional.of(Path.of(CONFIG));
            case 3 -> args[1].equals("--config") ? Optional.of(Path.of(args[2])) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** The command line, ready to execute; its help in the machine's language. */
    public static CommandLine commandLine() {
        return commandLine(Locale.getDefault());
    }

    /** The command line with help in Chinese where the locale is, and in English everywhere else. */
    static CommandLine commandLine(Locale locale) {
        Main main = new Main();
        CommandLine firmware = new CommandLine(main);
        CommandSpec completion = CommandSpec.forAnnotatedObject(new AutoComplete.GenerateCompletion());
        completion.name("completion"); // its help is looked up by it
        completion.usageMessage().description("Prints a completion script: source <(tocsin-firmware completion)");
        firmware.addSubcommand("completion", new CommandLine(completion));
        if (locale.getLanguage().equals(Locale.CHINESE.getLanguage())) {
            firmware.setResourceBundle(ResourceBundle.getBundle(
                    USAGE,
                    Locale.CHINESE,
                    ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)));
        }
        return firmware;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say what to do: enrol, run, check, doctor, status, selftest or pins");
    }
}
