package dev.tocsin.sdk.model;

/** Where in its life an alarm is told. */
public enum AlarmState {
    /** It began. */
    RAISED,
    /** It goes on or got worse: pressed again while latched, from warning to danger. */
    UPDATED,
    /** It ended: reset with the key on the spot, or the condition is gone. */
    RESTORED
}
