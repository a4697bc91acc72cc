package dev.tocsin.firmware.app;

import dev.tocsin.sdk.detect.Detector;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A detector to which other sensors tell something besides its own: a beam, a card reader, a probe on another part. */
final class BesideSensors implements Detector {

    /** Hears each sample of another sensor, on the detector's thread. */
    @FunctionalInterface
    interface Listener {
        /**
         * A sample.
         *
         * @param timeNs when it was taken, on the device's monotonic clock
         * @param values one a channel of that sensor; not kept
         */
        void sample(long timeNs, double[] values);
    }

    /** Hears of a contact at each edge and ten times a second. */
    @FunctionalInterface
    interface ContactListener {
        /** It is so since then, on the device's monotonic clock, or still. */
        void is(long timeNs, boolean isActive);
    }

    /** Who hears what, in this order; a source that two listen to tells both. */
    static final class Listeners {
        private final Map<String, Listener> bySource = new LinkedHashMap<>();

        /** A contact of the board, where there is one. */
        Listeners contact(Optional<String> input, ContactListener listener) {
            return input.map(name -> sensor(name, (timeNs, values) -> listener.is(timeNs, values[0] > 0.5)))
                    .orElse(this);
        }

        Listeners sensor(String source, Listener listener) {
            bySource.merge(source, listener, (first, second) -> (timeNs, values) -> {
                first.sample(timeNs, values);
                second.sample(timeNs, values);
            });
            return this;
        }
    }

    private final Detector next;
    private final Map<String, Listener> listeners;

    /** Samples go through. */
    BesideSensors(Detector next, Listeners listeners) {
        this.next = next;
        this.listeners = Collections.unmodifiableMap(new LinkedHashMap<>(listeners.bySource));
    }

    /** By the name of the board's input or sensor. */
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
