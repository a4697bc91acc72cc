package dev.tocsin.benchmarks.bench;

import dev.tocsin.benchmarks.load.Latencies;
import dev.tocsin.benchmarks.lossy.LossyRun;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What came of a run.
 *
 * @param machine where
 * @param command what was typed
 * @param plan how much was measured
 * @param paths what was measured, in the order of the tables
 * @param lossy what was measured over a bad network
 * @param absent paths that this machine does not have, by name, and why
 * @param cutShort whether it was stopped before the plan was done
 */
public record Result(
        Machine machine,
        String command,
        Plan plan,
        List<Measured> paths,
        List<LossyRun.Lossy> lossy,
        Map<String, String> absent,
        boolean cutShort) {

    public Result {
        paths = List.copyOf(paths);
        lossy = List.copyOf(lossy);
        absent = Collections.unmodifiableMap(new TreeMap<>(absent));
    }

    /**
     * A path that was measured.
     *
     * @param name its name
     * @param description what it is made of
     * @param peer whether it is what a user could pick instead of ours
     * @param synced whether its files lay on the disk
     * @param latencies how long alarms took
     * @param cold how long the first alarms of devices without a connection took; without samples if not measured
     * @param perSecond alarms a second as fast as it goes, where that was measured
     * @param stages where the time went
     */
    public record Measured(
            String name,
            String description,
            boolean peer,
            boolean synced,
            Latencies latencies,
            Latencies cold,
            OptionalDouble perSecond,
            SortedMap<String, Histogram> stages) {}

    /** One of them. */
    Optional<Measured> path(String name) {
        return paths.stream().filter(p -> p.name.equals(name)).findFirst();
    }

    /** Whether every alarm came back. */
    boolean whole() {
        return paths.stream().allMatch(p -> p.latencies.failed() + p.cold.failed() == 0 && p.latencies.count() > 0);
    }
}
