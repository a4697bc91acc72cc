package dev.tocsin.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tocsin.simulator.scenario.Reading;
import dev.tocsin.simulator.scenario.Scenario;
import dev.tocsin.simulator.scenario.ScenarioFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seeds as whoever types them sees them. */
class VirtualRunsTest {

    private static final String SMALL = """
            version: 1
            name: small
            run: {seed: 5, duration: 20s}
            fleet: {centres: [police, education], schools: {count: 1, devices: "2..3"}, channel: plain}
            network: {default: {latency: 40ms, loss: 10%}}
            stimuli:
              - {id: A, at: 1s, spread: 10s, device: "*", press: bounce}
            faults:
              - {anywhere: 2, device: "*", clock: {offset: 2s}}
            settle: 40s
            expect:
              - {id: delivery, every: durable-alarm, to: route, exactly: once}
            """;

    @TempDir
    private Path folder = Path.of("");

    private Path held = Path.of("");
    private Path broken = Path.of("");

    @BeforeEach
    void write() throws IOException {
        held = Files.writeString(folder.resolve("small.yaml"), SMALL);
        broken = Files.writeString(
                folder.resolve("broken.yaml"),
                SMALL.replace("settle: 40s", "settle: 1s")
                        .replace("faults:", "faults:\n  - {at: 1s, partition: {from: \"*\", to: police, for: 10m}}"));
    }

    private static JsonNode json(Path report) throws IOException {
        return new ObjectMapper().readTree(Files.readString(report.resolve("result.json")));
    }

    @Test
    void many_seeds_are_told_together_and_each_by_itself() throws IOException {
        Path report = folder.resolve("report");
        Tocsin tocsin =
                Tocsin.run("run", held.toString(), "--runs", "3", "--check-determinism", "--report", report.toString());
        assertThat(tocsin.exit()).as(tocsin.out() + tocsin.err()).isEqualTo(Exit.OK);
        assertThat(tocsin.out()).contains("seeds     held 3, violated 0").contains("met       clock-wrong 6");
        JsonNode json = json(report);
        assertThat(json.at("/verdict").asText()).isEqualTo("held");
        assertThat(json.at("/runs")).hasSize(3);
        assertThat(json.at("/runs/2/seed").asInt()).isEqualTo(7);
        assertThat(json.at("/runs/2/digest").asText()).hasSize(64);
        assertThat(json.at("/exercised/clock-wrong").asInt()).isEqualTo(6);
        assertThat(json.at("/alarms/raised").asInt())
                .isEqualTo(json.at("/latency_ms/press_to_receipt/count").asInt() / 2);
        assertThat(report.resolve("junit.xml"))
                .content()
                .contains("name=\"seed 6\"")
                .contains("tests=\"3\"");
        assertThat(report.resolve("index.html")).content().contains("--seed 7").contains("\"seeds\":[{\"seed\":\"5\"");
    }

    @Test
    void a_seed_that_does_not_hold_is_replayed_and_shrunk_to_a_file_that_fails_the_same_way() throws IOException {
        Path report = folder.resolve("report");
        Tocsin tocsin = Tocsin.run("run", broken.toString(), "--runs", "2", "--report", report.toString());
        assertThat(tocsin.exit()).as(tocsin.out() + tocsin.err()).isEqualTo(Exit.VIOLATED);
        assertThat(tocsin.out())
                .contains("replay: ./tocsin run " + broken + " --world virtual --seed 5")
                .contains("shrunk to 1 fault, 1 stimulus, 1 device of ");
        assertThat(json(report).at("/runs")).hasSize(1);
        Path shrunk = report.resolve("shrunk-small-5.yaml");
        assertThat(shrunk)
                .content()
                .startsWith("# Shrunk from small, seed 5, in ")
                .contains("# Violated: delivery")
                .contains("./tocsin run " + broken + " --world virtual --seed 5")
                .contains("./tocsin run " + shrunk + " --world virtual\n");
        Tocsin again = Tocsin.run("run", shrunk.toString(), "--no-shrink");
        assertThat(again.exit()).as(again.out() + again.err()).isEqualTo(Exit.VIOLATED);
        assertThat(again.out()).contains("violated delivery").doesNotContain("shrunk to");
    }

    @Test
    void a_way_shut_for_ten_minutes_is_in_the_run_s_availability_and_its_reporting_time() throws IOException {
        Path shut = Files.writeString(folder.resolve("shut.yaml"), """
                version: 1
                name: shut
                run: {seed: 1, duration: 40m}
                fleet: {centres: [police, education], devices: [school-001/button-1], channel: plain}
                stimuli:
                  - {id: A, at: 30m, device: "*", press: clean}
                faults:
                  - {at: 10m, partition: {from: "*", to: police, for: 10m}}
                expect:
                  - {id: offline, detected-within: 201s}
                """);
        Path report = folder.resolve("report");
        Tocsin tocsin = Tocsin.run("run", shut.toString(), "--report", report.toString());
        assertThat(tocsin.exit()).as(tocsin.out() + tocsin.err()).isEqualTo(Exit.OK);
        JsonNode figures = json(report).get("en50136");
        double ranS = json(report).at("/simulated_s").asDouble();
        // heartbeats come once a minute, so what is seen of ten minutes is up to two minutes more
        assertThat(figures.at("/availability_percent").asDouble())
                .isBetween(100 * (1 - 720 / (2 * ranS)), 100 * (1 - 600 / (2 * ranS)));
        assertThat(figures.at("/reporting_measured").asBoolean()).isTrue();
        assertThat(figures.at("/measured_s/reporting").asDouble()).isBetween(180.0, 201.0);
    }

