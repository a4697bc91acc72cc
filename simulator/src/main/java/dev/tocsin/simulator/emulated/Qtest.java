package dev.tocsin.simulator.emulated;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * QEMU's test protocol, as little of it as lines need (QEMU, {@code softmmu/qtest.c}): drives a device's inputs and tells of
 * its outputs. Answers come in the order of the commands; what lines do comes in between.
 *
 * <p>{@link #line} is called by whoever reads the socket, the rest by one thread at a time.
 */
final class Qtest {

    private static final String DEVICE_INPUTS = "unnamed-gpio-in";
    private static final int MAX_ANSWERS = 64;

    /** Told of an output line. */
    @FunctionalInterface
    interface Outputs {
        /** On the thread that reads the socket. */
        void changed(int line, boolean high);
    }

    private final LineOut out;
    private final Outputs outputs;
    private final Duration patience;
    private final Watched watched = new Watched();
    private final Deque<String> answers = new ArrayDeque<>();

    /**
     * A client that has said nothing yet.
     *
     * @param patience how long an answer may take
     */
    Qtest(LineOut out, Outputs outputs, Duration patience) {
        this.out = out;
        this.outputs = outputs;
        this.patience = patience;
    }

    /** Takes a line from QEMU. */
    void line(String line) {
        String[] words = line.split(" ", -1);
        if (words[0].equals("IRQ") && words.length == 3) {
            outputs.changed(Integer.parseInt(words[2]), words[1].equals("raise"));
        } else {
            watched.change(() -> {
                if (answers.size() < MAX_ANSWERS) {
                    answers.add(line);
                }
            });
        }
    }

    /** Sets an input line of a device. */
    synchronized void set(String device, int line, boolean high) throws IOException, InterruptedException {
        command("set_irq_in %s %s %d %d".formatted(device, DEVICE_INPUTS, line, high ? 1 : 0));
    }

    /** From now on tells of a device's output lines. One device only; QEMU takes no second. */
    synchronized void watchOutputs(String device) throws IOException, InterruptedException {
        command("irq_intercept_out " + device);
    }

    private void command(String command) throws IOException, InterruptedException {
        out.send(command);
        if (!watched.until(() -> !answers.isEmpty(), patience)) {
            throw new IOException("QEMU does not answer " + command + " within " + patience.toSeconds() + " s");
        }
        String answer = watched.read(answers::remove);
        if (!answer.startsWith("OK")) {
            throw new IOException("QEMU refuses " + command + ": " + answer);
        }
    }
}
