package dev.tocsin.simulator.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.AlarmId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WalkResultTest {

    private static final AlarmId ID = new AlarmId("school-001/button-1", 1, 7, 1);

    private static WalkResult result(int delivered, Set<AlarmId> lost, int duplicated, Map<String, Integer> ledgers) {
        return new WalkResult(
                42,
                2,
                delivered,
                3,
                2,
                2,
                6,
                5,
                1,
                new LedgerCount(lost, duplicated, Set.of(), 0, ledgers),
                List.of(9.0, 8.0),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    @Test
    void a_cut_press_may_be_in_a_ledger_or_not_and_no_ledger_may_have_more_than_were_pressed() {
        assertThat(result(2, Set.of(), 0, Map.of("police", 2, "education", 4)).held())
                .isTrue();
        assertThat(result(2, Set.of(), 0, Map.of("police", 2, "education", 5)).held())
                .isFalse();
        assertThat(result(2, Set.of(), 0, Map.of("police", 1, "education", 4)).held())
                .isFalse();
    }

    @Test
    void a_press_with_power_that_did_not_come_through_or_one_that_is_lost_or_doubled_is_a_violation() {
        Map<String, Integer> ledgers = Map.of("police", 2, "education", 2);
        assertThat(result(1, Set.of(), 0, ledgers).held()).isFalse();
        assertThat(result(2, Set.of(ID), 0, ledgers).held()).isFalse();
        assertThat(result(2, Set.of(), 1, ledgers).held()).isFalse();
    }

    @Test
    void the_median_is_the_middle() {
        assertThat(WalkResult.median(List.of(5.0, 1.0, 2.0))).isEqualTo(2.0);
        assertThat(WalkResult.median(List.of(4.0, 1.0))).isEqualTo(2.5);
        assertThat(WalkResult.median(List.of())).isNaN();
    }
}
