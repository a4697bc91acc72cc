package dev.tocsin.simulator.run;

import dev.tocsin.sdk.session.Indication;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What each device has shown since when. Any thread. */
final class LampLog {

    /** From this time on the device shows this. */
    record Change(long atNs, Indication indication) {}

    private final Map<String, List<Change>> byDevice = new ConcurrentHashMap<>();

    /** A device says what it shows from now on. Called on its event loop. */
    void shows(String device, long atNs, Indication indication) {
        List<Change> changes = byDevice.computeIfAbsent(device, k -> new ArrayList<>());
        synchronized (changes) {
            changes.add(new Change(atNs, indication));
        }
    }

    /** What a device showed at one time, and every change until another; in order. */
    List<Change> of(String device, long fromNs, long toNs) {
        List<Change> changes = byDevice.getOrDefault(device, List.of());
        synchronized (changes) {
            int first = 0;
            while (first + 1 < changes.size() && changes.get(first + 1).atNs() <= fromNs) {
                first++;
            }
            return changes.stream().skip(first).filter(c -> c.atNs() <= toNs).toList();
        }
    }
}
