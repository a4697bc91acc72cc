package dev.tocsin.benchmarks.bench;

import dev.tocsin.benchmarks.load.FixedRate;
import dev.tocsin.benchmarks.load.Saturation;
import dev.tocsin.benchmarks.path.Carrier;
import dev.tocsin.benchmarks.path.Cast;
import dev.tocsin.benchmarks.path.Paths;
import dev.tocsin.benchmarks.path.Sender;
import dev.tocsin.benchmarks.path.Site;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One commit's paths in a process of their own, for {@link Against}: reads {@code turn PATH ALARMS RATE} line by line, and
 * writes the latencies of each on a line. Ends with its input.
 *
 * <p>Arguments: a folder for ledgers and journals, and how many alarms warm each path.
 */
public final class Worker {

    /** What is compared. */
    static final List<String> PATHS = List.of(Paths.FLOOR, Paths.OURS);

    /** Said when all is warm. */
    static final String READY = "ready";

    private Worker() {}

    /** Works until its input ends. */
    public static void main(String... args) throws IOException {
        PrintStream out = System.out;
        Cast cast = Cast.of("127.0.0.1", 1);
        Map<String, Carrier> carriers = new LinkedHashMap<>();
        Map<String, Sender> devices = new LinkedHashMap<>();
        for (Paths.Candidate candidate : Paths.all()) {
            if (PATHS.contains(candidate.name())) {
                Carrier carrier = candidate.opening().open(Site.loopback(Path.of(args[0])), cast);
                Sender device = carrier.connect(0);
                Saturation.warm(device, Integer.parseInt(args[1]));
                carriers.put(candidate.name(), carrier);
                devices.put(candidate.name(), device);
            }
        }
        out.println(READY);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            Sender device = devices.get(words[1]);
            if (device == null) {
                throw new IOException("no path " + words[1]);
            }
            out.println(FixedRate.run(device, Integer.parseInt(words[2]), Double.parseDouble(words[3]))
                    .encoded());
        }
        devices.values().forEach(Sender::close);
        carriers.values().forEach(Carrier::close);
        System.exit(0);
    }
}
