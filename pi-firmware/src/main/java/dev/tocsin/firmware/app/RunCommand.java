package dev.tocsin.firmware.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin-firmware run}: is a device until it is told to stop. */
@Command(
        name = "run",
        description = {
            "Runs this device until it is told to stop (Ctrl-C, SIGTERM).",
            "With hardware = \"desk\" in the configuration there are no pins: type " + DeskKeyboard.WORDS + "."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:stopped as told",
            " 2:the configuration says something wrong: change it; the next try would say the same",
            "75:a centre ordered a restart, or an update needs one: start it again",
            "69:this machine lacks something for now: GPIO, a folder, a socket, a file that can be read"
        })
final class RunCommand implements Callable<Integer> {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = Main.CONFIG,
            description = "the device's TOML file; default: ${DEFAULT-VALUE}")
    private Path config = Path.of(Main.CONFIG);

    @Option(
            names = "--train",
            hidden = true,
            description = "for the package: a start, a press and some seconds, to make the start-up cache of")
    private boolean train;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        return new DeviceRun(
                        config,
                        train,
                        spec.commandLine().getOut(),
                        spec.commandLine().getErr())
                .run();
    }
}
