package dev.tocsin.simulator.check;

/**
 * Something that was really done at a device, told by whoever did it.
 *
 * @param id its name: the stimulus, the device, and which time
 * @param device where
 * @param kind what
 * @param atNs when the contact first moved, on the devices' monotonic clock
 * @param heldNs how long the contact was held, from its first movement to its last
 * @param excused whether the device need not have noticed: it had no power, or its contact was broken
 */
public record Deed(String id, String device, Kind kind, long atNs, long heldNs, boolean excused) {

    /** A deed that the device must have noticed, too short to mean anything else. */
    public Deed(String id, String device, Kind kind, long atNs) {
        this(id, device, kind, atNs, 0, false);
    }

    /** The same, which the device need not have noticed. */
    public Deed excuse() {
        return new Deed(id, device, kind, atNs, heldNs, true);
    }

    /** The same, held until then. */
    public Deed until(long toNs) {
        return new Deed(id, device, kind, atNs, Math.max(0, toNs - atNs), excused);
    }

    /** What can be done to a wall button. */
    public enum Kind {
        /** The panic button was pressed: owes an alarm. */
        PRESS,
        /** The key was turned: owes the end of the alarm that is latched, if one is. */
        RESET
    }
}
