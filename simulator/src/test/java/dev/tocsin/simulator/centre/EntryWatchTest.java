package dev.tocsin.simulator.centre;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.MemoryLedger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EntryWatchTest {

    private final HandTime time = new HandTime();
    private final TestDevice button = new TestDevice("school-007/button-3");
    private final MemoryLedger ledger = new MemoryLedger(time);
    private final List<Long> told = new ArrayList<>();
    private final EntryWatch watch = new EntryWatch(ledger, line -> {}, entry -> told.add(entry.number()));

    /** So many more alarms, whoever wrote them; the ledger's entries from then on. */
    private List<Entry> written(int alarms) {
        long from = ledger.head().number() + 1;
        for (int i = 0; i < alarms; i++) {
            ledger.submit(button.received(button.panic(from + i)), outcome -> {});
        }
        ledger.commit();
        return ledger.entries(from, alarms);
    }

    @Test
    void what_is_committed_in_order_is_told_at_once() {
        for (Entry entry : written(2)) {
            assertThat(watch.committed(entry)).isTrue();
        }
        assertThat(told).containsExactly(1L, 2L);
    }

    @Test
    void what_comes_early_waits_for_what_is_before_it() {
        List<Entry> entries = written(3);

        assertThat(watch.committed(entries.get(2))).isFalse();
        assertThat(watch.committed(entries.get(1))).isFalse();
        assertThat(told).isEmpty();

        assertThat(watch.committed(entries.get(0))).isTrue();
        assertThat(told).containsExactly(1L, 2L, 3L);
    }

    @Test
    void what_another_process_wrote_between_is_read_and_nothing_is_told_twice() {
        List<Entry> entries = written(3);
        assertThat(watch.committed(entries.get(2))).isFalse();

        watch.look();
        assertThat(told).containsExactly(1L, 2L, 3L);

        assertThat(watch.committed(entries.get(0))).isTrue();
        assertThat(watch.committed(entries.get(2))).isTrue();
        assertThat(watch.committed(written(1).getFirst())).isTrue();
        assertThat(told).containsExactly(1L, 2L, 3L, 4L);
    }
}
