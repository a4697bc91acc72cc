package dev.tocsin.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.simulator.centre.ledger.LedgerCheck;
import dev.tocsin.simulator.scenario.Expectation;
import dev.tocsin.simulator.scenario.Expectation.Quantile;
import dev.tocsin.simulator.scenario.Expectation.Stage;
import dev.tocsin.simulator.scenario.Fault;
import dev.tocsin.simulator.scenario.Selector;
import dev.tocsin.simulator.scenario.value.Share;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class JudgeTest {

    private static final Circumstances CALM = new Circumstances(Map.of(), 0, Optional.empty());
    private static final Expectation DELIVERY = new Expectation.Delivered("delivery");

    private final SmallWorld world = new SmallWorld();

    @Test
    void a_clean_run_holds() {
        world.press("a", 100, AlarmState.RAISED);
        List<Outcome> outcomes = judge(CALM, DELIVERY);
        assertThat(outcomes)
                .extracting(Outcome::id)
                .containsExactly(
                        "delivery",
                        "promise-nothing-lost",
                        "promise-nothing-twice",
                        "promise-nothing-forged",
                        Judge.LEDGERS_SOUND);
        assertThat(Judge.overall(outcomes)).isEqualTo(Verdict.HELD);
    }

    @Test
    void a_promise_of_which_there_was_nothing_to_see_is_named_and_is_no_outcome() {
        world.press("a", 100, AlarmState.RAISED);
        assertThat(Judge.unexamined(Observer.examine(world.evidence())))
                .containsExactly(
                        Promise.FAST,
                        Promise.HONEST_AT_THE_BUTTON,
                        Promise.REAL_STAYS_REAL,
                        Promise.SILENCE_NOTICED,
                        Promise.WORKS_CLOCKLESS);
    }

    @Test
    void a_lost_press_violates_delivery() {
        world.press("a", 100, AlarmState.RAISED);
        world.unnoticedPress("b", 100);
        assertThat(judge(CALM, DELIVERY).getFirst())
                .isEqualTo(new Outcome(
                        "delivery",
                        Verdict.VIOLATED,
                        "1 of 2 alarms and 0 of 0 other events in every ledger; lost 1, duplicated 0, conflicts 0,"
                                + " forged accepted 0"));
    }

    @Test
    void a_run_without_a_press_says_nothing() {
        assertThat(judge(CALM, DELIVERY).getFirst().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void a_run_that_was_cut_short_says_nothing_about_delivery() {
        world.unnoticedPress("a", 100);
        Outcome outcome = judge(new Circumstances(Map.of(), 0, Optional.of("stopped")), DELIVERY)
                .getFirst();
        assertThat(outcome.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(outcome.detail()).startsWith("stopped; ");
    }

    @Test
    void a_latency_is_held_below_its_bound_and_violated_above() {
        world.press("a", 100, AlarmState.RAISED);
        assertThat(judge(CALM, latency(Stage.RECEIPT, Duration.ofMillis(21), 2)).getFirst())
                .isEqualTo(new Outcome("latency", Verdict.HELD, "p99 20.0 ms (limit 21 ms), 2 samples"));
        assertThat(judge(CALM, latency(Stage.RECEIPT, Duration.ofMillis(20), 2))
                        .getFirst()
                        .verdict())
                .isEqualTo(Verdict.VIOLATED);
        assertThat(judge(CALM, latency(Stage.DATAGRAM, Duration.ofMillis(6), 1))
                        .getFirst()
                        .verdict())
                .isEqualTo(Verdict.HELD);
        assertThat(judge(CALM, latency(Stage.DECISION, Duration.ofMillis(5), 1))
                        .getFirst()
                        .verdict())
                .isEqualTo(Verdict.HELD);
    }

    @Test
    void the_first_receipt_of_all_counts_once_for_each_press() {
        world.press("a", 100, AlarmState.RAISED);
        assertThat(judge(CALM, latency(Stage.FIRST_RECEIPT, Duration.ofMillis(21), 1))
                        .getFirst())
                .isEqualTo(new Outcome("latency", Verdict.HELD, "p99 20.0 ms (limit 21 ms), 1 samples"));
    }

    @Test
    void too_few_samples_are_inconclusive_however_fast_they_are() {
        world.press("a", 100, AlarmState.RAISED);
        List<Outcome> outcomes = judge(CALM, latency(Stage.RECEIPT, Duration.ofSeconds(2), 100));
        assertThat(outcomes.getFirst().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(Judge.overall(outcomes)).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void a_violation_outweighs_what_is_inconclusive() {
        world.unnoticedPress("a", 100);
        assertThat(Judge.overall(judge(CALM, DELIVERY, latency(Stage.RECEIPT, Duration.ofSeconds(2), 100))))
                .isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void recovery_counts_from_the_return_to_the_last_receipt_of_what_was_waiting() {
        world.press("a", 100, AlarmState.RAISED); // receipts at 120 ms
        Expectation within = new Expectation.Recovered("back", "police", Duration.ofMillis(15));
        assertThat(judge(returned(110), within).getFirst().verdict()).isEqualTo(Verdict.HELD);
        assertThat(judge(returned(104), within).getFirst().verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(judge(returned(500), within).getFirst().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judge(CALM, within).getFirst().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        world.unnoticedPress("b", 90);
        assertThat(judge(returned(110), within).getFirst().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void a_press_told_more_often_than_allowed_is_a_violation_that_names_it() {
        world.press("a", 100, AlarmState.RAISED);
        Expectation never = new Expectation.ToldAgain("again", 0, Optional.empty());
        assertThat(judge(CALM, never).getFirst())
                .isEqualTo(new Outcome("again", Verdict.HELD, "told again 0 (limit 0) in 1 presses"));
        world.ownAlarm("a", AlarmKind.PANIC, AlarmState.UPDATED, 300);
        assertThat(judge(CALM, never).getFirst())
                .isEqualTo(new Outcome("again", Verdict.VIOLATED, "told again 1 (limit 0) in 1 presses: P100@a x2"));
        assertThat(judge(CALM, new Expectation.ToldAgain("again", 1, Optional.empty()))
                        .getFirst()
                        .verdict())
                .isEqualTo(Verdict.HELD);
    }

    @Test
    void presses_that_are_excepted_do_not_count_and_nothing_else_is_no_proof() {
        world.press("a", 100, AlarmState.RAISED);
        world.ownAlarm("a", AlarmKind.PANIC, AlarmState.UPDATED, 300);
        Expectation others = new Expectation.ToldAgain("again", 0, Optional.of(new Selector("P100@*")));
        assertThat(judge(CALM, others).getFirst().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        world.press("b", 200, AlarmState.RAISED);
        assertThat(judge(CALM, others).getFirst().verdict()).isEqualTo(Verdict.HELD);
    }

    @Test
    void threads_that_grow_with_the_devices_are_a_violation() {
        world.press("a", 100, AlarmState.RAISED);
        Expectation few = new Expectation.ThreadsGrown("threads", 4);
        assertThat(judge(new Circumstances(Map.of(), 4, Optional.empty()), few)
                        .getFirst()
                        .verdict())
                .isEqualTo(Verdict.HELD);
        assertThat(judge(new Circumstances(Map.of(), 5, Optional.empty()), few)
                        .getFirst()
                        .verdict())
                .isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void a_broken_chain_is_a_violation_that_nobody_has_to_ask_for() {
        world.press("a", 100, AlarmState.RAISED);
        Findings f = Observer.examine(world.evidence());
        SortedMap<String, LedgerCheck.Result> chains = new TreeMap<>(f.chains());
        chains.put("police", new LedgerCheck.Result.Broken(1, "its hash does not belong to its content"));
        Findings broken = new Findings(f.alarms(), f.others(), f.presses(), f.rest(), f.breaches(), chains, f.seen());
        assertThat(Judge.judge(List.of(), broken, Latencies.of(f.presses()), CALM))
                .last()
                .extracting(Outcome::verdict)
                .isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void presses_during_an_attack_are_compared_with_those_that_met_nothing() {
        world.press("a", 100, AlarmState.RAISED);
        world.press("b", 5_000, AlarmState.RAISED);
        FaultSpan flood = span("attacker-overload", 4_900, 5_100);
        FaultSpan rain = span("weather", 4_900, 5_100);
        Expectation one = slowed(1, 2);
        assertThat(under(List.of(flood), one)).isEqualTo(Verdict.HELD);
        assertThat(under(List.of(flood), slowed(0.5, 2))).isEqualTo(Verdict.VIOLATED);
        assertThat(under(List.of(flood, rain), one))
                .as("another fault was there, too")
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(under(List.of(flood), slowed(1, 3))).as("too few").isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(under(List.of(), one)).as("nobody attacked").isEqualTo(Verdict.INCONCLUSIVE);
    }

    private Verdict under(List<FaultSpan> spans, Expectation expectation) {
        Findings findings = Observer.examine(world.evidence()).touchedBy(spans);
        return Judge.judge(
                        List.of(expectation),
                        findings,
                        Latencies.of(findings.presses()),
                        new Circumstances(Map.of(), 0, Optional.empty(), spans))
                .getFirst()
                .verdict();
    }

    private static Expectation slowed(double times, int samples) {
        return new Expectation.SlowedBy("flood", Fault.Deed.Kind.OVERLOAD, Stage.RECEIPT, Quantile.P99, times, samples);
    }

    private static FaultSpan span(String what, long fromMs, long toMs) {
        return new FaultSpan(
                what, Lane.of(Lane.Kind.NETWORK), Set.of(), fromMs * 1_000_000, OptionalLong.of(toMs * 1_000_000));
    }

    @Test
    void what_somebody_took_from_an_attacker_breaks_a_promise() {
        world.press("a", 100, AlarmState.RAISED);
        Findings fooled = Observer.examine(world.evidence()).believing(List.of("police took a forged alarm"));
        assertThat(Judge.judge(List.of(), fooled, Latencies.of(fooled.presses()), CALM))
                .filteredOn(o -> o.id().equals(Judge.id(Promise.NOTHING_FORGED)))
                .extracting(Outcome::verdict)
                .containsExactly(Verdict.VIOLATED);
    }

    private List<Outcome> judge(Circumstances circumstances, Expectation... expectations) {
        Findings findings = Observer.examine(world.evidence());
        return Judge.judge(List.of(expectations), findings, Latencies.of(findings.presses()), circumstances);
    }

    private static Circumstances returned(long atMs) {
        return new Circumstances(Map.of("police", atMs * 1_000_000), 0, Optional.empty());
    }

    private static Expectation latency(Stage to, Duration below, int samples) {
        return new Expectation.Latency("latency", to, Optional.empty(), Map.of(Quantile.P99, below), samples);
    }

    @Test
    void sensors_are_judged_by_what_they_saw_and_what_was_not_there() {
        Sightings nine =
                new Sightings(new TreeMap<>(Map.of(AlarmKind.FALL, new Sighting(10, 9, 1))), List.of(), List.of());
        assertThat(seen(nine, 0.9, Optional.empty())).isEqualTo(Verdict.HELD);
        assertThat(seen(nine, 0.9, Optional.of(1))).isEqualTo(Verdict.HELD);
        assertThat(seen(nine, 0.91, Optional.empty())).isEqualTo(Verdict.VIOLATED);
        assertThat(seen(nine, 0.9, Optional.of(0))).isEqualTo(Verdict.VIOLATED);
        assertThat(seen(Sightings.NONE, 0.9, Optional.of(0))).isEqualTo(Verdict.INCONCLUSIVE);
    }

    private Verdict seen(Sightings sightings, double least, Optional<Integer> falseAlarms) {
        Findings findings = Observer.examine(new Evidence(List.of(), List.of(), List.of(), List.of()))
                .with(sightings);
        Expectation detects = new Expectation.Detects("seen", AlarmKind.FALL, new Share(least), falseAlarms);
        return Judge.judge(List.of(detects), findings, Latencies.of(List.of()), CALM)
                .getFirst()
                .verdict();
    }
}
