package dev.tocsin.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Centres as processes, one of them killed: a small {@code centre-crash}, some 15 seconds. */
class CentreKillTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void what_is_pressed_while_a_centre_is_dead_reaches_it_after_its_return() throws IOException {
        Path scenario = Files.writeString(folder.resolve("kill.yaml"), """
                version: 1
                name: kill
                fleet: {centres: [police, education], schools: {count: 1, devices: 3}}
                stimuli:
                  - {id: A, every: 1s, from: 500ms, times: 3, device: "*", press: {synthetic: bounce, hold: 300ms}}
                faults:
                  - {at: 1s, centre: police, kill: {for: 2s}}
                settle: 60s
                expect:
                  - {id: delivery, every: durable-alarm, to: route, exactly: once}
                  - {id: recovery, last-within: 30s, after: police-return}
                """);
        Tocsin tocsin = Tocsin.run("run", scenario.toString(), "--world", "real", "--report", folder.toString());
        assertThat(tocsin.exit()).as(tocsin.out() + tocsin.err()).isEqualTo(Exit.OK);
        assertThat(tocsin.err()).contains("police killed (SIGKILL)").contains("police is back");
        JsonNode json = new ObjectMapper().readTree(Files.readString(folder.resolve("result.json")));
        assertThat(json.at("/centres_as_processes").asBoolean()).isTrue();
        assertThat(json.at("/alarms/delivered").asInt()).isEqualTo(9);
        assertThat(json.at("/alarms/duplicated").asInt(-1)).isZero();
        assertThat(json.at("/expectations/1/detail").asText()).contains("alarms were waiting when police returned");
    }
}
