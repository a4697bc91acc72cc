package dev.tocsin.sdk.detect;

import java.time.Duration;

/**
 * A wet probe: two electrodes, read in ohms.
 *
 * @param wetUs this much conductance over the dry one is water, 1 to 5,000 µS. For fresh water 50; a film of rain on the
 *     guard ring of a probe that is mounted upright stays below half of that
 * @param wetFor for so long, in all, 0.2 to 30 s. A splash runs off within 1 s, a wave's crest within 2 s: 3 s. Who is under
 *     water for 3 s has minutes left, not seconds (see {@link DrowningGuard})
 * @param dryFor dry again for so long, 0.2 to 60 s
 * @param creepUsPerHour the fastest that the dry conductance grows by dirt, 0 to 1,000 µS/h: electrolysis and algae take days
 * @param fouledUs dry conductance above this is a fouled probe, 0.1 µS up to {@code wetUs}
 * @param gap the longest time between two samples that belong together, 50 ms to 60 s
 */
public record ProbeSettings(
        double wetUs, Duration wetFor, Duration dryFor, double creepUsPerHour, double fouledUs, Duration gap) {

    /** For fresh water: 50 µS for 3 s, dry after 2 s, creeping 20 µS/h, fouled at 30 µS. */
    public static final ProbeSettings FRESH_WATER =
            new ProbeSettings(50, Duration.ofSeconds(3), Duration.ofSeconds(2), 20, 30, Duration.ofSeconds(2));

    /** Throws {@link IllegalArgumentException} outside the ranges. */
    public ProbeSettings {
        Checks.within("wetUs", wetUs, 1, 5_000);
        Checks.within("wetFor", wetFor, Duration.ofMillis(200), Duration.ofSeconds(30));
        Checks.within("dryFor", dryFor, Duration.ofMillis(200), Duration.ofSeconds(60));
        Checks.within("creepUsPerHour", creepUsPerHour, 0, 1_000);
        Checks.within("fouledUs", fouledUs, 0.1, wetUs);
        Checks.within("gap", gap, Duration.ofMillis(50), Duration.ofSeconds(60));
    }
}
