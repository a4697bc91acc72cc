package dev.tocsin.simulator.check;

import dev.tocsin.sdk.model.AlarmKind;
import java.util.Set;

/**
 * Something that was really played to a sensor.
 *
 * @param id its name: the stimulus, the device, and which time
 * @param device where
 * @param owes kinds of alarm that a detector should tell it with; none for what only looks like something
 * @param fromNs when it began, on the observer's clock
 * @param toNs when it ended
 * @param excused whether the device need not have noticed: it had no power then, or its sensor was not well
 */
public record Happening(String id, String device, Set<AlarmKind> owes, long fromNs, long toNs, boolean excused) {

    public Happening {
        owes = Set.copyOf(owes);
    }

    /** The same, which the device need not have noticed. */
    public Happening excuse() {
        return new Happening(id, device, owes, fromNs, toNs, true);
    }
}
