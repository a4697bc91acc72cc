package dev.tocsin.firmware.app;

import static dev.tocsin.firmware.app.ButtonDevice.PANIC;
import static dev.tocsin.firmware.app.ButtonDevice.RESET;

import dev.tocsin.firmware.board.Annunciator;
import dev.tocsin.firmware.board.Board;
import dev.tocsin.firmware.board.DebouncedInput;
import dev.tocsin.sdk.Device;
import dev.tocsin.sdk.TocsinRuntime;
import dev.tocsin.sdk.model.StageTimes;

/** What leads from a button's contacts to its device, and from the device to its lamps. Belongs to the event loop. */
final class ButtonWiring {

    /** Levels that no edge announced, since start; above it they are a fault. */
    private static final int LOST_EDGES_FAULT = 20;

    private final Board board;
    private final DebouncedInput panic;
    private final DebouncedInput reset;
    private final StatusLamps lamps;
    private boolean keyLeftTurned;

    /** Nothing is listened to yet. The board must have the inputs. */
    ButtonWiring(Board board, TocsinRuntime runtime, Annunciator.Profile annunciation) {
        this.board = board;
        this.panic = input(board, PANIC, runtime);
        this.reset = input(board, RESET, runtime);
        this.lamps = new StatusLamps(board, runtime, annunciation);
    }

    Board board() {
        return board;
    }

    StatusLamps lamps() {
        return lamps;
    }

    /** Connects a device that has not started. The lamp first: it must show what goes wrong with the rest. */
    void connect(Device device) {
        lamps.connect(device);
        panic.onPressed((edgeNs, decidedNs) -> device.press(new StageTimes(edgeNs, decidedNs)));
        panic.onHeld((heldNs, nowNs) -> device.hold(new StageTimes(heldNs, nowNs)));
        panic.onReleased((edgeNs, decidedNs) -> device.clearFault(PANIC + "-stuck"));
        reset.onPressed((edgeNs, decidedNs) -> keyTurned(device, new StageTimes(edgeNs, decidedNs)));
        reset.onReleased((edgeNs, decidedNs) -> keyLeftTurned = false);
        tellFaults(device, panic, PANIC);
        tellFaults(device, reset, RESET);
        panic.start();
        keyLeftTurned = board.isActive(RESET);
        reset.start();
    }

    /** Stops listening and puts the lamps out. */
    void close() {
        panic.close();
        reset.close();
        lamps.close();
    }

    /** A key that was left turned over a power cut must not end the alarm that the power cut interrupted. */
    private void keyTurned(Device device, StageTimes stages) {
        if (keyLeftTurned) {
            keyLeftTurned = false;
            device.report("the reset key was left turned; turn it back and again to reset");
        } else if (panic.isPressed()) {
            // a contact that is still closed can tell of no further press: to show ARMED now would be a lie
            device.raiseFault(
                    PANIC + "-stuck", "reset refused: the panic contact is still closed; free the button first");
        } else {
            device.reset(stages);
        }
    }

    private static DebouncedInput input(Board board, String name, TocsinRuntime runtime) {
        return new DebouncedInput(
                board, name, runtime.timers(), runtime.clock()::nanoTime, DebouncedInput.Settings.DEFAULT);
    }

    private static void tellFaults(Device device, DebouncedInput input, String name) {
        input.onStuck((isStuck, sinceNs) -> {
            if (isStuck) {
                device.raiseFault(name + "-stuck", "the " + name + " contact has been closed for minutes");
            } else {
                device.clearFault(name + "-stuck");
            }
        });
        input.onEdgeLost(new LostEdges(device, name));
    }

    /** A level that no edge announced, now and then, is a bouncing contact; press after press, edges have stopped coming. */
    private static final class LostEdges implements Runnable {

        private final Device device;
        private final String name;
        private int lost;

        LostEdges(Device device, String name) {
            this.device = device;
            this.name = name;
        }

        @Override
        public void run() {
            lost++;
            if (lost == LOST_EDGES_FAULT) {
                device.raiseFault(name + "-edges", "the " + name + " input has lost " + lost + " edges since start");
            }
        }
    }
}
