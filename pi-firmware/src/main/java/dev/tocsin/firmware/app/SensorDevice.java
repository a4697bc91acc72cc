package dev.tocsin.firmware.app;

import dev.tocsin.firmware.board.Board;
import dev.tocsin.firmware.board.DeskSensor;
import dev.tocsin.firmware.board.sensor.SensorSource;
import dev.tocsin.sdk.Device;
import dev.tocsin.sdk.TocsinRuntime;
import dev.tocsin.sdk.session.Maintenance;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A device with sensors, a panic button, or both: whatever its board and its configuration have. Inputs are live before it
 * arms. A {@link ButtonDevice} is the same without sensors.
 */
public final class SensorDevice implements AutoCloseable {

    private final TocsinRuntime runtime;
    private final Board board;
    private final Optional<ButtonWiring> button;
    private final Optional<StatusLamps> lamps; // where the button has none
    private final SensorWiring sensors;
    private final Set<String> names;
    private final Optional<Runnable> restart;
    private final Device device;
    private Maintenance maintenance = Maintenance.NONE; // event loop only

    private SensorDevice(
            FirmwareConfig config,
            Board board,
            Map<String, ? extends SensorSource> parts,
            TocsinRuntime runtime,
            Optional<Runnable> restart,
            Consumer<Device> listening)
            throws IOException {
        this.restart = restart;
        this.names = config.sensing().watches().stream()
                .map(SensingConfig.WatchPlan::name)
                .collect(Collectors.toUnmodifiableSet());
        this.runtime = runtime;
        this.board = board;
        boolean isButton = ButtonDevice.missing(board.profile()).isEmpty();
        this.button =
                isButton ? Optional.of(new ButtonWiring(board, runtime, config.annunciation())) : Optional.empty();
        this.lamps = isButton ? Optional.empty() : Optional.of(new StatusLamps(board, runtime, config.annunciation()));
        this.sensors = new SensorWiring(config.sensing(), board, parts, runtime);
        this.device = runtime.open(config.device(), opened -> {
            listening.accept(opened);
            connect(opened);
        });
    }

    /** Without anybody who would start the program again: a centre's order to restart is refused. */
    public static SensorDevice open(
            FirmwareConfig config, Board board, Map<String, ? extends SensorSource> parts, TocsinRuntime runtime)
            throws IOException {
        return open(config, board, parts, runtime, Optional.empty(), device -> {});
    }

    /**
     * Wires a board, which must hand its edges to the runtime's event loop, to a device.
     *
     * @param parts the sensors of the board's profile by name, not started
     * @param restart ends the program so that it is started again, when a centre orders it
     * @param listening listens to the device; called on the event loop before anything happens
     * @throws IOException if there is neither a button nor a detector, or the journal's folder or a socket cannot be opened,
     *     saying why
     */
    public static SensorDevice open(
            FirmwareConfig config,
            Board board,
            Map<String, ? extends SensorSource> parts,
            TocsinRuntime runtime,
            Optional<Runnable> restart,
            Consumer<Device> listening)
            throws IOException {
        if (config.sensing().watches().isEmpty()
                && !ButtonDevice.missing(board.profile()).isEmpty()) {
            throw new IOException("board profile " + board.profile().name()
                    + " has no panic button, and the configuration no detector: there is nothing to raise an alarm");
        }
        return new SensorDevice(config, board, parts, runtime, restart, listening);
    }

    private void connect(Device opened) {
        lamps.ifPresent(l -> l.connect(opened));
        button.ifPresent(b -> b.connect(opened));
        sensors.connect(opened);
        lamps.or(() -> button.map(ButtonWiring::lamps)).ifPresent(shown -> {
            maintenance = new BoardMaintenance(board, shown, names, restart);
            opened.maintain(maintenance);
        });
    }

    /**
     * Tries the board out: switches the lamps, reads the inputs. Any thread.
     *
     * @param done told on the event loop
     */
    void tryOut(Consumer<Maintenance.Trial> done) {
        runtime.execute(() -> maintenance.tryOut(done));
    }

    /** The device itself. */
    public Device device() {
        return device;
    }

    /** The sensors of a desk by name, to be driven from any thread. */
    public Map<String, DeskSensor> desk() {
        return sensors.desk();
    }

    /** Lets go of board and device. What is in the journal goes on at the next start. */
    @Override
    public void close() {
        runtime.execute(() -> {
            sensors.close();
            button.ifPresent(ButtonWiring::close);
            lamps.ifPresent(StatusLamps::close);
            device.close();
            board.close();
        });
    }
}
