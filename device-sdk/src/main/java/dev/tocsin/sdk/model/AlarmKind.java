package dev.tocsin.sdk.model;

/** What an alarm is about. The names are the protocol's, see {@code tocsin.proto}. */
public enum AlarmKind {
    /** Someone pressed the panic button. Latches until reset on the spot. */
    PANIC,
    /** Someone is where a fall from a height threatens: window, parapet, stairwell. */
    FALL_RISK,
    /** Someone fell. */
    FALL,
    /** Someone is drowning. */
    DROWNING,
    /** Someone entered a watched water zone. */
    WATER_INTRUSION,
    /** Water reached a warning or danger level. */
    WATER_LEVEL,
    /** A perimeter beam or fence was crossed. */
    PERIMETER,
    /** A gate was forced or left open. */
    GATE,
    /** Fire or smoke. */
    FIRE,
    /** Gas. */
    GAS,
    /** Someone tampers with the device. */
    TAMPER,
    /** Supply lost or low. */
    POWER,
    /** The device found something wrong with itself. */
    FAULT;

    /** Whether lives may hang on it. Only a {@link #FAULT} and a {@link #POWER} loss may make room for others. */
    public boolean isLife() {
        return this != FAULT && this != POWER;
    }

    /** Whether it stays raised until someone resets it on the spot. */
    public boolean latches() {
        return this == PANIC;
    }
}
