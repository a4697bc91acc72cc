package dev.tocsin.benchmarks.apart;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tocsin.benchmarks.load.Latencies;
import dev.tocsin.benchmarks.load.ManyDevices;
import dev.tocsin.benchmarks.load.Saturation;
import dev.tocsin.benchmarks.path.Cast;
import dev.tocsin.benchmarks.path.CastFile;
import dev.tocsin.benchmarks.path.OwnDevices;
import dev.tocsin.benchmarks.path.Sender;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Many devices in one process, the load on a centre in another. Opens them and raises one alarm of each, so that all sessions
 * stand, then does what lines on its input say: {@code fast DEVICES SECONDS}, as fast as it goes with so many of them; {@code
 * rate PER_SECOND SECONDS}, so many alarms a second spread over all of them.
 *
 * <p>Arguments: a cast's file, how many of its devices, the centre's address, a folder. Answers {@code {"open"}} now and
 * then while it opens, then {@code {"alarms", "per_second"}} or {@code {"latencies"}}.
 */
public final class CrowdMain {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private CrowdMain() {}

    /** Works until its input ends. */
    public static void main(String... args) throws IOException {
        PrintStream out = System.out;
        int count = Integer.parseInt(args[1]);
        Cast cast = CastFile.read(Path.of(args[0]));
        OwnDevices devices = OwnDevices.startMany(cast, List.of(args[2]), Path.of(args[3]));
        List<Sender> senders = devices.connect(
                count, open -> out.println(MAPPER.createObjectNode().put("open", open)));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(answer(line.split(" ", -1), senders));
        }
        System.exit(0); // ten thousand devices are not closed one by one
    }

    private static ObjectNode answer(String[] words, List<Sender> senders) {
        Duration duration = Duration.ofSeconds(Long.parseLong(words[2]));
        return switch (words[0]) {
            case "fast" -> {
                int some = Math.min(Integer.parseInt(words[1]), senders.size());
                Saturation.Rate rate = Saturation.rate(senders.subList(0, some), duration);
                yield MAPPER.createObjectNode().put("alarms", rate.alarms()).put("per_second", rate.perSecond());
            }
            case "rate" ->
                MAPPER.createObjectNode()
                        .put(
                                "latencies",
                                spread(senders, Double.parseDouble(words[1]), duration)
                                        .encoded());
            default -> throw new IllegalArgumentException("not understood: " + words[0]);
        };
    }

    /** Over all devices in turns, one alarm of each in every round. */
    private static Latencies spread(List<Sender> senders, double perSecond, Duration duration) {
        int alarms = (int) Math.max(1, perSecond * duration.toSeconds());
        List<Sender> turn = new ArrayList<>();
        for (int i = 0; i < alarms; i++) {
            int fewAlarms = (int) ((long) i * senders.size() / alarms);
            turn.add(senders.get(alarms < senders.size() ? fewAlarms : i % senders.size()));
        }
        return ManyDevices.run(Map.of("all", turn), duration, 1)
                .values()
                .iterator()
                .next();
    }
}
