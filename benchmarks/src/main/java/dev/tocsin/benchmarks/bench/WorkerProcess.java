package dev.tocsin.benchmarks.bench;

import dev.tocsin.benchmarks.load.Latencies;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A {@link Worker} that runs. One thread. */
final class WorkerProcess implements AutoCloseable {

    private static final long ENDING_S = 10;

    private final Process process;
    private final BufferedReader answers;
    private final PrintWriter questions;

    private WorkerProcess(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.questions = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    }

    /**
     * Starts one. Blocks until it is warm.
     *
     * @param jar the commit's benchmarks
     * @param folder for its files
     */
    static WorkerProcess start(Path jar, Path folder, int warmUp) throws IOException {
        Files.createDirectories(folder);
        WorkerProcess worker = new WorkerProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseZGC", // as the launcher has it
                        "-cp",
                        jar.toString(),
                        Worker.class.getName(),
                        folder.toString(),
                        String.valueOf(warmUp))
                .redirectError(folder.resolve("worker.log").toFile())
                .start());
        String first = worker.answers.readLine();
        if (!Worker.READY.equals(first)) {
            worker.close();
            throw new IOException("the benchmarks of " + jar + " do not start:\n"
                    + Files.readString(folder.resolve("worker.log")).strip());
        }
        return worker;
    }

    Latencies turn(String path, int alarms, double perSecond) throws IOException {
        questions.println("turn " + path + " " + alarms + " " + perSecond);
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("a process that measured has ended by itself");
        }
        return Latencies.decoded(answer);
    }

    @Override
    public void close() {
        questions.close();
        try {
            if (!process.waitFor(ENDING_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
