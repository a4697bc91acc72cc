package dev.tocsin.sdk.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a day costs the card that the journal lies on, in virtual time. docs/measured.md has the figures. */
class CardWearTest {

    private static final int PRESSES = 100;

    private final SessionRig rig = new SessionRig().ready();

    @Test
    void a_quiet_day_writes_nothing() {
        int bytes = rig.storage.appended();
        int syncs = rig.storage.syncs();

        rig.pass(Duration.ofDays(1));

        assertThat(rig.storage.appended() - bytes).isZero();
        assertThat(rig.storage.syncs() - syncs).isZero();
    }

    @Test
    void a_day_of_a_hundred_presses_writes_less_than_a_quarter_of_a_megabyte() {
        int bytes = rig.storage.appended();
        int syncs = rig.storage.syncs();

        for (int i = 0; i < PRESSES; i++) {
            rig.press();
            rig.pass(Duration.ofMinutes(7));
            rig.session.reset(rig.now());
            rig.pass(Duration.ofMinutes(7));
        }

        int written = rig.storage.appended() - bytes;
        assertThat(written).isBetween(PRESSES * 200, 256 << 10);
        assertThat(rig.storage.syncs() - syncs).isBetween(2 * PRESSES, 12 * PRESSES);
    }
}
