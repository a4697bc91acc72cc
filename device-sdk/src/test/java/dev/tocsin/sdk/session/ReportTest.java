package dev.tocsin.sdk.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.Report;
import dev.tocsin.sdk.testkit.MemoryStorage.Unsynced;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void a_report_goes_to_every_centre_once() {
        SessionRig rig = new SessionRig().ready();
        rig.session.report("battery 80 %");
        rig.session.report("battery 79 %");
        rig.pass(Duration.ofMinutes(5));
        assertThat(rig.police.reports()).extracting(Report::text).containsExactly("battery 80 %", "battery 79 %");
        assertThat(rig.education.reports()).extracting(Report::text).containsExactly("battery 80 %", "battery 79 %");
        assertThat(rig.police.reports().getFirst().device()).isEqualTo("school-007/button-3");
    }

    @Test
    void reports_wait_while_an_alarm_is_on_its_way_to_that_centre() {
        SessionRig rig = new SessionRig().ready();
        rig.police.does(rig.police.nothing());
        Alarm alarm = rig.raise(AlarmKind.FALL);
        for (int i = 0; i < 5; i++) {
            rig.session.report("line " + i);
        }
        rig.pass(Duration.ofMinutes(1));
        assertThat(rig.police.reports()).isEmpty();
        assertThat(rig.education.reports()).as("whose alarm has arrived").hasSize(5);
        rig.police.does(rig.police.receipts());
        rig.pass(Duration.ofSeconds(15));
        assertThat(rig.status(alarm).isReceivedByAll()).isTrue();
        assertThat(rig.police.reports()).hasSize(5);
        assertThat(rig.transport.mostUnderWay("report")).as("one a centre").isLessThanOrEqualTo(2);
    }

    @Test
    void a_report_survives_a_reboot_and_is_kept_until_every_centre_has_it() {
        SessionRig rig = new SessionRig();
        rig.network.down(SessionRig.EDUCATION);
        rig.ready();
        rig.session.report("battery 80 %");
        rig.pass(Duration.ofSeconds(10));
        rig.reboot(Unsynced.LOST);
        rig.network.up(SessionRig.EDUCATION);
        rig.ready();
        rig.pass(Duration.ofMinutes(1));
        assertThat(rig.education.reports()).hasSize(1);
        rig.pass(Duration.ofSeconds(10));
        rig.reboot(Unsynced.LOST).ready();
        rig.pass(Duration.ofMinutes(1));
        assertThat(rig.education.reports()).as("done with").hasSize(1);
    }

    @Test
    void a_report_to_a_silent_centre_is_tried_now_and_then() {
        SessionRig rig = new SessionRig();
        rig.network.down(SessionRig.POLICE);
        rig.ready();
        rig.session.report("battery 80 %");
        rig.pass(Duration.ofHours(1));
        assertThat(rig.network.sent(SessionRig.POLICE, "report").size()).isBetween(100, 200);
        rig.network.up(SessionRig.POLICE);
        rig.pass(Duration.ofMinutes(3));
        assertThat(rig.police.reports()).hasSize(1);
    }

    @Test
    void a_long_line_is_cut_between_letters() {
        SessionRig rig = new SessionRig().ready();
        rig.session.report("x".repeat(198) + "\uD83D\uDD14\uD83D\uDD14");
        rig.session.report("y".repeat(200));
        rig.pass(Duration.ofSeconds(5));
        assertThat(rig.police.reports())
                .extracting(Report::text)
                .containsExactly("x".repeat(198) + "…", "y".repeat(200));
    }
}
