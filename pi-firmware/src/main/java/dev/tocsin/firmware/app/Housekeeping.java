package dev.tocsin.firmware.app;

import dev.tocsin.sdk.Device;
import dev.tocsin.sdk.port.Timers;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What a running firmware does beside being a device: tells its supervisor that it is ready and, from the very event loop that
 * alarms go through, that it lives; and keeps the file that says how it is. A loop that hangs tells nothing, and is started
 * again. Belongs to the event loop.
 */
final class Housekeeping {

    /** Between two looks at whether there is something to say. */
    static final long BEAT_NS = 1_000_000_000L;

    /** The file is written at least every so many beats, so that its age says something. */
    static final int BEATS_PER_STATUS = 10;

    private final StatusBook book;
    private final Supplier<Supervisor> door;
    private final Timers timers;
    private final Executor loop;
    private final Executor blocking;
    private final Path statusFile;
    private final boolean watched;
    private Supervisor supervisor = Supervisor.NONE;
    private int beats;
    private boolean closed;

    /**
     * Not started.
     *
     * @param door opens the way to the supervisor; may block. Not before the device is armed: whatever it has to load
     *     for that would keep the button waiting
     * @param loop the event loop, whose the timers are
     * @param blocking runs what may block
     * @param environment this process's; {@code WATCHDOG_USEC} says whether signs of life are wanted (sd_watchdog_enabled(3))
     */
    Housekeeping(
            StatusBook book,
            Supplier<Supervisor> door,
            Timers timers,
            Executor loop,
            Executor blocking,
            Path statusFile,
            Map<String, String> environment) {
        this.book = book;
        this.door = door;
        this.timers = timers;
        this.loop = loop;
        this.blocking = blocking;
        this.statusFile = statusFile;
        this.watched = environment.containsKey("WATCHDOG_USEC");
    }

    /** From now on; tells that it is ready when the device is armed. */
    void start(Device device) {
        book.follow(device);
        var unused = device.armed()
                .thenRun(() -> blocking.execute(() -> {
                    Supervisor opened = door.get();
                    loop.execute(() -> ready(opened));
                }));
    }

    private void ready(Supervisor opened) {
        supervisor = opened;
        if (closed) {
            supervisor.close();
            return;
        }
        supervisor.tell("READY=1\nSTATUS=armed");
        beat();
    }

    private void beat() {
        if (closed) {
            return;
        }
        boolean changed = book.hasChanged();
        if (changed || beats % BEATS_PER_STATUS == 0) {
            Status now = book.now();
            blocking.execute(() -> StatusFile.write(statusFile, now));
            if (changed) {
                supervisor.tell("STATUS=" + line(now));
            }
        }
        if (watched) {
            supervisor.tell("WATCHDOG=1");
        }
        beats++;
        timers.schedule(BEAT_NS, this::beat);
    }

    private static String line(Status s) {
        return (s.armed() ? "armed" : "not armed") + ", lamp " + s.lamp() + ", " + s.undelivered() + " undelivered, "
                + s.faults().size() + " faults";
    }

    /** Tells that it stops, and takes the file away. */
    void close() {
        closed = true;
        supervisor.tell("STOPPING=1");
        supervisor.close();
        blocking.execute(() -> StatusFile.remove(statusFile));
    }
}
