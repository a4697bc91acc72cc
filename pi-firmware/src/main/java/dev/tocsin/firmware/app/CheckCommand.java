package dev.tocsin.firmware.app;

import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.session.CentreLink;
import dev.tocsin.sdk.session.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin-firmware check}: reads a configuration and says what is wrong with it. */
@Command(
        name = "check",
        description = "Reads a configuration file and says what is wrong with it, line by line.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {" 0:it can be used", " 2:it cannot"})
final class CheckCommand implements Callable<Integer> {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = Main.CONFIG,
            description = "the device's TOML file; default: ${DEFAULT-VALUE}")
    private Path config = Path.of(Main.CONFIG);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        return switch (FirmwareConfig.load(config)) {
            case Loaded.Bad<FirmwareConfig>(var problems) -> {
                problems.forEach(spec.commandLine().getErr()::println);
                yield Main.EXIT_INVALID;
            }
            case Loaded.Ok<FirmwareConfig>(FirmwareConfig c) -> {
                Settings settings = c.device().settings();
                String centres = String.join(
                        ", ", settings.centres().stream().map(CentreLink::id).toList());
                out.println(config + ": good. " + settings.device() + " on board "
                        + c.profile().name() + "; alarms go to " + centres);
                List<String> unwatched = Unwatched.of(c);
                if (!unwatched.isEmpty()) {
                    out.println("note: no detector looks at " + String.join(", ", unwatched)
                            + " of the board; [detectors.NAME] with that sensor would");
                }
                List<String> unlisted = unlisted(settings);
                if (!unlisted.isEmpty()) {
                    out.println("note: no centre lists " + String.join(", ", unlisted)
                            + " among its kinds; such an alarm goes to every centre");
                }
                yield 0;
            }
        };
    }

    /** An alarm has to go somewhere: what is nobody's goes to all, which may not be what the writer meant. */
    private static List<String> unlisted(Settings settings) {
        return Stream.of(AlarmKind.values())
                .filter(kind -> kind != AlarmKind.FAULT) // goes to all in any case
                .filter(kind -> settings.centres().stream()
                        .noneMatch(centre -> centre.kinds().contains(kind)))
                .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
