package dev.tocsin.simulator.run;

import dev.tocsin.simulator.lab.Laboratory.LabCentre;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A centre in a process of its own: {@code tocsin centre --config FILE}. What it says is kept beside its configuration. */
final class CentreProcess implements RunningCentre {

    private static final long START_WITHIN_S = 60;
    private static final long STOP_WITHIN_S = 20;
    private static final String READY = " listens on ";

    private final String id;
    private final List<String> command;
    private final Path log;
    private Process process;

    private CentreProcess(String id, List<String> command, Path log) throws IOException {
        this.id = id;
        this.command = command;
        this.log = log;
        this.process = launch();
    }

    /**
     * Starts one. Blocks until it listens.
     *
     * @param tocsin the command that is this program, without arguments
     */
    static CentreProcess start(LabCentre centre, List<String> tocsin) throws IOException {
        List<String> command = new ArrayList<>(tocsin);
        command.addAll(List.of("centre", "--config", centre.config().toString()));
        return new CentreProcess(centre.id(), command, centre.config().resolveSibling("output.log"));
    }

    private Process launch() throws IOException {
        Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
        CompletableFuture<Boolean> ready = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(started, ready), "centre-output-" + id);
        reader.setDaemon(true);
        reader.start();
        try {
            if (ready.get(START_WITHIN_S, TimeUnit.SECONDS)) {
                return started;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // told below
        }
        started.destroyForcibly();
        throw new IOException("the process of the centre " + id + " does not start; what it said is in " + log);
    }

    private void read(Process from, CompletableFuture<Boolean> ready) {
        try (BufferedReader in = from.inputReader(StandardCharsets.UTF_8);
                BufferedWriter out =
                        Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.write(line + "\n");
                out.flush();
                if (line.contains(READY)) {
                    ready.complete(true);
                }
            }
        } catch (IOException e) {
            // the process is gone
        } finally {
            ready.complete(false);
        }
    }

    @Override
    public void kill() {
        process.destroyForcibly(); // SIGKILL
        awaitEnd();
    }

    @Override
    public void restart() throws IOException {
        process = launch();
    }

    @Override
    public void close() {
        process.destroy(); // SIGTERM: it closes its ledger
        if (!awaitEnd()) {
            process.destroyForcibly();
        }
    }

    private boolean awaitEnd() {
        try {
            return process.waitFor(STOP_WITHIN_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
