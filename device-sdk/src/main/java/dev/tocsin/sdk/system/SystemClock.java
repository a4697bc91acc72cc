package dev.tocsin.sdk.system;

import dev.tocsin.sdk.model.ClockQuality;
import dev.tocsin.sdk.port.Clock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The machine's clocks. The wall clock counts as unknown while it stands before this software was written, as
 * synchronized while systemd-timesyncd says so, and as free-running otherwise.
 */
public final class SystemClock implements Clock {

    private static final Instant WRITTEN = Instant.parse("2026-11-01T00:00:00Z");
    private static final Path SYNCHRONIZED = Path.of("/run/systemd/timesync/synchronized");

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant wallTime() {
        return Instant.now();
    }

    @Override
    public ClockQuality quality() {
        if (wallTime().isBefore(WRITTEN)) {
            return ClockQuality.UNKNOWN;
        }
        return Files.exists(SYNCHRONIZED) ? ClockQuality.SYNCHRONIZED : ClockQuality.FREE_RUNNING;
    }
}
