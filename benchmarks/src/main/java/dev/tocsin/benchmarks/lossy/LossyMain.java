package dev.tocsin.benchmarks.lossy;

import dev.tocsin.benchmarks.load.Latencies;
import dev.tocsin.benchmarks.load.ManyDevices;
import dev.tocsin.benchmarks.path.Carrier;
import dev.tocsin.benchmarks.path.Cast;
import dev.tocsin.benchmarks.path.Paths;
import dev.tocsin.benchmarks.path.Sender;
import dev.tocsin.benchmarks.path.Site;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures paths over a bad network: the part that runs within a network namespace of its own, which {@link LossyRun} makes.
 * All paths at once, since each waits for the network nearly all the time. Its output is for {@link LossyRun} alone.
 *
 * <p>Arguments: a folder for ledgers and journals; alarms of each device; percentages of loss, split by commas; names of
 * paths, split by commas.
 */
public final class LossyMain {

    static final Duration ROUND_TRIP = Duration.ofMillis(80);
    static final int DEVICES = 32;
    static final Duration PERIOD = Duration.ofSeconds(2);

    private static final double PERCENT = 100;

    private LossyMain() {}

    /** Prints {@code path loss latencies} or {@code absent path why} for each. */
    public static void main(String... args) throws IOException {
        Path folder = Path.of(args[0]);
        int rounds = Integer.parseInt(args[1]);
        List<String> names = List.of(args[3].split(",", -1));
        PrintStream out = System.out;
        try (BadNetwork network = BadNetwork.open(ROUND_TRIP)) {
            Cast cast = Cast.of(BadNetwork.THERE, DEVICES);
            Site site = new Site(folder, BadNetwork.HERE, BadNetwork.THERE);
            List<Carrier> carriers = new ArrayList<>();
            Map<String, List<Sender>> devices = new LinkedHashMap<>();
            for (Paths.Candidate candidate : Paths.all()) {
                if (names.contains(candidate.name())) {
                    try {
                        Carrier carrier = candidate.opening().open(site, cast);
                        carriers.add(carrier);
                        devices.put(candidate.name(), connect(carrier));
                    } catch (IOException e) {
                        out.println("absent " + candidate.name() + " " + e.getMessage());
                    }
                }
            }
            ManyDevices.run(devices, PERIOD, 1); // sessions are open and code is warm before anything is lost
            for (String percent : args[2].split(",", -1)) {
                network.lose(Double.parseDouble(percent) / PERCENT);
                for (Map.Entry<String, Latencies> result :
                        ManyDevices.run(devices, PERIOD, rounds).entrySet()) {
                    out.println("measured " + result.getKey() + " " + percent + " "
                            + result.getValue().encoded());
                }
            }
            out.flush();
            network.lose(0);
            devices.values().forEach(list -> list.forEach(Sender::close));
            carriers.forEach(Carrier::close);
        }
        System.exit(0); // peers' libraries leave threads behind
    }

    private static List<Sender> connect(Carrier carrier) throws IOException {
        List<Sender> devices = new ArrayList<>();
        for (int i = 0; i < DEVICES; i++) {
            devices.add(carrier.connect(i));
        }
        return devices;
    }
}
