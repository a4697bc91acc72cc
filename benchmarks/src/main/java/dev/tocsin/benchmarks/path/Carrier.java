package dev.tocsin.benchmarks.path;

import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** A receiver that runs, and the devices that can be connected to it. */
public interface Carrier extends AutoCloseable {

    /** Its name in tables and files, such as {@code tocsin-dtls}. */
    String name();

    /** What carries an alarm here and what was set, a sentence or two for whoever compares. */
    String description();

    /**
     * Makes one of the cast's devices. Blocks until it may raise; where the device needs a connection for that, it is
     * made here or by the first alarm.
     *
     * @param device its place in {@link Cast#devices}; each is connected once at a time
     * @throws IOException if it cannot be connected, saying why
     */
    Sender connect(int device) throws IOException;

    /** Alarms that come back from now on count among the {@link #stages}, or none does; at first none does. */
    default void watch(boolean on) {}

    /** Where the time of the alarms went that were watched, stage by stage in the order they happen, ns; empty where nobody looks. */
    default SortedMap<String, Histogram> stages() {
        return new TreeMap<>();
    }

    @Override
    void close();
}
