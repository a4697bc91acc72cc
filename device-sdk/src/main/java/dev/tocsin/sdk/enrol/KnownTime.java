package dev.tocsin.sdk.enrol;

import dev.tocsin.sdk.model.ClockQuality;
import dev.tocsin.sdk.port.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a device knows of the time for sure: its own clock while a time service keeps it, otherwise the latest moment that a
 * centre's signature or the authority's told of, and what has passed since by the monotonic clock. Belongs to the event
 * loop.
 */
final class KnownTime {

    private final Clock clock;
    private Optional<Instant> floor = Optional.empty();
    private long floorNs;

    KnownTime(Clock clock) {
        this.clock = clock;
    }

    /** It was, or is, this time. */
    void heard(Instant time) {
        if (floor.isEmpty() || time.isAfter(passed(floor.get()))) {
            floor = Optional.of(time);
            floorNs = clock.nanoTime();
        }
    }

    /** Not later than the true time, as long as what was heard is true; empty while nothing is known. */
    Optional<Instant> now() {
        if (clock.quality() == ClockQuality.SYNCHRONIZED) {
            heard(clock.wallTime());
        }
        return floor.map(this::passed);
    }

    private Instant passed(Instant since) {
        return since.plus(Duration.ofNanos(clock.nanoTime() - floorNs));
    }
}
