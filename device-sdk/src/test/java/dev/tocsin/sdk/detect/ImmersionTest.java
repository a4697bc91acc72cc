package dev.tocsin.sdk.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ImmersionTest {

    private static final double DRY = 2e6;
    private static final double WET = 4_000;
    private static final double RAIN = 50_000;

    private final Found found = new Found();
    private final Player probe = new Player(new ImmersionGuard(ProbeSettings.FRESH_WATER, found), 10);
    private final Player worn = new Player(new DrowningGuard(DrowningGuard.Settings.freshWater(), found), 25);
    private final SplittableRandom random = new SplittableRandom(3);

    @Test
    void under_water_for_three_seconds_is_raised_and_dry_for_two_restored() {
        probe.plays(5, DRY).plays(10, WET).plays(5, DRY);
        assertThat(found.alarms()).containsExactly("WATER_INTRUSION RAISED 8.0", "WATER_INTRUSION RESTORED 17.0");
    }

    @Test
    void a_splash_is_not() {
        for (int i = 0; i < 100; i++) {
            probe.plays(1.5, WET).plays(2, DRY);
        }
        assertThat(found.states()).isEmpty();
    }

    @Test
    void rain_on_the_electrodes_is_not() {
        probe.plays(60, DRY).plays(600, t -> random.nextDouble() < 0.8 ? RAIN : DRY);
        assertThat(found.states()).isEmpty();
    }

    @Test
    void dirt_that_creeps_is_a_fouled_probe_and_nobody_in_the_water() {
        Player slow = new Player(new ImmersionGuard(ProbeSettings.FRESH_WATER, found), 1);
        slow.plays(24 * 3_600, t -> 1 / (1 / DRY + 2e-6 * t / 3_600));
        assertThat(found.states()).isEmpty();
        assertThat(found.health).containsExactly("+fouled");
        slow.plays(10, WET);
        assertThat(found.states()).as("a fouled probe still sees water").containsExactly("WATER_INTRUSION RAISED");
    }

    @Test
    void a_broken_or_shorted_wire_is_nobody_in_the_water() {
        for (double ohms : new double[] {0, -5, Double.NaN, Double.POSITIVE_INFINITY}) {
            probe.plays(20, ohms);
        }
        assertThat(found.states()).isEmpty();
    }

    @Test
    void in_the_water_and_still_is_drowning_and_gets_worse() {
        wear(5, DRY, 0.3);
        wear(10, WET, 0.4);
        wear(40, WET, 0.02);
        assertThat(found.states()).containsExactly("DROWNING RAISED", "DROWNING UPDATED");
        wear(5, DRY, 0.3);
        assertThat(found.states()).endsWith("DROWNING RESTORED");
    }

    @Test
    void drowning_is_told_ten_seconds_after_the_last_movement() {
        wear(10, WET, 0.4);
        wear(20, WET, 0.02);
        Detection drowning = found.detections.get(0);
        assertThat(drowning.decidedNs() / 1e9).isBetween(20.0, 24.0);
        assertThat(drowning.text()).startsWith("in the water and still for 10.0 s");
    }

    @Test
    void a_swimmer_is_not_drowning() {
        wear(600, WET, 0.4);
        assertThat(found.states()).isEmpty();
    }

    @Test
    void asleep_on_land_is_not_drowning_nor_is_a_splash_on_somebody_who_is_still() {
        wear(60, DRY, 0.01);
        wear(2, WET, 0.01);
        wear(60, DRY, 0.01);
        assertThat(found.states()).isEmpty();
    }

    @Test
    void who_moves_again_is_restored_and_can_be_raised_again() {
        wear(5, WET, 0.4);
        wear(20, WET, 0.02);
        wear(15, WET, 0.4);
        wear(20, WET, 0.02);
        assertThat(found.states()).containsExactly("DROWNING RAISED", "DROWNING RESTORED", "DROWNING RAISED");
    }

    @Test
    void a_dead_accelerometer_is_not_still() {
        for (int i = 0; i < 2_000; i++) {
            worn.gives(WET, 0, 0, 0);
        }
        for (int i = 0; i < 2_000; i++) {
            worn.gives(WET, Double.NaN, 0, 1);
        }
        assertThat(found.states()).isEmpty();
    }

    private void wear(double seconds, double ohms, double movesG) {
        for (int i = 0; i < seconds * 25; i++) {
            worn.gives(ohms, 0.1, 0.1, 1 + movesG * Math.sqrt(2) * Math.sin(i * 0.4));
        }
    }
}
