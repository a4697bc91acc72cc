package dev.tocsin.sdk.detect;

import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import java.util.Objects;

/**
 * Something that a detector decided. After a {@code RAISED} of a kind come any number of {@code UPDATED}, each worse than
 * what was told before, and one {@code RESTORED}, of the same detector and kind; a kind that ends at once, such as a fall
 * after which somebody got up, is restored too.
 *
 * @param kind what it is
 * @param state whether it began, got worse or ended
 * @param edgeNs t0: the first sample that belongs to it
 * @param decidedNs t1: the sample or the step at which it was certain
 * @param text what was measured, with units, for people: {@code impact 3.4 g, lying for 2.0 s}
 */
public record Detection(AlarmKind kind, AlarmState state, long edgeNs, long decidedNs, String text) {

    /** Refuses a decision before its edge. */
    public Detection {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(text, "text");
        if (decidedNs < edgeNs) {
            throw new IllegalArgumentException("decided before the edge: " + decidedNs + " < " + edgeNs);
        }
    }
}