    @Test
    void what_settles_too_late_is_found_however_long_the_run_goes_on() throws IOException {
        Path slow = Files.writeString(folder.resolve("slow.yaml"), """
                version: 1
                name: slow
                run: {seed: 1, duration: 12m}
                fleet: {centres: [police, education], devices: [school-001/button-1], channel: plain}
                stimuli:
                  - {id: A, at: 2m, device: "*", press: clean}
                faults:
                  - {at: 1m, partition: {from: "*", to: police, for: 313s}}
                settle: 1s
                expect:
                  - {id: delivery, every: durable-alarm, to: route, exactly: once}
                """);
        Tocsin tocsin = Tocsin.run("run", slow.toString(), "--no-shrink");
        assertThat(tocsin.exit()).as(tocsin.out() + tocsin.err()).isEqualTo(Exit.VIOLATED);
        assertThat(tocsin.out())
                .contains("held delivery")
                .containsPattern(
                        "violated promise-nothing-lost  1 broken: .*A@school-001/button-1 .* reached police \\d+ ms too late");
        Path patient = Files.writeString(
                folder.resolve("patient.yaml"), Files.readString(slow).replace("settle: 1s", "settle: 40s"));
        assertThat(Tocsin.run("run", patient.toString()).exit()).isEqualTo(Exit.OK);
    }

    @Test
    void what_changes_the_scenario_is_in_the_command_that_replays_it() {
        Tocsin tocsin = Tocsin.run(
                "run",
                broken.toString(),
                "--duration",
                "15s",
                "--devices",
                "2",
                "--swarm",
                "--seed",
                "0",
                "--no-shrink");
        assertThat(tocsin.exit()).as(tocsin.out() + tocsin.err()).isIn(Exit.OK, Exit.VIOLATED);
        Tocsin plain = Tocsin.run(
                "run", broken.toString(), "--duration", "15s", "--devices", "2", "--heartbeat", "20s", "--no-shrink");
        assertThat(plain.exit()).isEqualTo(Exit.VIOLATED);
        assertThat(plain.out())
                .contains(" --world virtual --seed 5 --devices 2 --duration 15000ms --heartbeat 20000ms\n")
                .contains("2 devices, 2 centres");
    }

    @Test
    void a_run_alone_is_played_again_in_a_process_of_its_own_and_its_report_says_so() throws IOException {
        Path report = folder.resolve("report");
        Tocsin tocsin = Tocsin.run(
                "run",
                held.toString(),
                "--check-determinism",
                "--swarm",
                "--seed",
                "6",
                "--heartbeat",
                "20s",
                "--report",
                report.toString());
        assertThat(tocsin.exit()).as(tocsin.out() + tocsin.err()).isEqualTo(Exit.OK);
        assertThat(tocsin.out())
                .contains("in another process")
                .contains("held deterministic  played twice: the same digest again");
        assertThat(json(report).at("/not_deterministic")).isEmpty();
        assertThat(report.resolve("junit.xml")).content().contains("name=\"deterministic\"");
    }

    @Test
    void a_run_that_comes_out_otherwise_the_second_time_is_violated_in_every_file_of_its_report() throws IOException {
        Path report = folder.resolve("report");
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        RunOutput output = new RunOutput(
                new PrintWriter(out),
                new PrintWriter(err),
                Optional.of(Files.createDirectories(report)),
                new RunOutput.Replay(held.toString(), "virtual", List.of(), List.of()));
        SeedOptions seeds = new SeedOptions();
        seeds.checkDeterminism = true;
        if (!(ScenarioFile.read(held) instanceof Reading.Read(Scenario scenario))) {
            throw new AssertionError("the scenario cannot be read");
        }
        int exit = new VirtualPlay(
                        seeds, folder, 1, output, new PrintWriter(err), interrupted -> Optional.of("f".repeat(64)))
                .play(scenario);
        assertThat(exit).isEqualTo(Exit.NOT_DETERMINISTIC);
        assertThat(err.toString())
                .contains("not deterministic: ./tocsin run " + held + " --world virtual --seed 5 --check-determinism");
        assertThat(out.toString())
                .contains("violated deterministic  played twice: the digest ")
                .contains("not shrunk");
        JsonNode json = json(report);
        assertThat(json.at("/verdict").asText()).isEqualTo("violated");
        assertThat(json.at("/not_deterministic/0").asLong()).isEqualTo(5);
        assertThat(report.resolve("junit.xml")).content().contains("failures=\"1\"");
        assertThat(report.resolve("index.html")).content().contains("\"verdict\":\"violated\"");
    }

    @Test
    void a_second_play_that_does_not_come_to_its_end_is_no_equal_one() {
        SecondPlay nothing =
                new SecondPlay(List.of("run", folder.resolve("gone.yaml").toString()), 1);
        assertThatThrownBy(() -> nothing.digest(() -> false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("exit code 2")
                .hasMessageContaining("no such file");
        assertThat(catchDigest(new SecondPlay(List.of("run", held.toString()), 1)))
                .isEmpty();
    }

    private static Optional<String> catchDigest(SecondPlay interrupted) {
        try {
            return interrupted.digest(() -> true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--keep=kept", "--centres-as-processes"})
    void what_only_the_real_world_has_is_refused_in_the_virtual_one(String option) {
        Tocsin tocsin = Tocsin.run("run", held.toString(), option);
        assertThat(tocsin.exit()).isEqualTo(Exit.INVALID);
        assertThat(tocsin.err())
                .contains(option.split("=", 2)[0] + " needs the real world")
                .contains("--world real");
    }

    @Test
    void threads_are_refused_in_the_real_world() {
        Tocsin tocsin = Tocsin.run("run", "desk", "--threads", "2");
        assertThat(tocsin.exit()).isEqualTo(Exit.INVALID);
        assertThat(tocsin.err()).contains("--threads needs the virtual world");
    }
}
