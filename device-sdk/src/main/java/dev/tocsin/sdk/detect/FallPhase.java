package dev.tocsin.sdk.detect;

/** Where a {@link FallDetector} stands, for plots. Decisions do not hang on it. */
public enum FallPhase {
    /** Nothing is going on. */
    WATCHING,
    /** The sensor weighs less than at rest. */
    WEIGHTLESS,
    /** Something hit it within the last second. */
    IMPACT,
    /** Something hit it within the last three seconds: is it still, and turned? */
    SETTLING,
    /** Somebody fell and is not up yet. */
    FALLEN,
    /** Under water: it decides nothing. */
    IMMERSED
}
