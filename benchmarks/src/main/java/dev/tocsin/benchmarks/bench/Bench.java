package dev.tocsin.benchmarks.bench;

import dev.tocsin.benchmarks.load.Cold;
import dev.tocsin.benchmarks.load.FixedRate;
import dev.tocsin.benchmarks.load.Latencies;
import dev.tocsin.benchmarks.load.Saturation;
import dev.tocsin.benchmarks.lossy.LossyRun;
import dev.tocsin.benchmarks.path.Carrier;
import dev.tocsin.benchmarks.path.Cast;
import dev.tocsin.benchmarks.path.Paths;
import dev.tocsin.benchmarks.path.Paths.Candidate;
import dev.tocsin.benchmarks.path.Sender;
import dev.tocsin.benchmarks.path.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Measures paths in one process and in turns: what else the machine does meets all of them alike. Each turn raises alarms
 * at a fixed rate, counted from the instants at which they were due. One thread.
 */
final class Bench implements AutoCloseable {

    private static final long SEED = 42;
    private static final int SATURATING_DEVICES = 8;

    /** A path that stands ready. */
    private record Lane(Candidate candidate, Carrier carrier, Sender device, Latencies latencies, Latencies cold) {}

    private static final List<String> LOSSES = List.of("5", "20");

    private final Plan plan;
    private final Progress progress;
    private final BooleanSupplier interrupted;
    private final List<Lane> lanes = new ArrayList<>();
    private final Map<String, String> absent = new TreeMap<>();

    Bench(Plan plan, Progress progress, BooleanSupplier interrupted) {
        this.plan = plan;
        this.progress = progress;
        this.interrupted = interrupted;
    }

    /** Starts the paths; one that this machine does not have is noted. */
    void open(List<Candidate> candidates, Folders folders) {
        Cast cast = Cast.of("127.0.0.1", 1 + SATURATING_DEVICES + plan.cold());
        for (Candidate candidate : candidates) {
            Optional<Path> folder = candidate.synced() ? Optional.of(folders.disk()) : folders.memory();
            if (folder.isEmpty()) {
                absent.put(candidate.name(), "this machine has no file system in memory (/dev/shm)");
                continue;
            }
            progress.still("starting " + candidate.name());
            try {
                Carrier carrier = candidate.opening().open(Site.loopback(folder.get()), cast);
                try {
                    lanes.add(new Lane(candidate, carrier, carrier.connect(0), new Latencies(), new Latencies()));
                } catch (IOException e) {
                    carrier.close();
                    throw e;
                }
            } catch (IOException e) {
                absent.put(candidate.name(), String.valueOf(e.getMessage()));
            }
        }
    }

    /** Measures. Blocks until the plan is done or it is interrupted. */
    Result run(Machine machine, String command, Folders folders) throws IOException {
        for (Lane lane : lanes) {
            progress.phase("warming " + lane.candidate.name());
            warm(lane);
            if (interrupted.getAsBoolean()) {
                return result(machine, command, Map.of(), List.of(), true);
            }
        }
        lanes.forEach(lane -> lane.carrier.watch(true));
        List<Lane> order = new ArrayList<>(lanes);
        Random random = new Random(SEED);
        progress.phase(
                plan.rounds() + " rounds of " + plan.turn().toSeconds() + " s for each of " + lanes.size() + " paths");
        for (int round = 1; round <= plan.rounds(); round++) {
            Collections.shuffle(order, random);
            for (Lane lane : order) {
                if (interrupted.getAsBoolean()) {
                    return result(machine, command, Map.of(), List.of(), true);
                }
                double most = lane.candidate.mostPerSecond();
                lane.latencies.add(FixedRate.run(lane.device, plan.alarms(most), plan.rate(most)));
                progress.still("round " + round + " of " + plan.rounds());
            }
        }
        lanes.forEach(lane -> lane.carrier.watch(false));
        cold();
        Map<String, Double> most = saturate();
        return result(machine, command, most, lossy(folders), interrupted.getAsBoolean());
    }

    /** As fast as it goes; a path that cannot be hurried, at its own rate. */
    private void warm(Lane lane) {
        int alarms = lane.candidate.warmUp(plan.warmUp());
        double most = lane.candidate.mostPerSecond();
        if (most < plan.perSecond()) {
            Latencies unused = FixedRate.run(lane.device, alarms, most);
        } else {
            Saturation.warm(lane.device, alarms);
        }
    }

    /** In turns, too. Not from a mock board's contact: it is another device's connection that is asked about. */
    private void cold() throws IOException {
        progress.phase("first alarms of devices without a connection, " + plan.cold() + " of each path");
        for (int i = 0; i < plan.cold() && !interrupted.getAsBoolean(); i++) {
            for (Lane lane : lanes) {
                if (!lane.candidate.isFloor() && lane.candidate.mostPerSecond() >= plan.perSecond()) {
                    Cold.first(lane.carrier, 1 + SATURATING_DEVICES + i, lane.cold);
                }
            }
            progress.still("device " + (i + 1) + " of " + plan.cold());
        }
    }

    /** The bad network: our own path and the peers, in a process of their own. */
    private List<LossyRun.Lossy> lossy(Folders folders) throws IOException {
        if (plan.lossy() == 0 || interrupted.getAsBoolean()) {
            return List.of();
        }
        progress.phase("over a bad network: 5 and 20 % lost each way, 80 ms round trip, "
                + LossyRun.seconds(plan.lossy(), LOSSES.size()) + " s or more");
        LossyRun.Outcome outcome = LossyRun.run(
                folders.lossy(),
                plan.lossy(),
                LOSSES,
                lanes.stream()
                        .filter(lane ->
                                lane.candidate.peer() || lane.candidate.name().equals(Paths.OURS))
                        .map(lane -> lane.candidate.name())
                        .toList());
        absent.putAll(outcome.absent());
        return outcome.measured();
    }

    private Map<String, Double> saturate() throws IOException {
        Map<String, Double> perSecond = new TreeMap<>();
        for (Lane lane : lanes) {
            if (plan.saturation().isZero() || lane.candidate.mostPerSecond() < plan.perSecond()) {
                continue;
            }
            progress.phase("as fast as it goes: " + lane.candidate.name());
            List<Sender> devices = new ArrayList<>();
            try {
                for (int i = 1; i <= SATURATING_DEVICES; i++) {
                    devices.add(lane.carrier.connect(i));
                }
                devices.forEach(device -> Saturation.warm(device, 1));
                perSecond.put(lane.candidate.name(), Saturation.perSecond(devices, plan.saturation()));
            } catch (IllegalStateException e) { // told with the alarms that failed; the others' figures stand
                lane.latencies.failed(e);
            } finally {
                devices.forEach(Sender::close);
            }
        }
        return perSecond;
    }

    private Result result(
            Machine machine,
            String command,
            Map<String, Double> perSecond,
            List<LossyRun.Lossy> lossy,
            boolean cutShort) {
        return new Result(
                machine,
                command,
                plan,
                lanes.stream()
                        .map(lane -> {
                            Double most = perSecond.get(lane.candidate.name());
                            return new Result.Measured(
                                    lane.candidate.name(),
                                    lane.carrier.description(),
                                    lane.candidate.peer(),
                                    lane.candidate.synced(),
                                    lane.latencies,
                                    lane.cold,
                                    most == null ? OptionalDouble.empty() : OptionalDouble.of(most),
                                    lane.carrier.stages());
                        })
                        .toList(),
                lossy,
                absent,
                cutShort);
    }

    @Override
    public void close() {
        lanes.forEach(lane -> lane.device.close());
        lanes.forEach(lane -> lane.carrier.close());
    }
}
