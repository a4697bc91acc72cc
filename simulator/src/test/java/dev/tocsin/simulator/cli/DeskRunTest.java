package dev.tocsin.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way, in real time and on real sockets: some seconds. */
class DeskRunTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void the_desk_holds_and_says_so_everywhere() throws IOException {
        Path report = folder.resolve("report");
        Tocsin tocsin = Tocsin.run("run", "desk", "--world", "real", "--seed", "5", "--report", report.toString());
        assertThat(tocsin.err().lines()).as("progress, and nothing else").allMatch(line -> line.startsWith("… "));
        assertThat(tocsin.out().lines()).as("the result alone").noneMatch(line -> line.startsWith("… "));
        assertThat(tocsin.exit()).as(tocsin.out()).isEqualTo(Exit.OK);
        assertThat(tocsin.out()).contains("contacts synthetic").contains("delivered 10, lost 0, duplicated 0");
        JsonNode json = new ObjectMapper().readTree(Files.readString(report.resolve("result.json")));
        assertThat(json.at("/verdict").asText()).isEqualTo("held");
        assertThat(json.at("/seed").asInt()).isEqualTo(5);
        assertThat(json.at("/alarms/raised").asInt()).isEqualTo(10);
        assertThat(json.at("/alarms/delivered").asInt()).isEqualTo(10);
        assertThat(json.at("/latency_ms/press_to_receipt/count").asInt()).isEqualTo(20);
        assertThat(report.resolve("junit.xml")).content().contains("testcase");
        assertThat(report.resolve("index.html"))
                .content()
                .contains("desk: held")
                .contains("./tocsin run desk --world real --seed 5")
                .contains("\"what\":\"signed\"")
                .contains("\"detail\":\"raised\"");
    }

    @Test
    void a_contact_that_closes_twice_in_one_press_breaks_a_promise_that_it_is_told_once() throws IOException {
        Files.writeString(
                folder.resolve("twice.csv"), "t_us,level,rising_edges\n0,1,0\n1,0,0\n90000,1,1\n400000,0,0\n");
        Path scenario = Files.writeString(folder.resolve("twice.yaml"), """
                version: 1
                name: twice
                fleet: {centres: [police], schools: {count: 1, devices: 1}}
                stimuli:
                  - {id: A, at: 500ms, device: "*", press: {trace: twice.csv, hold: 300ms, release: clean}}
                settle: 20s
                expect:
                  - {id: delivery, every: durable-alarm, to: route, exactly: once}
                  - {id: again, told-again: "<= 0"}
                """);
        Path report = folder.resolve("report");
        Tocsin tocsin =
                Tocsin.run("run", scenario.toString(), "--data", folder.toString(), "--report", report.toString());
        assertThat(tocsin.exit()).as(tocsin.out() + tocsin.err()).isEqualTo(Exit.VIOLATED);
        JsonNode json = new ObjectMapper().readTree(Files.readString(report.resolve("result.json")));
        assertThat(json.at("/alarms/told_again").asInt()).isEqualTo(1);
        assertThat(json.at("/alarms/duplicated").asInt(-1)).isZero();
        assertThat(json.at("/told_again/0/press").asText()).startsWith("A@");
        assertThat(json.at("/expectations/0/held").asBoolean()).isTrue();
        assertThat(json.at("/expectations/1/detail").asText())
                .contains("told again 1 (limit 0)")
                .contains("x2");
        assertThat(tocsin.out()).contains("told again 1");
    }
}
