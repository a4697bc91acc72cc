package dev.tocsin.firmware.app;

import dev.tocsin.firmware.board.Board;
import dev.tocsin.firmware.board.BoardProfile;
import dev.tocsin.sdk.Device;
import dev.tocsin.sdk.TocsinRuntime;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A wall button: a panic contact, a key to reset it, lamps and a buzzer, wired to a device. The inputs are live before the
 * device arms; it arms as soon as its boot counter is kept, and the network may come when it likes.
 */
public final class ButtonDevice implements AutoCloseable {

    /** Name of the panic contact in the board's profile. */
    public static final String PANIC = "panic";

    /** Name of the key contact in the board's profile. */
    public static final String RESET = "reset";

    /** The inputs that a button needs. */
    public static final List<String> INPUTS = List.of(PANIC, RESET);

    private final TocsinRuntime runtime;
    private final Device device;
    private final ButtonWiring wiring;

    private ButtonDevice(Device device, ButtonWiring wiring, TocsinRuntime runtime) {
        this.runtime = runtime;
        this.device = device;
        this.wiring = wiring;
    }

    /**
     * Wires a board, which must hand its edges to the runtime's event loop, to a device.
     *
     * @throws IOException if the board lacks an input that a button needs, or the journal's folder or a socket cannot be
     *     opened, saying why
     */
    public static ButtonDevice open(FirmwareConfig config, Board board, TocsinRuntime runtime) throws IOException {
        List<String> missing = missing(board.profile());
        if (!missing.isEmpty()) {
            throw new IOException("board profile " + board.profile().name() + " has no input "
                    + String.join(" and no input ", missing) + ": it is no button's");
        }
        ButtonWiring wiring = new ButtonWiring(board, runtime, config.annunciation());
        Device device = runtime.open(config.device(), opened -> {
            wiring.connect(opened);
            opened.maintain(new BoardMaintenance(board, wiring.lamps(), Set.of(), Optional.empty()));
        });
        return new ButtonDevice(device, wiring, runtime);
    }

    /** The inputs that a button needs and this profile has not. */
    static List<String> missing(BoardProfile profile) {
        return INPUTS.stream()
                .filter(input -> !profile.inputs().containsKey(input))
                .toList();
    }

    /** The device behind the button. */
    public Device device() {
        return device;
    }

    /** Lets go of board and device. What is in the journal goes on at the next start. */
    @Override
    public void close() {
        runtime.execute(() -> {
            wiring.close();
            device.close();
            wiring.board().close();
        });
    }
}
