package dev.tocsin.benchmarks.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tocsin.benchmarks.load.Latencies;
import dev.tocsin.benchmarks.path.Paths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A result for programs: {@code {floor_us {p50, p99}, paths: [{name, p50_us, p99_us, p999_us, ratio_p50, ratio_p99}]}}. Our
 * own path as it ships and the peers, all synced, as times of the synced floor; the rest is in the table and the page.
 */
final class ResultJson {

    private ResultJson() {}

    /**
     * Writes the file.
     *
     * @throws IOException if it cannot be written
     */
    static void write(Result result, Path file) throws IOException {
        Files.writeString(file, text(result));
    }

    static String text(Result result) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        Latencies floor =
                result.path(Paths.FLOOR).map(Result.Measured::latencies).orElseThrow();
        root.putObject("floor_us").put("p50", floor.p50Us()).put("p99", floor.p99Us());
        ArrayNode paths = root.putArray("paths");
        for (Result.Measured path : result.paths()) {
            if (path.peer() || path.name().equals(Paths.OURS)) {
                Latencies l = path.latencies();
                paths.addObject()
                        .put("name", path.name())
                        .put("p50_us", l.p50Us())
                        .put("p99_us", l.p99Us())
                        .put("p999_us", l.p999Us())
                        .put("ratio_p50", l.p50Us() / floor.p50Us())
                        .put("ratio_p99", l.p99Us() / floor.p99Us());
            }
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }
}
