package dev.tocsin.firmware.app;

import dev.tocsin.sdk.config.Loaded;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
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

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "the device's TOML file")
    private Path config = Path.of("");

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
                out.println(config + ": good. " + c.device().settings().device() + " on board "
                        + c.profile().name() + ", "
                        + c.device().settings().centres().size() + " centres");
                yield 0;
            }
        };
    }
}
