package dev.tocsin.simulator.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.simulator.check.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WalkResultTest {

    private static final AlarmId ID = new AlarmId("school-001/button-1", 1, 7, 1);

    private static Verdict verdict(int delivered, Set<AlarmId> lost, int duplicated, Map<String, Integer> ledgers) {
        return verdict(delivered, lost, duplicated, ledgers, 2, 1, 0);
    }

    private static Verdict verdict(
            int delivered,
            Set<AlarmId> lost,
            int duplicated,
            Map<String, Integer> ledgers,
            int pressedAtCuts,
            int beforeKept,
            int beforeReceipts) {
        WalkResult result = new WalkResult(
                2,
                delivered,
                3,
                2,
                pressedAtCuts,
                beforeKept,
                beforeReceipts,
                6,
                5,
                1,
                new LedgerCount(lost, duplicated, Set.of(), 0, ledgers),
                List.of(9.0, 8.0),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        assertThat(result.cutsElsewhere()).isEqualTo(pressedAtCuts - beforeKept - beforeReceipts);
        return result.verdict();
    }

    @Test
    void a_cut_press_may_be_in_a_ledger_or_not_and_no_ledger_may_have_more_than_were_pressed() {
        assertThat(verdict(2, Set.of(), 0, Map.of("police", 2, "education", 4))).isEqualTo(Verdict.HELD);
        assertThat(verdict(2, Set.of(), 0, Map.of("police", 2, "education", 5))).isEqualTo(Verdict.VIOLATED);
        assertThat(verdict(2, Set.of(), 0, Map.of("police", 1, "education", 4))).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void cuts_around_presses_of_which_hardly_any_met_one_on_its_way_say_nothing() {
        Map<String, Integer> ledgers = Map.of("police", 2, "education", 2);
        assertThat(verdict(2, Set.of(), 0, ledgers, 2, 0, 0)).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(verdict(2, Set.of(), 0, ledgers, 5, 1, 0)).as("one of five").isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(verdict(2, Set.of(), 0, ledgers, 5, 1, 1)).isEqualTo(Verdict.HELD);
        assertThat(verdict(2, Set.of(), 0, ledgers, 2, 0, 1)).isEqualTo(Verdict.HELD);
        assertThat(verdict(2, Set.of(), 0, ledgers, 0, 0, 0))
                .as("none was asked for")
                .isEqualTo(Verdict.HELD);
        assertThat(verdict(2, Set.of(ID), 0, ledgers, 2, 0, 0)).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void a_press_with_power_that_did_not_come_through_or_one_that_is_lost_or_doubled_is_a_violation() {
        Map<String, Integer> ledgers = Map.of("police", 2, "education", 2);
        assertThat(verdict(1, Set.of(), 0, ledgers)).isEqualTo(Verdict.VIOLATED);
        assertThat(verdict(2, Set.of(ID), 0, ledgers)).isEqualTo(Verdict.VIOLATED);
        assertThat(verdict(2, Set.of(), 1, ledgers)).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void the_median_is_the_middle() {
        assertThat(WalkResult.median(List.of(5.0, 1.0, 2.0))).isEqualTo(2.0);
        assertThat(WalkResult.median(List.of(4.0, 1.0))).isEqualTo(2.5);
        assertThat(WalkResult.median(List.of())).isNaN();
    }
}
