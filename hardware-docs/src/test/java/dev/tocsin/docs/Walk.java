package dev.tocsin.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * A page's commands in a shell, in a folder of their own.
 *
 * @param folder where they run
 * @param here what stands for the board's folders and addresses
 */
record Walk(Path folder, UnaryOperator<String> here) {

    private static final int PATIENCE_S = 180;

    /** How a command ended, and what it said. */
    record Ended(int code, String said) {}

    /** Our own programs as a shell finds them, a sudo that changes no user, and an install that changes no owner. */
    void equip() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Files.createDirectories(folder.resolve("etc/tocsin"));
        Files.createDirectories(folder.resolve("var/lib/tocsin/keys"));
        Files.createDirectories(folder.resolve("var/lib/tocsin/journal"));
        script(folder.resolve("tocsin"), java("dev.tocsin.simulator.cli.Main") + " \"$@\"");
        script(
                bin.resolve("tocsin-firmware"),
                java("dev.tocsin.firmware.app.Main") + " \"$@\" --config '" + folder + "/etc/tocsin/device.toml'");
        script(bin.resolve("sudo"), "[ \"$1\" != -u ] || shift 2; exec \"$@\"");
        script(
                bin.resolve("install"),
                "PATH=${PATH#*:}; [ \"$1 $3 $5\" = \"-m -o -g\" ] || exit 1; mode=$2; shift 6; exec install -m $mode \"$@\"");
    }

    private static String java(String main) {
        return "exec '%s' -cp '%s' --enable-native-access=ALL-UNNAMED -XX:TieredStopAtLevel=1 -Djava.awt.headless=true %s"
                .formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        System.getProperty("java.class.path"),
                        main);
    }

    private static void script(Path file, String line) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Writes a file of the page. */
    void writes(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), here.apply(text));
    }

    /** Runs commands, all of which must go well. Returns what they said. */
    String does(String commands) {
        Ended ended = run(commands);
        assertThat(ended.code()).as("%s%n%s", commands, ended.said()).isZero();
        return ended.said();
    }

    /** Runs commands, up to the first that fails. */
    Ended run(String commands) {
        try {
            Process shell = start(commands);
            String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(shell.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
            return new Ended(shell.exitValue(), said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts commands and leaves them running. */
    Process start(String commands) throws IOException {
        String exec =
                commands.strip().contains("\n") ? commands : "exec " + commands.strip(); // so that destroy() ends it
        ProcessBuilder shell = new ProcessBuilder("bash", "-euc", here.apply(exec))
                .directory(folder.toFile())
                .redirectErrorStream(true);
        shell.environment().merge("PATH", folder.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        return shell.start();
    }
}
