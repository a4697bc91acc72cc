package dev.tocsin.sdk.model;

/** How far a device's wall clock can be believed. */
public enum ClockQuality {
    /** Never set since power-on; may stand at 1970. */
    UNKNOWN,
    /** Set once, from a battery-backed clock or a centre; drifts. */
    FREE_RUNNING,
    /** Disciplined by a time service now. */
    SYNCHRONIZED
}
