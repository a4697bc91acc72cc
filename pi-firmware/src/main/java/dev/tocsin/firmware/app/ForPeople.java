package dev.tocsin.firmware.app;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of the commands that tell a person about this device. */
final class ForPeople {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = Main.CONFIG,
            description = "the device's TOML file; default: ${DEFAULT-VALUE}")
    private Path config = Path.of(Main.CONFIG);

    @Option(names = "--lang", paramLabel = "LANG", description = "en or zh; default: the machine's language")
    private Optional<Language> language = Optional.empty();

    Path config() {
        return config;
    }

    Locale locale() {
        return Language.of(language);
    }
}
