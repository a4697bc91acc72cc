package dev.tocsin.simulator.crash;

import dev.tocsin.firmware.app.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One life of a device: the firmware in a process of its own, on a desk board whose button is typed. */
final class DeviceProcess {

    private final Process process;
    private final Writer keyboard;
    private final Thread reader;
    private final CountDownLatch armed = new CountDownLatch(1);

    /**
     * Starts the firmware.
     *
     * @param lines told of every line of its output; on a thread of its own
     */
    DeviceProcess(Path config, Consumer<String> lines) throws IOException {
        process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1", // starts sooner
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "run",
                        "--config",
                        config.toString()))
                .redirectErrorStream(true)
                .start();
        keyboard = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        reader = new Thread(() -> read(lines), "device-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Waits until it says that it is armed; false if it has not within that time. */
    boolean awaitArmed(long timeoutMs) throws InterruptedException {
        return armed.await(timeoutMs, TimeUnit.MILLISECONDS);
    }

    /** Types a line. A process that is gone hears nothing. */
    void type(String line) {
        try {
            keyboard.write(line + "\n");
            keyboard.flush();
        } catch (IOException e) {
            // it was just killed
        }
    }

    /** Lets time pass, and tells whether it is still alive. */
    boolean livesFor(long ms) throws InterruptedException {
        return !process.waitFor(ms, TimeUnit.MILLISECONDS);
    }

    /** SIGKILL, by process id; returns when it is gone and its last output has been read. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        reader.join();
    }

    /** Asks it to stop, as Ctrl-C would, and waits. */
    int stop() throws InterruptedException {
        type("quit");
        int code = process.waitFor();
        reader.join();
        return code;
    }

    private void read(Consumer<String> lines) {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.accept(line);
                if (line.startsWith("armed ")) {
                    armed.countDown();
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // the pipe breaks when it is killed; whatever came before has been read
        }
    }
}
