package dev.tocsin.sdk.journal;

import java.util.Arrays;
import java.util.Optional;

/** Who makes room for whom when the journal is full; the first goes first. */
public enum Priority {
    /** Telemetry: goes first. */
    TELEMETRY(0),
    /** A TEST, a FAULT: goes next, the oldest first. */
    ROUTINE(1),
    /** Lives may hang on it: never makes room. */
    LIFE(2);

    private final byte code;

    Priority(int code) {
        this.code = (byte) code;
    }

    /** Its number in the file format. */
    byte code() {
        return code;
    }

    static Optional<Priority> ofCode(byte code) {
        return Arrays.stream(values()).filter(p -> p.code == code).findFirst();
    }
}
