package dev.tocsin.simulator.scenario;

import dev.tocsin.simulator.scenario.value.Share;
import dev.tocsin.simulator.yaml.Position;
import java.time.Duration;
import java.util.Optional;

/**
 * Something that happens at devices.
 *
 * @param position where it is written
 * @param id its name
 * @param when when it happens
 * @param device which devices, see {@link Selector}
 * @param sample which part of them, drawn anew each time
 * @param action what happens
 */
public record Stimulus(Position position, String id, When when, Selector device, Share sample, Action action) {

    /**
     * When it happens at a device.
     *
     * @param repetition once, or again and again
     * @param spread the devices do not all do it at once but evenly over this long, in an order drawn from the seed
     */
    public record When(Repetition repetition, Duration spread) {}

    /** What happens. */
    public sealed interface Action {}

    /**
     * Somebody presses the panic button and lets go.
     *
     * @param contact how the contact closes
     * @param hold how long it is held after that
     * @param release how the contact opens; as it closed where empty
     * @param reset how long after the release the key is turned; it is not where empty
     */
    public record Press(Contact contact, Duration hold, Optional<Contact> release, Optional<Duration> reset)
            implements Action {}

    /** Somebody turns the reset key. */
    public record Reset() implements Action {}

    /** A sensor meets something. */
    public record Sense(Signal signal) implements Action {}

    /**
     * Somebody at every centre accepts alarms of these devices.
     *
     * @param after from then on every alarm is accepted so long after it came; what is open then, once, where empty
     * @param by who
     */
    public record Accept(Optional<Duration> after, String by) implements Action {}

    /** How a contact moves. */
    public sealed interface Contact {}

    /**
     * As one recording did.
     *
     * @param path file below the data folder
     */
    public record Trace(Position position, String path) implements Contact {}

    /**
     * As every recording of a manifest did, dealt out to the devices in turn; every press with a recorded release of its
     * session.
     *
     * @param manifest CSV file below the data folder
     * @param otherwise what is played where the data is not there
     * @param presses how many presses then
     */
    public record Recordings(Position position, String manifest, Synthetic otherwise, int presses) implements Contact {}

    /** As drawn from the seed. */
    public record Synthetic(Kind kind) implements Contact {

        /** How badly the contact bounces. */
        public enum Kind {
            /** One edge. */
            CLEAN,
            /** Some dozens of edges within a millisecond, as a sound switch does. */
            BOUNCE,
            /** Goes on bouncing for a tenth of a second, as a worn switch does. */
            WORN
        }
    }
}
