package dev.tocsin.simulator.scenario;

import dev.tocsin.simulator.yaml.Position;
import java.time.Duration;

/**
 * A drill that education orders.
 *
 * @param position where it is written
 * @param id its name
 * @param from when it begins, from the start of the run
 * @param to when it ends
 * @param schools whose devices, by the part of their ids before the first slash
 * @param by who orders it
 */
public record Drill(Position position, String id, Duration from, Duration to, Selector schools, String by) {

    /** The centre that orders drills. */
    public static final String ORDERED_BY = "education";

    /** The centre that takes no drill, and is told of each. */
    public static final String TOLD_TO = "police";

    /** Longest drill: a device believes no longer one. */
    public static final Duration LONGEST = Duration.ofHours(2);
}
