package dev.tocsin.simulator.emulated;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Hears what a board says of its updates, and hands all of it on. Any thread. */
final class UpdateWatch implements EmulatedBoard.Listener {

    private static final String PREFIX = "update: ";

    private final EmulatedBoard.Listener next;
    private final Watched watched = new Watched();
    private final List<String> said = new ArrayList<>();

    /** One that has heard nothing. */
    UpdateWatch(EmulatedBoard.Listener next) {
        this.next = next;
    }

    @Override
    public void console(String line) {
        ConsoleReader.Said words = ConsoleReader.said(line);
        if (words.who().equals(Witness.FIRMWARE) && words.text().startsWith(PREFIX)) {
            watched.change(() -> said.add(words.text().substring(PREFIX.length())));
        }
        next.console(line);
    }

    @Override
    public void output(String name, boolean on) {
        next.output(name, on);
    }

    /** Whether it said, since it was first switched on, that it is so far with the update of this number: in any of these. */
    boolean isSaid(Set<String> phases, long sequence) {
        return watched.read(() -> heard(phases, sequence));
    }

    /** Waits until it has said so; false if it does not within that time. */
    boolean await(Set<String> phases, long sequence, Duration patience) throws InterruptedException {
        return watched.until(() -> heard(phases, sequence), patience);
    }

    /** The last that it said. */
    Optional<String> last() {
        return watched.read(() -> said.isEmpty() ? Optional.<String>empty() : Optional.of(said.getLast()));
    }

    private boolean heard(Set<String> phases, long sequence) {
        return phases.stream()
                .map(phase -> phase + " " + sequence)
                .anyMatch(
                        wanted -> said.stream().anyMatch(line -> line.equals(wanted) || line.startsWith(wanted + ":")));
    }
}
