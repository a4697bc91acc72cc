package dev.tocsin.firmware.app;

import dev.tocsin.firmware.board.Annunciator;
import dev.tocsin.firmware.board.Board;
import dev.tocsin.firmware.board.Show;
import dev.tocsin.sdk.Device;
import dev.tocsin.sdk.TocsinRuntime;
import dev.tocsin.sdk.session.Indication;
import java.time.Duration;

/** What leads from a device to its lamps, and from its board's troubles to its faults. Belongs to the event loop. */
final class StatusLamps {

    private final Board board;
    private final Annunciator annunciator;

    StatusLamps(Board board, TocsinRuntime runtime, Annunciator.Profile annunciation) {
        this.board = board;
        this.annunciator = new Annunciator(board, runtime.timers(), annunciation);
    }

    /** Connects a device that has not started. */
    void connect(Device device) {
        annunciator.show(Show.STARTING);
        device.onIndication(indication -> annunciator.show(show(indication)));
        board.onTrouble(problem -> device.raiseFault("board", problem));
    }

    /** A lamp test. */
    void test(Duration lasts, Runnable done) {
        annunciator.test(lasts, done);
    }

    /** Puts the lamps out. */
    void close() {
        annunciator.close();
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
            case LOCATE -> Show.LOCATE;
        };
    }
}
