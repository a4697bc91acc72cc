package dev.tocsin.sdk.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.ProgramVersion;
import dev.tocsin.sdk.model.UpdateManifest;
import dev.tocsin.sdk.testkit.MemoryStorage;
import dev.tocsin.sdk.testkit.SeededEntropy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Power cuts while a second update is fetched, put in place and confirmed. That what starts is whole is asserted by each start. */
class UpdatePowerCutTest {

    private static final int SIZE = 2_500;

    /** One that runs 1.1 from slot A, and is offered 1.2. */
    private static UpdateRig underWay() {
        UpdateRig rig = new UpdateRig().boot();
        rig.updates().offered(UpdateRig.signed(rig.serve(1, "1.1", SIZE)));
        rig.untilRestart().restart().proven().restart().rest();
        rig.serve(2, "1.2", SIZE);
        return rig;
    }

    private static void offer(UpdateRig rig) {
        UpdateManifest second = UpdateRig.manifest(2, "1.2", UpdateRig.program("1.2", SIZE));
        rig.updates().offered(UpdateRig.signed(second));
    }

    /** Whatever was cut: with power and a line it comes to run 1.2. */
    private static void finishes(UpdateRig rig) {
        for (int start = 0; start < 3 && !rig.version.equals(new ProgramVersion("1.2")); start++) {
            offer(rig);
            rig.untilRestart().restart();
        }
        rig.proven();
        assertThat(rig.version).isEqualTo(new ProgramVersion("1.2"));
        assertThat(rig.restart().version).isEqualTo(new ProgramVersion("1.2"));
    }

    @Test
    void a_cut_at_every_byte_leaves_a_slot_that_starts() {
        UpdateRig rig = underWay();
        int from = rig.medium.appended();
        offer(rig);
        rig.untilRestart();
        int to = rig.medium.appended();
        assertThat(to - from).as("bytes written").isGreaterThan(2 * SIZE);
        cutEverywhere(rig, from, to);
    }

    @Test
    void so_does_a_cut_at_every_byte_of_the_confirmation() {
        UpdateRig rig = underWay();
        offer(rig);
        rig.untilRestart().restart();
        int from = rig.medium.appended();
        rig.proven();
        int to = rig.medium.appended();
        assertThat(to - from).as("bytes written, two copies").isGreaterThan(300);
        cutEverywhere(rig, from, to);
    }

    private static void cutEverywhere(UpdateRig rig, int from, int to) {
        for (int at = from; at <= to; at++) {
            UpdateRig after = new UpdateRig();
            after.serve(2, "1.2", SIZE);
            int cut = at;
            after.bootOn(life -> rig.medium.afterCutAtByte(cut, life));
            assertThat(after.version.text()).as("cut at byte %d", at).isIn("1.1", "1.2");
            if (at % 41 == 0 || at == to) {
                finishes(after);
            }
        }
    }

    @Test
    void a_cut_around_every_sync_leaves_one_however_the_medium_loses_what_was_not_synced() {
        UpdateRig whole = underWay();
        int before = whole.medium.syncs();
        offer(whole);
        int all = whole.untilRestart().medium.syncs() - before;
        assertThat(all).as("syncs of an update").isGreaterThan(7);
        for (MemoryStorage.Unsynced how : MemoryStorage.Unsynced.values()) {
            for (int syncs = 0; syncs <= all; syncs++) {
                UpdateRig rig = underWay();
                int enough = rig.medium.syncs() + syncs;
                offer(rig);
                rig.time.runUntil(() -> rig.medium.syncs() >= enough, Duration.ofMinutes(2));
                SeededEntropy dice = new SeededEntropy(syncs * 31L + how.name().hashCode());
                rig.time.advance(Duration.ofMillis(dice.nextInt(70)));
                rig.bootOn(life -> rig.medium.afterPowerCut(how, dice, life));
                assertThat(rig.version.text()).as("%s, %d syncs", how, syncs).isIn("1.1", "1.2");
                finishes(rig);
            }
        }
    }
}
