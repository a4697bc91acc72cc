package dev.tocsin.sdk.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.sdk.model.AlarmKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SwitchGuardTest {

    private static final LoopBands OPENING = LoopBands.opening(5_600, 5_600, 5_600);
    private static final LoopBands CLOSING = LoopBands.closing(4_700, 4_700, 1_000);
    private static final double REST = 0.5;
    private static final double ALARM = 2.0 / 3;
    private static final double SMOKE = 1 / (1 + 4.7 * 5.7 / 4.7);

    private final Found found = new Found();

    private Player plays(SwitchGuard.Settings settings) {
        return new Player(new SwitchGuard(settings, found), 10);
    }

    @Test
    void the_levels_of_a_loop_are_told_apart_within_five_percent() {
        for (double off = 0.95; off <= 1.05; off += 0.01) {
            double rest = off / (1 + off);
            double alarm = 2 * off / (1 + 2 * off);
            assertThat(OPENING.of(rest, LoopBands.State.SHORT)).isEqualTo(LoopBands.State.NORMAL);
            assertThat(OPENING.of(alarm, LoopBands.State.NORMAL)).isEqualTo(LoopBands.State.ALARM);
        }
        assertThat(OPENING.of(0.02, LoopBands.State.NORMAL)).isEqualTo(LoopBands.State.SHORT);
        assertThat(OPENING.of(0.98, LoopBands.State.NORMAL)).isEqualTo(LoopBands.State.OPEN);
        assertThat(CLOSING.of(SMOKE, LoopBands.State.NORMAL)).isEqualTo(LoopBands.State.ALARM);
        assertThat(CLOSING.of(REST, LoopBands.State.ALARM)).isEqualTo(LoopBands.State.NORMAL);
        assertThat(CLOSING.of(0, LoopBands.State.NORMAL)).isEqualTo(LoopBands.State.SHORT);
        assertThat(CLOSING.of(1, LoopBands.State.NORMAL)).isEqualTo(LoopBands.State.OPEN);
    }

    @Test
    void at_a_limit_it_stays_what_it_was() {
        double limit = OPENING.middle();
        assertThat(OPENING.of(limit, LoopBands.State.NORMAL)).isEqualTo(LoopBands.State.NORMAL);
        assertThat(OPENING.of(limit, LoopBands.State.ALARM)).isEqualTo(LoopBands.State.ALARM);
    }

    @Test
    void smoke_is_fire_and_ends() {
        plays(SwitchGuard.Settings.smoke(CLOSING))
                .plays(5, REST)
                .plays(3, SMOKE)
                .plays(5, REST);
        assertThat(found.states()).containsExactly("FIRE RAISED", "FIRE RESTORED");
        assertThat(found.detections.getFirst().edgeNs()).isEqualTo(5_000_000_000L);
    }

    @Test
    void gas_is_gas_and_a_beam_is_the_perimeter() {
        plays(SwitchGuard.Settings.gas(CLOSING)).plays(2, SMOKE);
        plays(SwitchGuard.Settings.perimeter(OPENING)).plays(2, ALARM);
        assertThat(found.states()).containsExactly("GAS RAISED", "PERIMETER RAISED");
    }

    @Test
    void a_leaf_in_the_beam_is_not() {
        Player beam = plays(SwitchGuard.Settings.perimeter(OPENING));
        for (int i = 0; i < 50; i++) {
            beam.plays(0.3, ALARM).plays(2, REST);
        }
        assertThat(found.states()).isEmpty();
    }

    @Test
    void a_cut_wire_of_a_fire_loop_is_a_fault_and_no_fire() {
        plays(SwitchGuard.Settings.smoke(CLOSING)).plays(5, REST).plays(5, 1).plays(10, REST);
        assertThat(found.states()).isEmpty();
        assertThat(found.health).containsExactly("+wire-cut", "-wire-cut");
    }

    @Test
    void a_shorted_wire_of_a_fire_loop_is_a_fault_and_no_fire() {
        plays(SwitchGuard.Settings.smoke(CLOSING)).plays(5, REST).plays(5, 0);
        assertThat(found.states()).isEmpty();
        assertThat(found.health).containsExactly("+wire-short");
    }

    @Test
    void a_cut_wire_of_an_intruder_loop_is_tampering() {
        plays(SwitchGuard.Settings.perimeter(OPENING))
                .plays(5, REST)
                .plays(5, 1)
                .plays(10, REST);
        assertThat(found.states()).containsExactly("TAMPER RAISED", "TAMPER RESTORED");
        assertThat(found.detections.getFirst().text()).isEqualTo("the loop is cut");
    }

    @Test
    void a_bridge_across_a_gate_s_loop_is_tampering() {
        plays(SwitchGuard.Settings.gate(OPENING, Duration.ofSeconds(30)))
                .plays(5, REST)
                .plays(5, 0);
        assertThat(found.states()).containsExactly("TAMPER RAISED");
    }

    @Test
    void an_alarm_stays_while_its_wire_is_cut() {
        plays(SwitchGuard.Settings.smoke(CLOSING)).plays(3, SMOKE).plays(60, 1);
        assertThat(found.states()).containsExactly("FIRE RAISED");
    }

    @Test
    void the_tamper_loop_is_one_alarm_whether_opened_or_cut() {
        Player loop = plays(SwitchGuard.Settings.tamper(OPENING));
        loop.plays(3, REST).plays(3, ALARM).plays(3, 1).plays(3, REST);
        assertThat(found.states()).containsExactly("TAMPER RAISED", "TAMPER RESTORED");
    }

    @Test
    void a_gate_that_is_released_may_open_for_its_time() {
        SwitchGuard gate = new SwitchGuard(SwitchGuard.Settings.gate(OPENING, Duration.ofSeconds(30)), found);
        Player player = new Player(gate, 10);
        player.plays(5, REST);
        gate.release(player.nowNs() + 10_000_000_000L);
        player.plays(29, ALARM).plays(5, REST);
        assertThat(found.states()).isEmpty();
        gate.release(player.nowNs() + 10_000_000_000L);
        player.plays(32, ALARM).plays(5, REST);
        assertThat(found.states()).containsExactly("GATE RAISED", "GATE RESTORED");
        assertThat(found.detections.getFirst().text()).isEqualTo("open for 30 s");
    }

    @Test
    void a_gate_that_opens_without_a_release_or_after_it_is_forced() {
        SwitchGuard gate = new SwitchGuard(SwitchGuard.Settings.gate(OPENING, Duration.ofSeconds(30)), found);
        Player player = new Player(gate, 10);
        gate.release(4_000_000_000L);
        player.plays(5, REST).plays(2, ALARM);
        assertThat(found.states()).containsExactly("GATE RAISED");
        assertThat(found.detections.getFirst().text()).isEqualTo("opened without a release");
    }

    @Test
    void a_bare_contact_needs_a_sample_at_its_edges_only() {
        SwitchGuard contact = new SwitchGuard(SwitchGuard.Settings.smoke(LoopBands.CONTACT), found);
        contact.sample(0, new double[] {0});
        contact.sample(10_000_000_000L, new double[] {1});
        contact.step(11_000_000_000L);
        contact.sample(20_000_000_000L, new double[] {0});
        contact.step(21_000_000_000L);
        assertThat(found.alarms()).containsExactly("FIRE RAISED 11.0", "FIRE RESTORED 21.0");
    }

    @Test
    void a_loop_that_is_no_longer_read_decides_nothing() {
        plays(SwitchGuard.Settings.smoke(CLOSING)).plays(1, REST).gives(SMOKE).pauses(100);
        assertThat(found.states()).isEmpty();
    }

    @Test
    void other_kinds_are_refused() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new SwitchGuard.Settings(
                        AlarmKind.PANIC, OPENING, second, second, second, false, false, second))
                .hasMessageContaining("kind is PANIC");
        assertThatThrownBy(() -> LoopBands.opening(0, 1, 1)).hasMessageContaining("pull-up");
    }
}
