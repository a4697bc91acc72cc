package dev.tocsin.simulator.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The command that is this program again: the same JVM and class path. */
final class OwnCommand {

    private OwnCommand() {}

    static List<String> line() {
        return Stream.concat(java().stream(), Stream.of(Main.class.getName())).toList();
    }

    /** The same with as much memory as this process may have, and from the same checkout. */
    static List<String> asLarge() {
        Stream<String> home = Optional.ofNullable(System.getProperty("tocsin.home")).stream()
                .map(folder -> "-Dtocsin.home=" + folder);
        return Stream.of(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Xmx" + (Runtime.getRuntime().maxMemory() >> 20) + "m"),
                        home,
                        Stream.of("-cp", System.getProperty("java.class.path"), Main.class.getName()))
                .flatMap(words -> words)
                .toList();
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
