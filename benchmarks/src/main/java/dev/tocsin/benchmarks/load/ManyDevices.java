package dev.tocsin.benchmarks.load;

import dev.tocsin.benchmarks.path.Sender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Many devices of several paths at once, each raising its alarms at instants that were fixed beforehand, each alarm counted
 * from its instant: for networks where one alarm's way is long and the processor has time.
 */
public final class ManyDevices {

    /** How long after the last alarm the slowest may come back. */
    private static final long PATIENCE_S = 60;

    private record Due(long atNs, Sender device, Latencies latencies) {}

    private ManyDevices() {}

    /**
     * Raises alarms and waits until all are back. Blocks. No {@link Sender#raise} may block.
     *
     * @param paths devices by the path's name
     * @param period of each device; they begin spread over one
     * @param rounds alarms of each device
     */
    public static Map<String, Latencies> run(Map<String, List<Sender>> paths, Duration period, int rounds) {
        Map<String, Latencies> results = new LinkedHashMap<>();
        List<Due> schedule = new ArrayList<>();
        long startNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1);
        int path = 0;
        for (Map.Entry<String, List<Sender>> entry : paths.entrySet()) {
            Latencies latencies = new Latencies();
            results.put(entry.getKey(), latencies);
            int devices = entry.getValue().size();
            for (int d = 0; d < devices; d++) {
                // paths in turns: the offset of each is a fraction of the step from device to device
                long offsetNs = period.toNanos() * (d * (long) paths.size() + path) / ((long) devices * paths.size());
                for (int round = 0; round < rounds; round++) {
                    long atNs = startNs + offsetNs + round * period.toNanos();
                    schedule.add(new Due(atNs, entry.getValue().get(d), latencies));
                }
            }
            path++;
        }
        schedule.sort(Comparator.comparingLong(Due::atNs));
        raise(schedule);
        results.values().forEach(l -> {
            long missing = schedule.stream().filter(due -> due.latencies == l).count() - l.count() - l.failed();
            for (long i = 0; i < missing; i++) {
                l.failed(new IllegalStateException("not back " + PATIENCE_S + " s after the last was raised"));
            }
        });
        return results;
    }

    private static void raise(List<Due> schedule) {
        Semaphore back = new Semaphore(0);
        for (Due due : schedule) {
            FixedRate.await(due.atNs);
            var unused = due.device.raise().whenComplete((receiptedNs, failure) -> {
                if (receiptedNs == null) {
                    due.latencies.failed(failure);
                } else {
                    due.latencies.took(receiptedNs - due.atNs);
                }
                back.release();
            });
        }
        try {
            boolean unused = back.tryAcquire(schedule.size(), PATIENCE_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
