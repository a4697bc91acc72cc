package dev.tocsin.sdk.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WaterGuardTest {

    private static final double BANK = 6;

    private final Found found = new Found();
    private final WaterGuard guard = new WaterGuard(WaterGuard.Settings.bank(), found);
    private final Player player = new Player(guard, 10);
    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void somebody_in_the_zone_is_raised_and_at_the_water_it_is_worse() {
        player.plays(5, BANK).plays(4, 2).plays(3, 0.8).plays(1, 2).plays(15, BANK);
        assertThat(found.alarms())
                .containsExactly(
                        "WATER_INTRUSION RAISED 7.0", "WATER_INTRUSION UPDATED 11.0", "WATER_INTRUSION RESTORED 23.0");
    }

    @Test
    void who_is_gone_from_the_water_itself_may_be_in_it_and_that_is_not_over_soon() {
        player.plays(5, BANK).plays(3, 0.8).plays(590, BANK);
        assertThat(found.states()).containsExactly("WATER_INTRUSION RAISED");
        player.plays(20, BANK);
        assertThat(found.states()).containsExactly("WATER_INTRUSION RAISED", "WATER_INTRUSION RESTORED");
    }

    @Test
    void a_bird_that_flies_through_is_not() {
        for (int i = 0; i < 50; i++) {
            player.plays(1, 2).plays(4, BANK);
        }
        assertThat(found.states()).isEmpty();
    }

    @Test
    void rain_in_the_beam_is_not() {
        player.plays(3_600, t -> random.nextDouble() < 0.25 ? 3 * random.nextDouble() : BANK);
        assertThat(found.states()).isEmpty();
    }

    @Test
    void rain_does_not_hide_somebody() {
        player.plays(30, t -> random.nextDouble() < 0.25 ? 0 : 2);
        assertThat(found.states()).containsExactly("WATER_INTRUSION RAISED");
    }

    @Test
    void time_outs_are_not_however_many() {
        player.plays(600, t -> random.nextBoolean() ? 0 : Double.NaN);
        assertThat(found.states()).isEmpty();
        assertThat(found.health).containsExactly("+dirty");
    }

    @Test
    void over_open_water_no_echo_means_nobody() {
        WaterGuard.Settings bank = WaterGuard.Settings.bank();
        WaterGuard open = new WaterGuard(
                new WaterGuard.Settings(
                        bank.zone().open(),
                        bank.waterM(),
                        bank.dwell(),
                        bank.waterDwell(),
                        bank.beamDwell(),
                        bank.restore(),
                        bank.waterHold(),
                        false),
                found);
        new Player(open, 10).plays(5, 2).plays(15, 0);
        assertThat(found.states()).containsExactly("WATER_INTRUSION RAISED", "WATER_INTRUSION RESTORED");
        assertThat(found.health).isEmpty();
    }

    @Test
    void a_beam_alone_tells() {
        guard.beam(1_000_000_000, true);
        player.pauses(4);
        guard.beam(5_000_000_000L, false);
        player.pauses(20);
        assertThat(found.states()).containsExactly("WATER_INTRUSION RAISED", "WATER_INTRUSION RESTORED");
    }

    @Test
    void whoever_runs_through_the_beam_is_told_and_a_glint_is_not() {
        player.plays(5, BANK);
        guard.beam(player.nowNs(), true);
        guard.beam(player.nowNs() + 50_000_000, false);
        player.plays(5, BANK);
        assertThat(found.states()).isEmpty();
        guard.beam(player.nowNs(), true);
        guard.beam(player.nowNs() + 200_000_000, false);
        assertThat(found.states()).containsExactly("WATER_INTRUSION RAISED");
    }

    @Test
    void where_the_beam_must_agree_a_duck_below_it_is_not_and_a_person_is() {
        WaterGuard both = new WaterGuard(WaterGuard.Settings.bank().withBeamRequired(), found);
        Player low = new Player(both, 10);
        low.plays(60, 2);
        assertThat(found.states()).isEmpty();
        both.beam(low.nowNs(), true);
        low.plays(3, 2);
        assertThat(found.states()).containsExactly("WATER_INTRUSION RAISED");
    }
}
