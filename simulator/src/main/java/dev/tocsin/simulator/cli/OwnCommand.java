package dev.tocsin.simulator.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The command that is this program again: the same JVM and class path. */
final class OwnCommand {

    private OwnCommand() {}

    static List<String> line() {
        return Stream.concat(java().stream(), Stream.of(Main.class.getName())).toList();
    }

    /** The same without a main class. */
    static List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"));
    }
}
