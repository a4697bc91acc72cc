package dev.tocsin.firmware.app;

import dev.tocsin.sdk.detect.Detector;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A detector to which contacts of the board tell something besides its sensor's samples: a beam, a card reader. */
final class BesideContacts implements Detector {

    /** Hears of a contact at each edge and ten times a second, on the detector's thread. */
    @FunctionalInterface
    interface Listener {
        /** It is so since then, on the device's monotonic clock, or still. */
        void is(long timeNs, boolean isActive);
    }

    private final Detector next;
    private final Map<String, Listener> listeners;

    /**
     * Samples go through.
     *
     * @param listeners by the board's input, in order
     */
    BesideContacts(Detector next, Map<String, Listener> listeners) {
        this.next = next;
        this.listeners = Collections.unmodifiableMap(new LinkedHashMap<>(listeners));
    }

    /** By the board's input. */
    Map<String, Listener> listeners() {
        return listeners;
    }

    @Override
    public int channels() {
        return next.channels();
    }

    @Override
    public void sample(long timeNs, double[] values) {
        next.sample(timeNs, values);
    }

    @Override
    public void step(long nowNs) {
        next.step(nowNs);
    }
}
