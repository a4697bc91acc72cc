package dev.tocsin.sdk.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EdgeGuardTest {

    private static final double WALL = 4;
    private static final long SECOND = 1_000_000_000;

    private final Found found = new Found();
    private final EdgeGuard guard = new EdgeGuard(EdgeGuard.Settings.parapet(), found);
    private final Player player = new Player(guard, 20);

    @Test
    void somebody_who_stays_in_the_zone_is_raised_and_restored_when_gone() {
        player.plays(5, WALL).plays(3, 1.0).plays(10, WALL);
        assertThat(found.alarms()).containsExactly("FALL_RISK RAISED 6.5", "FALL_RISK RESTORED 13.0");
        assertThat(found.detections.getFirst().edgeNs()).isEqualTo(5 * SECOND);
    }

    @Test
    void somebody_who_walks_through_is_not() {
        for (int i = 0; i < 20; i++) {
            player.plays(1.2, 1.0).plays(3, WALL);
        }
        assertThat(found.states()).isEmpty();
    }

    @Test
    void zone_then_climbing_then_over_are_one_alarm_that_gets_worse() {
        player.plays(2, WALL).plays(3, 1.0).plays(2, 0.4).plays(1, WALL);
        assertThat(found.states()).containsExactly("FALL_RISK RAISED", "FALL_RISK UPDATED", "FALL_RISK UPDATED");
        assertThat(found.detections.get(1).text()).startsWith("climbing");
        assertThat(found.detections.get(2).text()).startsWith("over the edge");
    }

    @Test
    void who_steps_back_is_not_over() {
        player.plays(3, 1.0).plays(2, 0.4).plays(0.8, t -> 0.4 + 1.6 * t / 0.8).plays(10, WALL);
        assertThat(found.states()).containsExactly("FALL_RISK RAISED", "FALL_RISK UPDATED", "FALL_RISK RESTORED");
    }

    @Test
    void one_lost_reading_on_the_edge_is_not_over() {
        player.plays(2, 0.4)
                .gives(WALL)
                .plays(2, 0.4)
                .gives(0)
                .plays(2, 0.4)
                .plays(2, 0.7)
                .plays(2, 1.2);
        assertThat(found.detections).noneMatch(d -> d.text().startsWith("over"));
    }

    @Test
    void a_beam_on_the_parapet_tells_climbing_without_a_distance_sensor() {
        guard.climb(SECOND, true);
        player.pauses(3);
        guard.climb(4 * SECOND, false);
        player.pauses(10);
        assertThat(found.states()).containsExactly("FALL_RISK RAISED", "FALL_RISK RESTORED");
        assertThat(found.detections.getFirst().edgeNs()).isEqualTo(SECOND);
    }

    @Test
    void a_beam_beyond_the_edge_tells_a_fall_at_once() {
        player.plays(2, WALL);
        guard.over(player.nowNs(), true);
        guard.over(player.nowNs() + 60_000_000, false);
        assertThat(found.states()).containsExactly("FALL_RISK RAISED");
        assertThat(found.detections.getFirst().text()).isEqualTo("over the edge: seen beyond it");
    }

    @Test
    void an_empty_edge_does_not_restore_soon_after_somebody_went_over() {
        guard.over(0, true);
        guard.over(SECOND, false);
        player.plays(500, t -> WALL + 0.001 * t);
        assertThat(found.states()).containsExactly("FALL_RISK RAISED");
        player.plays(200, WALL);
        assertThat(found.states()).containsExactly("FALL_RISK RAISED", "FALL_RISK RESTORED");
    }

    @Test
    void who_sways_at_the_border_is_one_alarm() {
        player.plays(5, 1.2).plays(60, t -> 1.5 + 0.1 * Math.sin(t));
        assertThat(found.states()).containsExactly("FALL_RISK RAISED");
    }

    @Test
    void a_storm_of_time_outs_raises_nothing_and_is_a_dirty_sensor() {
        double[] timeOuts = {0, -1, Double.NaN, 8.01, Double.POSITIVE_INFINITY};
        for (int i = 0; i < 1_000; i++) {
            player.gives(timeOuts[i % timeOuts.length]);
        }
        assertThat(found.states()).isEmpty();
        assertThat(found.health).containsExactly("+dirty");
        player.plays(40, WALL);
        assertThat(found.health).containsExactly("+dirty", "-dirty");
    }

    @Test
    void time_outs_between_readings_do_not_hide_somebody() {
        for (int i = 0; i < 100; i++) {
            player.gives(i % 3 == 0 ? 1.0 : 0);
        }
        assertThat(found.states()).containsExactly("FALL_RISK RAISED");
    }

    @Test
    void while_nothing_comes_back_an_alarm_is_not_restored() {
        player.plays(3, 1.0).plays(60, 0).pauses(60);
        assertThat(found.states()).containsExactly("FALL_RISK RAISED");
    }

    @Test
    void a_stated_sentinel_is_a_time_out() {
        EdgeGuard.Settings parapet = EdgeGuard.Settings.parapet();
        EdgeGuard sentinel = new EdgeGuard(
                new EdgeGuard.Settings(
                        parapet.zone().sentinel(1.234),
                        parapet.climbM(),
                        parapet.zoneDwell(),
                        parapet.climbDwell(),
                        parapet.inputDwell(),
                        parapet.overDwell(),
                        parapet.vanish(),
                        parapet.restore(),
                        parapet.overHold(),
                        parapet.longestBypass()),
                found);
        new Player(sentinel, 20).plays(9, 1.234);
        assertThat(found.states()).isEmpty();
    }

    @Test
    void a_covered_sensor_is_a_fault_and_no_alarm() {
        player.plays(5, WALL).plays(4, 0.05);
        assertThat(found.health).containsExactly("+blocked");
        assertThat(found.states()).isEmpty();
        player.plays(11, WALL);
        assertThat(found.health).containsExactly("+blocked", "-blocked");
    }

    @Test
    void a_thing_that_never_moves_is_a_fault_beside_its_alarm() {
        player.plays(700, 0.9);
        assertThat(found.states()).containsExactly("FALL_RISK RAISED");
        assertThat(found.health).containsExactly("+blocked");
    }

    @Test
    void a_bypass_raises_nothing_and_expires() {
        guard.bypass(0, 60 * SECOND);
        player.plays(59, t -> 1 + 0.1 * Math.sin(t));
        guard.climb(player.nowNs(), true);
        assertThat(found.states()).isEmpty();
        assertThat(found.health).containsExactly("+bypassed");
        player.plays(1.4, 1);
        assertThat(found.health).containsExactly("+bypassed", "-bypassed");
        player.plays(2, 1);
        assertThat(found.states()).as("who is still there counts from then on").containsExactly("FALL_RISK RAISED");
    }

    @Test
    void a_bypass_restores_what_stands_and_is_cut_to_its_longest() {
        player.plays(5, 1);
        guard.bypass(player.nowNs(), Long.MAX_VALUE);
        assertThat(found.states()).containsExactly("FALL_RISK RAISED", "FALL_RISK RESTORED");
        player.pauses(4 * 3600 + 1);
        player.plays(2, 1);
        assertThat(found.health).containsExactly("+bypassed", "-bypassed");
        assertThat(found.states()).hasSize(3);
    }

    @Test
    void settings_out_of_range_are_refused() {
        DistanceZone zone = DistanceZone.upTo(1.5);
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new EdgeGuard.Settings(
                        zone, 1.6, second, second, second, second, second, second, second, Duration.ofHours(1)))
                .hasMessageContaining("climbM is 1.6; it must be 0.0 to 1.5");
        assertThatThrownBy(() -> new EdgeGuard.Settings(
                        zone, 0.5, second, second, second, second, second, second, second, Duration.ofHours(13)))
                .hasMessageContaining("longestBypass");
        assertThatThrownBy(() -> DistanceZone.upTo(0.1)).hasMessageContaining("insideM");
        assertThatThrownBy(() -> DistanceZone.upTo(Double.NaN)).hasMessageContaining("insideM");
    }
}
