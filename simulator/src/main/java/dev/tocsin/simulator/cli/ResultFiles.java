package dev.tocsin.simulator.cli;

import dev.tocsin.sdk.config.FileTrouble;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The files that an evaluation writes beside what it prints: tried before the work, written after it. */
final class ResultFiles {

    private ResultFiles() {}

    /** Writes one. */
    @FunctionalInterface
    interface Writing {
        void to(Path file) throws IOException;
    }

    /** Throws {@link ParameterException} if a file that is asked for cannot be written. */
    static void tryOut(CommandSpec spec, String option, @Nullable Path file) {
        if (file != null) {
            Outputs.file(option, file).ifPresent(trouble -> {
                throw new ParameterException(spec.commandLine(), trouble);
            });
        }
    }

    /** Writes a file if it is asked for; false, and told, if that fails after all. */
    static boolean write(CommandSpec spec, @Nullable Path file, Writing writing) {
        if (file == null) {
            return true;
        }
        try {
            writing.to(file);
            return true;
        } catch (IOException e) {
            spec.commandLine().getErr().println("tocsin: cannot write " + file + ": " + FileTrouble.of(e));
            return false;
        }
    }

    /** The command as it was given. */
    static String replay(CommandSpec spec) {
        return spec.commandLine().getParseResult().originalArgs().stream()
                .map(RunOutput::quoted)
                .collect(Collectors.joining(" ", "./tocsin ", ""));
    }
}
