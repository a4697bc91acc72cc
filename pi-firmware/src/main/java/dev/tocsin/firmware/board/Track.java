package dev.tocsin.firmware.board;

/**
 * What one output does over time, a character for each {@link #BEAT_NS}: {@code #} on, {@code .} off.
 *
 * @param beats at least one
 * @param repeats from the start again at the end; or else off for good
 */
record Track(String beats, boolean repeats) {

    /** 0.1 s. */
    static final long BEAT_NS = 100_000_000;

    static final Track ON = loop("#");
    static final Track OFF = loop(".");

    Track {
        if (!beats.matches("[#.]+")) {
            throw new IllegalArgumentException("beats are # and ., at least one: \"" + beats + "\"");
        }
    }

    static Track loop(String beats) {
        return new Track(beats, true);
    }

    static Track once(String beats) {
        return new Track(beats, false);
    }

    /** Whether the output is on during a beat, 0 for the first. */
    boolean isOn(long beat) {
        if (!repeats && beat >= beats.length()) {
            return false;
        }
        return beats.charAt((int) (beat % beats.length())) == '#';
    }

    /** The first beat after this one in which the output changes, or {@link Long#MAX_VALUE}. */
    long nextChange(long beat) {
        for (long next = beat + 1; next <= beat + beats.length(); next++) {
            if (isOn(next) != isOn(beat)) {
                return next;
            }
        }
        return Long.MAX_VALUE;
    }
}
