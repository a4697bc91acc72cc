package dev.tocsin.simulator.centre;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RefusalLogTest {

    private final HandTime time = new HandTime();
    private final List<String> audit = new ArrayList<>();
    private final RefusalLog log = new RefusalLog(audit::add, time);

    @Test
    void a_flood_from_one_source_gives_few_lines_and_a_count() {
        for (int i = 0; i < 100; i++) {
            log.note("10.0.0.9", Refused.MALFORMED, "not CBOR");
        }
        assertThat(audit).hasSize(RefusalLog.LINES);

        time.advance(RefusalLog.WINDOW);

        assertThat(audit)
                .hasSize(RefusalLog.LINES + 1)
                .last()
                .isEqualTo("refused MALFORMED from 10.0.0.9: 95 more within 60 s");
    }

    @Test
    void other_sources_and_reasons_are_told_apart() {
        for (int i = 0; i < 100; i++) {
            log.note("10.0.0.9", Refused.MALFORMED, "not CBOR");
        }
        log.note("10.0.0.9", Refused.REVOKED, "x");
        log.note("10.0.0.8", Refused.MALFORMED, "y");

        assertThat(audit).hasSize(RefusalLog.LINES + 2);
    }

    @Test
    void a_new_window_tells_again() {
        log.note("10.0.0.9", Refused.MALFORMED, "first");
        time.advance(RefusalLog.WINDOW);
        log.note("10.0.0.9", Refused.MALFORMED, "second");

        assertThat(audit)
                .containsExactly("refused MALFORMED from 10.0.0.9: first", "refused MALFORMED from 10.0.0.9: second");
    }

    @Test
    void beyond_the_most_sources_the_others_are_counted_together() {
        for (int i = 0; i < RefusalLog.MAX_KINDS + 100; i++) {
            log.note("source " + i, Refused.MALFORMED, "x");
        }
        assertThat(audit).hasSize(RefusalLog.MAX_KINDS + RefusalLog.LINES);

        time.advance(RefusalLog.WINDOW);

        assertThat(audit).last().isEqualTo("refused MALFORMED from other sources: 95 more within 60 s");
    }

    @Test
    void a_device_that_reports_without_end_does_not_fill_the_disk() {
        for (int i = 0; i < 1_000; i++) {
            log.report("button", "battery changed");
        }
        time.advance(RefusalLog.WINDOW);

        assertThat(audit)
                .hasSize(RefusalLog.REPORTS + 1)
                .contains("report of button: battery changed")
                .last()
                .isEqualTo("report of button: 970 more within 60 s");
    }

    @Test
    void what_a_stranger_sends_starts_no_new_line() {
        log.note("10.0.0.9", Refused.MALFORMED, "x\n2027-03-01 all is well\u001b[2J");

        assertThat(audit).containsExactly("refused MALFORMED from 10.0.0.9: x 2027-03-01 all is well [2J");
    }
}
