package dev.tocsin.simulator.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.simulator.check.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UpdateWalkResultTest {

    private static Verdict verdict(int confirmed, int cutsInDownload, int cutsAtSwitch) {
        LedgerCount ledgers = new LedgerCount(Set.of(), 0, Set.of(), 0, Map.of("police", 1, "education", 1));
        return new UpdateWalkResult(
                        1,
                        confirmed,
                        2,
                        2,
                        cutsInDownload,
                        cutsAtSwitch,
                        0,
                        true,
                        "it did not keep running after its start",
                        true,
                        0,
                        ledgers,
                        List.of(),
                        List.of())
                .verdict();
    }

    @Test
    void it_holds_when_the_power_was_cut_as_often_as_asked_in_the_download_and_at_the_switch() {
        assertThat(verdict(1, 2, 2)).isEqualTo(Verdict.HELD);
    }

    @Test
    void too_few_cuts_in_either_say_nothing_however_many_there_were_in_the_other() {
        assertThat(verdict(1, 1, 2)).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(verdict(1, 4, 1)).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(verdict(1, 0, 0)).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void a_promise_that_does_not_hold_is_told_as_such_with_too_few_cuts_as_well() {
        assertThat(verdict(0, 2, 2)).isEqualTo(Verdict.VIOLATED);
        assertThat(verdict(0, 0, 0)).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void half_of_the_cuts_are_asked_for_at_the_switch_and_some_versions_are_to_spare() {
        BoardUpdateWalk.Plan plan = new BoardUpdateWalk.Plan(5);
        assertThat(plan.inDownload()).isEqualTo(3);
        assertThat(plan.atSwitch()).isEqualTo(2);
        assertThat(plan.mostUpdates()).isEqualTo(5);
    }
}
