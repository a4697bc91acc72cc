package dev.tocsin.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page of a run in the virtual world is drawn from. */
class PagesTest {

    private static final Pattern DATA = Pattern.compile("id=\"data\">(.*?)</script>", Pattern.DOTALL);

    @TempDir
    private Path folder = Path.of("");

    private JsonNode page(String scenario) throws IOException {
        Path file = Files.writeString(folder.resolve("played.yaml"), scenario);
        Path report = folder.resolve("report");
        Tocsin tocsin = Tocsin.run("run", file.toString(), "--report", report.toString());
        assertThat(tocsin.exit()).as(tocsin.out() + tocsin.err()).isEqualTo(Exit.OK);
        Matcher data = DATA.matcher(Files.readString(report.resolve("index.html")));
        assertThat(data.find()).isTrue();
        return new ObjectMapper().readTree(data.group(1));
    }

    private static Stream<JsonNode> all(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static List<JsonNode> events(JsonNode timeline, String what, String lane) {
        return all(timeline.get("events"))
                .filter(e -> e.get("what").asText().equals(what)
                        && e.get("lane").asText().equals(lane))
                .toList();
    }

    private static final String DRILL = """
            version: 1
            name: drill
            run: {seed: 3, duration: 8m}
            fleet: {centres: [police, education], schools: {count: 2, devices: 2}}
            network: {default: {latency: 40ms}}
            stimuli:
              - {id: D, at: 4m, spread: 5s, device: "*/button-1", press: {synthetic: bounce, hold: 400ms, reset: 20s}}
              - {id: REAL, at: 1m, device: school-002/button-2, press: {synthetic: bounce, hold: 400ms, reset: 20s}}
            drills:
              - {id: TERM, from: 3m, to: 6m, schools: "*", by: "Education bureau"}
            settle: 1m
            expect:
              - {id: delivery, every: durable-alarm, to: route, exactly: once}
              - {id: no-police-at-drills, drills-at: police, at-most: 0}
            """;

    @Test
    void a_press_that_went_where_drills_belong_is_missing_nowhere_and_is_called_a_drill() throws IOException {
        JsonNode page = page(DRILL);
        assertThat(all(page.get("schools")).map(s -> s.get("state").asText()))
                .containsExactly("delivered", "delivered");
        assertThat(all(page.get("schools")).map(s -> s.get("drills").asInt())).containsExactly(1, 1);
        assertThat(page.get("timelines")).hasSize(3).allSatisfy(t -> {
            boolean drill = t.get("name").asText().startsWith("D@");
            assertThat(t.get("drill").asBoolean()).isEqualTo(drill);
            assertThat(t.get("missing")).isEmpty();
            assertThat(t.get("route")).hasSize(drill ? 1 : 2);
            assertThat(t.get("end").asDouble()).as("ends with its receipts").isLessThan(2000);
        });
    }

    /** Nothing at all passes for 90 s, and one press falls into it. */
    private static final String DEAF = """
            version: 1
            name: deaf
            run: {seed: 3, duration: 5m}
            fleet: {centres: [police, education], devices: [school-001/button-1], channel: %s}
            network: {default: {latency: 40ms}}
            stimuli:
              - {id: A, at: 130s, device: "*", press: {synthetic: bounce, hold: 400ms, reset: 2m}}
              - {id: OFFICER, at: 0s, device: "*", accept: {after: 1ms, by: "Officer Li"}}
            faults:
              - {at: 128s, weather: {loss: 100%%, for: 90s, devices: "*"}}
            settle: 2m
            expect:
              - {id: delivery, every: durable-alarm, to: route, exactly: once}
            """;

    @ParameterizedTest
    @ValueSource(strings = {"plain", "dtls"})
    void a_timeline_has_every_datagram_with_what_became_of_it_and_the_ledgers_commits(String channel)
            throws IOException {
        JsonNode page = page(DEAF.formatted(channel));
        JsonNode timeline = page.at("/timelines/0");
        long lost = page.at("/result/exercised/datagram-lost").asLong();
        assertThat(lost).isGreaterThan(20);
        long drawn = 0;
        for (String centre : List.of("police", "education")) {
            String network = "network:" + centre;
            List<JsonNode> losses = events(timeline, "datagram_lost", network);
            drawn += losses.size();
            assertThat(losses)
                    .hasSizeGreaterThan(5)
                    .allSatisfy(e -> assertThat(e.has("arrived")).isFalse());
            assertThat(losses.getFirst().get("at").asDouble())
                    .as("lost in the instant of its signing")
                    .isEqualTo(events(timeline, "signed", "device")
                            .getFirst()
                            .get("at")
                            .asDouble());
            List<JsonNode> arrived = events(timeline, "datagram", network);
            assertThat(Stream.concat(losses.stream(), arrived.stream()))
                    .anyMatch(e -> e.get("detail").asText().startsWith("again, "));
            assertThat(arrived)
                    .isNotEmpty()
                    .allSatisfy(e -> assertThat(
                                    e.get("arrived").asDouble() - e.get("at").asDouble())
                            .isBetween(39.9, 40.1));
            double committed = events(timeline, "committed", "ledger:" + centre)
                    .getFirst()
                    .get("at")
                    .asDouble();
            double receipt =
                    events(timeline, "receipt", network).getFirst().get("at").asDouble();
            assertThat(committed)
                    .isGreaterThanOrEqualTo(arrived.getFirst().get("arrived").asDouble())
                    .isLessThan(receipt);
            assertThat(events(timeline, "answer", network)
                            .getLast()
                            .get("arrived")
                            .asDouble())
                    .as("the datagram with the receipt")
                    .isEqualTo(receipt);
            assertThat(events(timeline, "accepted", network)).hasSize(1);
        }
        assertThat(drawn).as("of a heartbeat some more").isBetween(lost - 20, lost);
        assertThat(page.at("/result/latency_ms/press_to_ledger/count").asInt()).isEqualTo(2);
        assertThat(page.at("/result/latency_ms/press_to_ledger/by_centre/police/max")
                        .asDouble())
                .isGreaterThan(80_000);
        assertThat(page.at("/result/latency_ms/press_to_signed/count").asInt()).isEqualTo(1);
    }

    @Test
    void a_path_that_is_cut_at_the_centres_end_is_a_fault_of_the_devices_and_of_that_way_alone() throws IOException {
        JsonNode page = page(DEAF.formatted("plain")
                .replace(
                        "weather: {loss: 100%, for: 90s, devices: \"*\"}",
                        "partition: {from: police, to: \"*\", for: 60s}"));
        JsonNode timeline = page.at("/timelines/0");
        assertThat(all(timeline.get("faults")).map(f -> f.get("lane").asText())).containsExactly("network:police");
        assertThat(page.at("/result/latency_no_fault_ms/press_to_receipt/count").asInt())
                .isZero();
        assertThat(events(timeline, "answer_lost", "network:police"))
                .isNotEmpty()
                .allSatisfy(e -> assertThat(e.get("detail").asText()).endsWith("the path was cut"));
        assertThat(events(timeline, "answer_lost", "network:education")).isEmpty();
    }
}
