package dev.tocsin.simulator.run;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.tocsin.firmware.app.ButtonDevice;
import dev.tocsin.firmware.app.FirmwareConfig;
import dev.tocsin.firmware.board.DeskControls;
import dev.tocsin.firmware.board.Pi4jBoard;
import dev.tocsin.sdk.TocsinRuntime;
import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.config.Problem;
import dev.tocsin.sdk.session.Indication;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The devices of a run: real firmware on desk boards, dealt out to a runtime for each core, however many devices there are.
 * One thread opens and closes.
 */
final class DeviceFleet implements AutoCloseable {

    private static final int MAX_RUNTIMES = 4;

    /** A device's socket, its lock and its journal: two copies, of two generations for a moment. */
    static final int FILES_EACH = 6;

    /** Ledger, its log and readers, audit, socket. */
    private static final int FILES_OF_A_CENTRE = 32;

    /** Runtimes, classes that are loaded late, the report. */
    private static final int FILES_BESIDE = 64;

    private final List<TocsinRuntime> runtimes = new ArrayList<>();
    private final Claims claims;
    private final LampLog lamps;
    private final List<ButtonDevice> devices = new ArrayList<>();
    private final List<DeskControls> controls = new ArrayList<>();
    private final Set<Integer> linked = ConcurrentHashMap.newKeySet();

    /** Without devices yet. */
    DeviceFleet(Claims claims, LampLog lamps) throws IOException {
        this.claims = claims;
        this.lamps = lamps;
        int count = Math.min(MAX_RUNTIMES, Runtime.getRuntime().availableProcessors());
        for (int i = 0; i < count; i++) {
            TocsinRuntime runtime = TocsinRuntime.start();
            runtimes.add(runtime);
            runtime.execute(() -> {}); // its loop's thread starts with its first task
        }
    }

    /**
     * Whether this process may open what so many devices need.
     *
     * @throws IOException if not, saying how many files that is
     */
    static void requireFiles(int devices, int centresInProcess) throws IOException {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean machine) {
            long needed = machine.getOpenFileDescriptorCount()
                    + (long) devices * FILES_EACH
                    + (long) centresInProcess * FILES_OF_A_CENTRE
                    + FILES_BESIDE;
            if (needed > machine.getMaxFileDescriptorCount()) {
                throw new IOException(
                        devices + " devices may need " + needed + " open files, and this process may have "
                                + machine.getMaxFileDescriptorCount() + ": allow more (ulimit -n " + needed
                                + "), or take fewer devices");
            }
        }
    }

    /** Opens one more device. It arms and finds its centres by itself. */
    void open(Path config) throws IOException {
        int place = devices.size();
        TocsinRuntime runtime = runtimes.get(place % runtimes.size());
        FirmwareConfig read = switch (FirmwareConfig.load(config)) {
            case Loaded.Ok<FirmwareConfig>(FirmwareConfig good) -> good;
            case Loaded.Bad<FirmwareConfig>(List<Problem> problems) ->
                throw new IOException(problems.getFirst().toString()); // our own file: the machine does not give it
        };
        Pi4jBoard.Desk desk = Pi4jBoard.onDesk(read.profile(), runtime.clock()::nanoTime, runtime);
        ButtonDevice device = ButtonDevice.open(read, desk.board(), runtime);
        device.device().onAlarm(claims::hear);
        String id = read.device().settings().device();
        device.device().onIndication(indication -> {
            lamps.shows(id, runtime.clock().nanoTime(), indication);
            if (indication == Indication.ARMED) {
                linked.add(place); // armed, and every centre has been heard of
            }
        });
        devices.add(device);
        controls.add(desk.controls());
    }

    /** How many there are. */
    int size() {
        return devices.size();
    }

    /** How many have been armed and linked to every centre. */
    int linked() {
        return linked.size();
    }

    /** The hand on a device's contacts. */
    DeskControls controls(int place) {
        return controls.get(place);
    }

    @Override
    public void close() {
        devices.forEach(ButtonDevice::close);
        for (TocsinRuntime runtime : runtimes) {
            try {
                runtime.close();
            } catch (IOException e) {
                throw new IllegalStateException("the sockets of the fleet cannot be closed", e);
            }
        }
    }
}
