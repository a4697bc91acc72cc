package dev.tocsin.simulator.scenario;

import dev.tocsin.simulator.scenario.value.Moment;

/** When a fault happens. */
public sealed interface Occurrence {

    /** At a moment; at each device's own if it counts from a stimulus. */
    record At(Moment moment) implements Occurrence {}

    /** Again and again. */
    record Every(Repetition repetition) implements Occurrence {}

    /** So many times in each county, at moments drawn over the run, each at one device that is drawn, too. */
    record Anywhere(int times) implements Occurrence {}
}
