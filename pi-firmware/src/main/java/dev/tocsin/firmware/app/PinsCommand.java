package dev.tocsin.firmware.app;

import dev.tocsin.firmware.board.BoardProfile;
import dev.tocsin.firmware.board.BoardProfiles;
import dev.tocsin.firmware.wiring.Wiring;
import dev.tocsin.sdk.config.FileTrouble;
import dev.tocsin.sdk.config.Loaded;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin-firmware pins}: draws how a board is wired. */
@Command(
        name = "pins",
        description = {
            "Draws how a board is wired: in the terminal, as SVG for paper, or as a table for a document.",
            "Where neither a profile nor a configuration is named: the wall button."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:drawn",
            " 2:the profile or the configuration cannot be used",
            "69:the file cannot be written"
        })
final class PinsCommand implements Callable<Integer> {

    private static final String USUAL = "wall-button";

    @ArgGroup
    private Which which = new Which();

    @ArgGroup
    private Form form = new Form();

    @Option(names = "--lang", paramLabel = "LANG", description = "en or zh; default: the machine's language")
    private Optional<Language> language = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Whose pins. */
    private static final class Which {
        @Parameters(
                arity = "0..1",
                paramLabel = "PROFILE",
                descriptionKey = "PROFILE",
                description = "a built-in board profile, or a .toml file with one's own")
        private Optional<String> profile = Optional.empty();

        @Option(names = "--config", paramLabel = "FILE", description = "a device's TOML file: the board it names")
        private Optional<Path> config = Optional.empty();
    }

    /** What to make of it; the terminal's drawing where nothing is said. */
    private static final class Form {
        @Option(names = "--svg", paramLabel = "FILE", description = "write a drawing for paper, A4 across")
        private Optional<Path> svg = Optional.empty();

        @Option(names = "--table", description = "print the pin table in Markdown")
        private boolean table;
    }

    @Override
    public Integer call() {
        return switch (profile()) {
            case Loaded.Bad<BoardProfile>(var problems) -> {
                problems.forEach(spec.commandLine().getErr()::println);
                yield Main.EXIT_INVALID;
            }
            case Loaded.Ok<BoardProfile>(BoardProfile profile) -> draw(Wiring.of(profile));
        };
    }

    private Loaded<BoardProfile> profile() {
        if (which.config.isPresent()) {
            return switch (FirmwareConfig.load(which.config.get())) {
                case Loaded.Bad<FirmwareConfig>(var problems) -> new Loaded.Bad<>(problems);
                case Loaded.Ok<FirmwareConfig>(FirmwareConfig c) -> new Loaded.Ok<>(c.profile());
            };
        }
        String name = which.profile.orElse(USUAL);
        return name.endsWith(".toml") ? BoardProfiles.load(Path.of(name)) : BoardProfiles.builtIn(name);
    }

    private int draw(Wiring wiring) {
        PrintWriter out = spec.commandLine().getOut();
        Locale locale = Language.of(language);
        if (form.table) {
            out.print(wiring.table(locale));
        } else if (form.svg.isPresent()) {
            Path file = form.svg.get();
            try {
                Files.writeString(file, wiring.svg(locale));
            } catch (IOException e) {
                spec.commandLine()
                        .getErr()
                        .println("tocsin-firmware: --svg " + file + " cannot be written: " + FileTrouble.of(e));
                return Main.EXIT_UNAVAILABLE;
            }
            out.println("drawn: " + file);
        } else {
            out.print(wiring.text(locale));
        }
        out.flush();
        return 0;
    }
}
