package dev.tocsin.firmware.app;

import dev.tocsin.firmware.board.Annunciator;
import dev.tocsin.firmware.board.Board;
import dev.tocsin.firmware.board.DebouncedInput;
import dev.tocsin.firmware.board.Show;
import dev.tocsin.sdk.Device;
import dev.tocsin.sdk.TocsinRuntime;
import dev.tocsin.sdk.model.StageTimes;
import dev.tocsin.sdk.session.Indication;
import java.io.IOException;

/**
 * A wall button: a panic contact, a key to reset it, lamps and a buzzer, wired to a device. The input is live before this
 * returns; the device arms as soon as its boot counter is kept, and the network may come when it likes.
 */
public final class ButtonDevice implements AutoCloseable {

    /** Name of the panic contact in the board's profile. */
    public static final String PANIC = "panic";

    /** Name of the key contact in the board's profile. */
    public static final String RESET = "reset";

    private final TocsinRuntime runtime;
    private final Device device;
    private final Board board;
    private final DebouncedInput panic;
    private final DebouncedInput reset;
    private final Annunciator annunciator;
    private boolean keyLeftTurned; // event loop

    private ButtonDevice(FirmwareConfig config, Device device, Board board, TocsinRuntime runtime) {
        this.runtime = runtime;
        this.device = device;
        this.board = board;
        this.panic = input(board, PANIC, runtime);
        this.reset = input(board, RESET, runtime);
        this.annunciator = new Annunciator(board, runtime.timers(), config.annunciation());
    }

    /**
     * Wires a board, which must hand its edges to the runtime's event loop, to a device.
     *
     * @throws IOException if the journal's folder or a socket cannot be opened, saying why
     */
    public static ButtonDevice open(FirmwareConfig config, Board board, TocsinRuntime runtime) throws IOException {
        ButtonDevice button = new ButtonDevice(config, runtime.open(config.device()), board, runtime);
        runtime.execute(button::start);
        return button;
    }

    private void start() {
        annunciator.show(Show.STARTING);
        device.onIndication(indication -> annunciator.show(show(indication)));
        panic.onPressed((edgeNs, decidedNs) -> device.press(new StageTimes(edgeNs, decidedNs)));
        panic.onHeld((heldNs, nowNs) -> device.hold(new StageTimes(heldNs, nowNs)));
        panic.onReleased((edgeNs, decidedNs) -> device.clearFault(PANIC + "-stuck"));
        reset.onPressed(this::keyTurned);
        reset.onReleased((edgeNs, decidedNs) -> keyLeftTurned = false);
        tellFaults(panic, PANIC);
        tellFaults(reset, RESET);
        board.onTrouble(problem -> device.raiseFault("board", problem));
        keyLeftTurned = board.isActive(RESET);
        panic.start();
        reset.start();
    }

    /** A key that was left turned over a power cut must not end the alarm that the power cut interrupted. */
    private void keyTurned(long edgeNs, long decidedNs) {
        if (keyLeftTurned) {
            keyLeftTurned = false;
            device.report("the reset key was left turned; turn it back and again to reset");
        } else if (panic.isPressed()) {
            // a contact that is still closed can tell of no further press: to show ARMED now would be a lie
            device.raiseFault(
                    PANIC + "-stuck", "reset refused: the panic contact is still closed; free the button first");
        } else {
            device.reset(new StageTimes(edgeNs, decidedNs));
        }
    }

    /** The device behind the button. */
    public Device device() {
        return device;
    }

    /** Lets go of board and device. What is in the journal goes on at the next start. */
    @Override
    public void close() {
        runtime.execute(() -> {
            panic.close();
            reset.close();
            annunciator.close();
            device.close();
            board.close();
        });
    }

    private static DebouncedInput input(Board board, String name, TocsinRuntime runtime) {
        return new DebouncedInput(
                board, name, runtime.timers(), runtime.clock()::nanoTime, DebouncedInput.Settings.DEFAULT);
    }

    private void tellFaults(DebouncedInput input, String name) {
        input.onStuck((isStuck, sinceNs) -> {
            if (isStuck) {
                device.raiseFault(name + "-stuck", "the " + name + " contact has been closed for minutes");
            } else {
                device.clearFault(name + "-stuck");
            }
        });
        input.onEdgeLost(new LostEdges(name));
    }

    /** A level that no edge announced, now and then, is a bouncing contact; press after press, edges have stopped coming. */
    private final class LostEdges implements Runnable {

        private static final int FAULT_AT = 20;

        private final String name;
        private int lost;

        LostEdges(String name) {
            this.name = name;
        }

        @Override
        public void run() {
            lost++;
            if (lost == FAULT_AT) {
                device.raiseFault(name + "-edges", "the " + name + " input has lost " + lost + " edges since start");
            }
        }
    }

    private static Show show(Indication indication) {
        return switch (indication) {
            case STARTING -> Show.STARTING;
            case ARMED -> Show.ARMED;
            case FAULT -> Show.FAULT;
            case RAISED -> Show.RAISED;
            case RECEIVED -> Show.RECEIVED;
            case ACCEPTED -> Show.ACCEPTED;
            case FAILED -> Show.FAILED;
            case DRILL -> Show.DRILL;
            case IN_DRILL -> Show.IN_DRILL;
        };
    }
}
