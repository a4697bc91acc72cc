package dev.tocsin.simulator.centre.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.codec.DrillMessages;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.DrillNotice;
import dev.tocsin.sdk.model.Place;
import dev.tocsin.simulator.centre.HandTime;
import dev.tocsin.simulator.centre.TestDevice;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.MemoryLedger;
import dev.tocsin.simulator.centre.ledger.Submission;
import dev.tocsin.simulator.centre.ledger.TestNotices;
import dev.tocsin.simulator.centre.registry.Registry;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EntryLinesTest {

    private final HandTime time = new HandTime();
    private final TestDevice button = new TestDevice("school-007/button-3");
    private final MemoryLedger ledger = new MemoryLedger(time);
    private final EntryLines plain = new EntryLines(false, ZoneId.of("Asia/Shanghai"), Registry.EMPTY);
    private final EntryLines coloured = new EntryLines(true, ZoneId.of("Asia/Shanghai"), Registry.EMPTY);

    private Entry keep(Submission submission) {
        ledger.submit(submission, outcome -> {});
        ledger.commit();
        return ledger.entries(ledger.head().number(), 1).getFirst();
    }

    @Test
    void an_alarm_is_one_line_with_all_that_counts() {
        Entry entry = keep(button.received(button.panic(1)));

        assertThat(plain.line(entry))
                .isEqualTo("#1 2027-03-01 08:00:00  ALARM  LIVE  PANIC  RAISED  " + button.alarmId(1));
    }

    @Test
    void whoever_has_to_run_there_reads_the_county_the_floor_the_point_and_the_cameras() {
        Alarm bare = button.panic(1);
        Alarm alarm = new Alarm(
                bare.id(),
                bare.kind(),
                bare.state(),
                bare.mode(),
                new Place("530902", "No. 7", "B", "2", "room 204", Optional.of(new Place.Position(23.88, 100.09))),
                List.of("cam-3", "cam-4"),
                bare.time(),
                bare.stages(),
                bare.about(),
                bare.text());
        EntryLines known =
                new EntryLines(false, ZoneId.of("Asia/Shanghai"), new Registry(Map.of("530902", "Linxiang"), Map.of()));
        assertThat(known.line(keep(button.received(alarm))))
                .endsWith("  Linxiang, No. 7, B, floor 2, room 204, at 23.88000, 100.09000  cameras cam-3, cam-4");
    }

    @Test
    void a_conflict_strikes_the_eye() {
        keep(button.received(button.panic(1)));
        keep(button.received(button.panic(button.alarmId(1), "other")));
        Entry conflict = ledger.entries(2, 1).getFirst();

        assertThat(plain.line(conflict)).contains("!! CONFLICT !!").contains("'other'");
        assertThat(coloured.line(conflict)).startsWith("\u001b[1;37;45m").endsWith("\u001b[0m");
    }

    @Test
    void what_a_device_writes_cannot_steer_the_terminal() {
        Entry entry = keep(button.received(button.panic(button.alarmId(1), "\u001b[2Jgone\nfake")));

        assertThat(plain.line(entry))
                .doesNotContain("\u001b")
                .doesNotContain("\n")
                .contains("gone fake");
    }

    @Test
    void a_notice_says_whose_drill_it_is_and_where_and_who_ordered_it() {
        DrillNotice notice = TestNotices.of("fire-7", false);
        Bytes signed = DrillMessages.sign(notice, button.signer()).bytes();

        assertThat(plain.line(keep(new Submission.Notified(notice, signed))))
                .isEqualTo("#1 2027-03-01 08:00:00  DRILL_NOTICE  school-007/*  by Zhang  - drill fire-7 of education"
                        + " from 2027-03-01T00:05:00Z to 2027-03-01T00:20:00Z at building B");
    }
}
