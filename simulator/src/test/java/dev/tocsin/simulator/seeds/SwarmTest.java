package dev.tocsin.simulator.seeds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.simulator.run.DeviceIds;
import dev.tocsin.simulator.scenario.Expectation;
import dev.tocsin.simulator.scenario.Fleet;
import dev.tocsin.simulator.scenario.Occurrence;
import dev.tocsin.simulator.scenario.Reading;
import dev.tocsin.simulator.scenario.Scenario;
import dev.tocsin.simulator.scenario.ScenarioFile;
import dev.tocsin.simulator.scenario.ScenarioYaml;
import dev.tocsin.simulator.scenario.value.Share;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A seed's mix is a function of the seed, and different enough from the next one's. */
class SwarmTest {

    private static final int DECLARED = 8;

    private static final Scenario SCENARIO = scenario("""
            version: 1
            name: mixed
            run: {seed: 1, duration: 1h}
            fleet:
              centres: [police, education]
              backup: [police]
              schools: {count: 40, devices: "2..6"}
            network:
              default: {latency: "lognormal(60ms, 0.5)", loss: 4%, reorder: 1%, nat: {idle: 30s}}
            stimuli:
              - {id: A, every: 10m, device: "*", sample: 20%, press: bounce}
              - {id: B, at: 5m, device: school-009/button-1, press: bounce}
              - {id: K, at: 0s, device: "*", accept: {after: 20s, by: "Officer Li"}}
            faults:
              - {anywhere: 20, device: "*", power-cut: {for: 10s}}
              - {anywhere: 20, device: "*", nat-rebind: true}
              - {every: 10m, device: "*", sample: 30%, clock: {offset: 2s}}
              - {at: B+40ms, power-cut: {for: 10s}}
              - {at: 10m, centre: police, kill: {for: 30s}}
              - {at: 20m, centre: police, failover: {for: 30s}}
              - {at: 30m, weather: {loss: 20%, for: 5m}}
              - {at: 40m, attacker: {replay: 20%, forge: 5, for: 5m}}
            settle: 5m
            expect:
              - {id: delivery, every: durable-alarm, to: route, exactly: once}
              - {id: receipt, from: press, to: receipt, p99: "< 2s", samples: ">= 1000"}
              - {id: back, last-within: 15s, after: police-return}
            """);

    private static final List<Scenario> MIXES = LongStream.range(0, 400)
            .mapToObj(seed -> Swarm.of(SCENARIO.withSeed(seed)))
            .toList();

    private static Scenario scenario(String yaml) {
        return switch (ScenarioFile.parse("mixed", yaml)) {
            case Reading.Read(Scenario scenario) -> scenario;
            case Reading.Refused refused ->
                throw new AssertionError(refused.problems().toString());
        };
    }

    @Test
    void the_same_seed_draws_the_same_mix_and_another_seed_another() {
        assertThat(Swarm.of(SCENARIO.withSeed(7))).isEqualTo(MIXES.get(7));
        assertThat(MIXES.stream().map(Scenario::fleet).distinct().count()).isGreaterThan(300);
    }

    @Test
    void most_seeds_leave_out_about_half_of_the_faults_some_nearly_all_some_none() {
        var left = MIXES.stream().collect(Collectors.groupingBy(s -> s.faults().size(), Collectors.counting()));
        assertThat(left.get(DECLARED)).isBetween(30L, 80L);
        assertThat(left.get(0)).isBetween(20L, 90L);
        double mean = MIXES.stream().mapToInt(s -> s.faults().size()).average().orElse(0);
        assertThat(mean).isBetween(0.4 * DECLARED, 0.6 * DECLARED);
    }

    @Test
    void every_fault_is_in_many_mixes_and_missing_in_many() {
        for (int i = 0; i < DECLARED; i++) {
            int line = SCENARIO.faults().get(i).position().line();
            long with = MIXES.stream()
                    .filter(s -> s.faults().stream().anyMatch(f -> f.position().line() == line))
                    .count();
            assertThat(with).as("fault in line " + line).isBetween(120L, 280L);
        }
    }

    @Test
    void how_often_is_drawn_up_to_what_is_declared_and_to_twice_that_where_few_faults_are_left() {
        Set<Integer> times = MIXES.stream()
                .flatMap(s -> s.faults().stream())
                .filter(f -> f.when() instanceof Occurrence.Anywhere)
                .map(f -> ((Occurrence.Anywhere) f.when()).times())
                .collect(Collectors.toSet());
        assertThat(times)
                .hasSizeGreaterThan(15)
                .allMatch(n -> n >= 1 && n <= 40)
                .anyMatch(n -> n > 20);
    }

    @Test
    void the_fleet_is_never_so_small_that_a_name_picks_nobody() {
        assertThat(MIXES).allSatisfy(s -> assertThat(DeviceIds.of(s)).contains("school-009/button-1"));
        assertThat(MIXES)
                .anyMatch(s -> DeviceIds.of(s).size() < 60)
                .anyMatch(s -> DeviceIds.of(s).size() > 160);
    }

    @Test
    void channel_heartbeat_and_weather_vary_within_what_is_declared() {
        assertThat(MIXES.stream().filter(s -> !s.fleet().secure()).count()).isBetween(40L, 120L);
        assertThat(MIXES.stream().map(s -> s.fleet().heartbeat()).distinct().count())
                .isEqualTo(3);
        List<Double> loss = MIXES.stream()
                .map(s -> s.network().usual().loss().map(Share::part).orElse(1.0))
                .toList();
        assertThat(loss).allMatch(part -> part >= 0 && part <= 0.04).contains(0.0, 0.04);
        assertThat(MIXES)
                .anyMatch(s -> s.stimuli().size() == 2)
                .anyMatch(s -> s.stimuli().size() == 3);
    }

    @Test
    void an_attacker_meets_dtls_only() {
        assertThat(MIXES)
                .filteredOn(
                        s -> s.faults().stream().anyMatch(f -> f instanceof dev.tocsin.simulator.scenario.Fault.Attack))
                .allMatch(s -> s.fleet().secure());
    }

    @Test
    void figures_that_were_set_for_another_mix_are_not_asked_for() {
        assertThat(MIXES)
                .allSatisfy(s -> assertThat(s.expectations()).containsExactly(new Expectation.Delivered("delivery")));
    }

    @Test
    void every_mix_can_be_written_down_and_read_again() {
        assertThat(MIXES).allSatisfy(s -> {
            Scenario read = scenario(ScenarioYaml.of(s));
            assertThat(read.fleet()).isEqualTo(s.fleet());
            assertThat(read.network().usual()).isEqualTo(s.network().usual());
            assertThat(read.faults()).hasSameSizeAs(s.faults());
        });
    }

    @Test
    void a_fleet_of_so_many_devices_stays_below_that_number() {
        Scenario total = SCENARIO.withStimuli(List.of(SCENARIO.stimuli().getFirst()))
                .withFaults(List.of())
                .withFleet(SCENARIO.fleet().withDevices(new Fleet.Total(1000, 20)));
        List<Integer> sizes = LongStream.range(0, 50)
                .mapToObj(seed -> DeviceIds.of(Swarm.of(total.withSeed(seed))).size())
                .toList();
        assertThat(sizes)
                .allMatch(n -> n >= 1 && n <= 1000)
                .anyMatch(n -> n < 300)
                .anyMatch(n -> n > 700);
    }
}
