package dev.tocsin.firmware.app;

import dev.tocsin.firmware.board.Board;
import dev.tocsin.sdk.session.Maintenance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What orders of a centre can do with this board and program. The contacts of the button are no sensors: nobody bypasses
 * them. Belongs to the event loop.
 */
final class BoardMaintenance implements Maintenance {

    private static final Duration LAMP_TEST = Duration.ofMillis(500);

    private final Board board;
    private final StatusLamps lamps;
    private final Set<String> sensors;
    private final Optional<Runnable> restart;

    /**
     * @param sensors names of the detectors
     * @param restart ends the program so that it is started again; empty where nobody would
     */
    BoardMaintenance(Board board, StatusLamps lamps, Set<String> sensors, Optional<Runnable> restart) {
        this.board = board;
        this.lamps = lamps;
        this.sensors = Set.copyOf(sensors);
        this.restart = restart;
    }

    @Override
    public Set<String> sensors() {
        return sensors;
    }

    /** A panic contact that is closed while nobody presses is not well. */
    @Override
    public void tryOut(Consumer<Trial> done) {
        List<String> found = new ArrayList<>();
        boolean well = true;
        for (String input : board.profile().inputs().keySet()) {
            boolean active = board.isActive(input);
            well &= !(active && input.equals(ButtonDevice.PANIC));
            found.add(input + (active ? " active" : " at rest"));
        }
        String inputs = found.isEmpty() ? "no inputs" : "inputs: " + String.join(", ", found);
        String outputs = String.join(", ", board.profile().outputs().keySet());
        boolean isWell = well;
        lamps.test(
                LAMP_TEST,
                () -> done.accept(
                        new Trial(isWell, inputs + "; outputs switched: " + (outputs.isEmpty() ? "none" : outputs))));
    }

    @Override
    public Optional<Runnable> restart() {
        return restart;
    }
}
