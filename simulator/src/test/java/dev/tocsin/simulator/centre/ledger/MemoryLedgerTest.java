package dev.tocsin.simulator.centre.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MemoryLedgerTest extends LedgerContract {

    @Override
    protected Ledger open() {
        return new MemoryLedger(time);
    }

    @Override
    protected void settle() {
        ((MemoryLedger) ledger).commit();
    }

    @Test
    void nothing_is_seen_before_the_commit() {
        List<Outcome> outcomes = new ArrayList<>();
        ledger.submit(button.received(button.panic(1)), outcomes::add);

        assertThat(outcomes).isEmpty();
        assertThat(ledger.head()).isEqualTo(Head.EMPTY);
    }

    @Test
    void beyond_the_most_that_may_wait_the_ledger_is_busy() {
        Submission sign = new Submission.SignOfLife(button.id(), Optional.empty());
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < Ledger.MAX_WAITING; i++) {
            ledger.submit(sign, outcomes::add);
        }
        assertThat(outcomes).isEmpty();

        ledger.submit(sign, outcomes::add);

        assertThat(outcomes).containsExactly(new Outcome.Busy(Ledger.MAX_WAITING));
    }

    @Test
    void a_failing_medium_keeps_nothing() {
        ((MemoryLedger) ledger).fail(Optional.of("full"));

        assertThat(submit(button.received(button.panic(1)))).isEqualTo(new Outcome.Failed("full"));
        assertThat(ledger.head()).isEqualTo(Head.EMPTY);
    }
}
