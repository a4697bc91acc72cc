package dev.tocsin.benchmarks.apart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One of the programs, running: is asked by lines, and answers by lines of JSON. One thread; closing it ends it, and so does
 * a signal to this process.
 */
public final class Child implements AutoCloseable {

    private static final long ENDING_S = 30;
    private static final int LAST_LINES = 15;
    private static final double KIB = 1024;

    private final Process process;
    private final Path log;
    private final BufferedReader answers;
    private final PrintWriter questions;
    private final ObjectMapper mapper = new ObjectMapper();
    private final Thread onSignal;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.questions = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        this.onSignal = new Thread(process::destroy, "tocsin-child-end");
    }

    /**
     * Starts one, on this JVM's class path.
     *
     * @param options of its JVM
     * @param log for what it says beside its answers
     */
    public static Child start(Class<?> program, List<String> options, Path log, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(arguments);
        Child child = new Child(
                new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
        try {
            Runtime.getRuntime().addShutdownHook(child.onSignal);
        } catch (IllegalStateException e) {
            child.process.destroy();
            throw new IOException("stopped by a signal", e);
        }
        return child;
    }

    /** Asks for something. */
    public void ask(String line) {
        questions.println(line);
    }

    /** Its next answer. Blocks; an {@link IOException} with the end of its log if it ended instead. */
    public JsonNode answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            List<String> said = Files.exists(log) ? Files.readAllLines(log) : List.of();
            throw new IOException("a process that measured ended without an answer:\n"
                    + String.join("\n", said.subList(Math.max(0, said.size() - LAST_LINES), said.size())));
        }
        return mapper.readTree(line);
    }

    /** What it has in memory, MiB; 0 where the system does not tell (it is Linux that does). */
    public double residentMib() {
        return residentMib(String.valueOf(process.pid()));
    }

    /** What this process has in memory, MiB. */
    public static double ownResidentMib() {
        return residentMib("self");
    }

    private static double residentMib(String process) {
        try {
            return Files.readAllLines(Path.of("/proc", process, "status")).stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    / KIB;
        } catch (IOException e) {
            return 0;
        }
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
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (IllegalStateException e) {
            // the signal came
        }
    }
}
