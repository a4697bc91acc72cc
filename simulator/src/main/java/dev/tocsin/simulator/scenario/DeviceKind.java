package dev.tocsin.simulator.scenario;

import java.util.Locale;

/** What a device is, by the last part of its id: {@code school-007/fall-1} is worn. Every other name is a button's. */
public enum DeviceKind {
    /** A panic button on a wall. */
    BUTTON,
    /** Worn at the wrist: falls. */
    FALL,
    /** At a window, a parapet, a stairwell: a distance sensor. */
    EDGE,
    /** Worn by the water: a wet probe and an accelerometer. */
    WATER,
    /** A gauge in the water: its level. */
    LEVEL;

    /** The kind that an id names. */
    public static DeviceKind of(String id) {
        String last = id.substring(id.lastIndexOf('/') + 1);
        for (DeviceKind kind : values()) {
            if (last.matches(kind.word() + "-\\d+")) {
                return kind;
            }
        }
        return BUTTON;
    }

    /** As ids and {@code mix} write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it has something to sense with. */
    public boolean hasSensor() {
        return this != BUTTON;
    }
}
