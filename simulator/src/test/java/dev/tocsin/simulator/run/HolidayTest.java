package dev.tocsin.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.centre.authority.Policy;
import dev.tocsin.simulator.check.Circumstances;
import dev.tocsin.simulator.check.Judge;
import dev.tocsin.simulator.check.Latencies;
import dev.tocsin.simulator.check.Outcome;
import dev.tocsin.simulator.check.Verdict;
import dev.tocsin.simulator.county.CountyPlan;
import dev.tocsin.simulator.report.RunReport;
import dev.tocsin.simulator.scenario.Reading;
import dev.tocsin.simulator.scenario.Scenario;
import dev.tocsin.simulator.scenario.ScenarioFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A holiday of 30 hours, with certificates for twelve: the real devices, centres and authority. Both buttons are off; within
 * that the police get a new certificate. The power is back at 30 h, somebody presses 6.5 s later, and again after ten minutes.
 */
class HolidayTest {

    private static final Duration LIFE = Duration.ofHours(12);
    private static final Path NO_DATA = Path.of("none");

    private static Scenario holiday(String more) {
        return holiday("12h", more);
    }

    private static Scenario holiday(String life, String more) {
        String yaml = """
                version: 1
                name: small
                run: {seed: 5}
                fleet: {centres: [police, education], devices: [school/button-1, school/button-2], heartbeat: 1h, certificate-life: %s}
                network: {default: {latency: 40ms, loss: 1%%, nat: {idle: 2m}}}
                stimuli:
                  - {id: BACK, at: 108006500ms, device: "*", press: {synthetic: bounce, hold: 500ms, reset: 60s}}
                  - {id: LATER, at: 1810m, device: "*", press: {synthetic: bounce, hold: 500ms, reset: 60s}}
                faults:
                  - {at: 0s, device: "*", power-cut: {for: 30h, disk: lose-unsynced}}
                  - {at: 30h, device: "*", clock: {unset: true}}
                  - {at: 2h, centre: police, new-certificate: {for: 10m}}
                %s
                settle: 2m
                expect:
                  - {id: delivery, every: durable-alarm, to: route, exactly: once}
                  - {id: renewal, renewed-within: 5m, first-press-within: 10s}
                """.formatted(life, more);
        return switch (ScenarioFile.parse("small", yaml)) {
            case Reading.Read(Scenario scenario) -> scenario;
            case Reading.Refused refused ->
                throw new AssertionError(refused.problems().toString());
        };
    }

    private static RunReport played(Scenario scenario) {
        return switch (VirtualRun.runHere(scenario, NO_DATA, new SystemClock(), () -> false)) {
            case VirtualRun.Result.Reported(RunReport report, List<String> failures) -> {
                assertThat(failures).isEmpty();
                yield report;
            }
            case VirtualRun.Result.Refused refused ->
                throw new AssertionError(refused.problems().toString());
        };
    }

    private static Outcome renewal(List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(o -> o.id().equals("renewal"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_first_press_after_the_holidays_is_flagged_in_every_ledger_within_10_s_and_then_each_device_renews() {
        RunReport report = played(holiday(""));
        assertThat(report.findings().wrongs()).isEmpty();
        assertThat(report.outcomes()).allMatch(o -> o.verdict() == Verdict.HELD);
        assertThat(report.findings().seen().lapses()).hasSize(2).allSatisfy(lapse -> {
            assertThat(lapse.returned()).isTrue();
            assertThat(lapse.first().orElseThrow().flagged()).isTrue();
        });
        assertThat(report.exercised())
                .containsEntry("centre-new-certificate", 1L)
                .containsEntry("clock-unset", 2L)
                .containsEntry("certificate-renewed", 4L); // two uses each
    }

    @Test
    void an_authority_that_refuses_to_renew_is_told() {
        Outcome outcome = renewal(judged(new Policy(LIFE, Duration.ZERO)));
        assertThat(outcome.verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(outcome.detail())
                .startsWith("0 of 2 devices")
                .contains(
                        "2 of 2 first presses after the power in every ledger in time",
                        "never renewed: school/button-1, school/button-2",
                        "still flagged after the limit: school/button-1, school/button-2");
    }

    @Test
    void one_that_renews_holds_in_the_same_run() {
        assertThat(renewal(judged(new Policy(LIFE, Duration.ofHours(24)))).verdict())
                .isEqualTo(Verdict.HELD);
    }

    @Test
    void a_first_press_that_the_network_holds_up_is_told() {
        RunReport report = played(
                holiday("  - {at: 30h, partition: {from: \"school/button-2\", to: police, for: 1m, both: true}}"));
        Outcome outcome = renewal(report.outcomes());
        assertThat(outcome.verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(outcome.detail())
                .contains("1 of 2 first presses")
                .endsWith("first press not in every ledger in time: school/button-2");
    }

    @ParameterizedTest
    @CsvSource({"12h, 12", "1h, 160"})
    void who_has_power_renews_each_certificate_before_it_ends(String life, int renewals) {
        RunReport report = played(holiday(life, "").withFaults(List.of()));
        assertThat(report.findings().wrongs()).isEmpty();
        assertThat(renewal(report.outcomes()))
                .isEqualTo(
                        new Outcome("renewal", Verdict.INCONCLUSIVE, "no device had power with a lapsed certificate"));
        assertThat(report.exercised().get("certificate-renewed")).isGreaterThanOrEqualTo(renewals);
    }

    @Test
    void the_same_seed_gives_the_same_digest_and_another_one_another() {
        String digest = played(holiday("")).digest();
        assertThat(played(holiday("")).digest()).isEqualTo(digest);
        assertThat(played(holiday("").withSeed(6)).digest()).isNotEqualTo(digest);
    }

    /** The same with an authority of another policy. */
    private static List<Outcome> judged(Policy policy) {
        Scenario scenario = holiday("");
        if (!(CountyPlanner.plan(scenario, NO_DATA) instanceof CountyPlanning.Planned planned)) {
            throw new AssertionError("it can be planned");
        }
        CountyPlan plan = with(policy, planned.counties().getFirst());
        CountyRun.Played played = new CountyRun(plan, CountyRun.lead(List.of(plan)), () -> false).call();
        assertThat(played.failures()).isEmpty();
        return Judge.judge(
                scenario.expectations(),
                played.findings(),
                Latencies.of(played.findings().presses()),
                new Circumstances(Map.of(), 0, Optional.empty(), played.spans()));
    }

    private static CountyPlan with(Policy policy, CountyPlan p) {
        return new CountyPlan(
                p.code(),
                p.seed(),
                p.start(),
                p.centres(),
                p.devices(),
                p.heartbeat(),
                p.secure(),
                p.timing(),
                p.signatures(),
                p.backups(),
                p.weather(),
                p.nat(),
                p.moves(),
                p.troubles(),
                p.links(),
                p.drills(),
                p.acceptances(),
                p.sensing(),
                new CountyPlan.Upkeep(p.upkeep().entriesPerSecond(), Optional.of(policy)),
                p.duration(),
                p.settle());
    }
}
