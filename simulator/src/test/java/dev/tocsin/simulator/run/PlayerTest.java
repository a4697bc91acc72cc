package dev.tocsin.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.firmware.board.DeskControls;
import dev.tocsin.sdk.model.ClockQuality;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.simulator.check.Deed;
import dev.tocsin.simulator.report.Input;
import dev.tocsin.simulator.run.Plan.Move;
import dev.tocsin.simulator.run.Plan.PlannedDeed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The hand, on a clock that moves by being looked at: nothing here waits. */
class PlayerTest {

    private static final long MS = 1_000_000;

    private final List<String> moves = new ArrayList<>();
    private final JumpingClock clock = new JumpingClock();

    private final Plan plan = new Plan(
            List.of("a", "b"),
            List.of(
                    new Move(100 * MS, 0, "panic", true, 0),
                    new Move(400 * MS, 0, "panic", false, Plan.NOTHING),
                    new Move(450 * MS, 1, "panic", true, 1),
                    new Move(1000 * MS, 0, "reset", true, 2)),
            List.of(
                    new PlannedDeed("A@a", 0, Deed.Kind.PRESS),
                    new PlannedDeed("A@b", 1, Deed.Kind.PRESS),
                    new PlannedDeed("A@a reset", 0, Deed.Kind.RESET)),
            new Input(0, 2, ""));

    @Test
    void moves_come_at_their_times_and_deeds_are_noted_with_them() {
        Player player = play();
        assertThat(moves)
                .containsExactly("100 a panic true", "400 a panic false", "450 b panic true", "1000 a reset true");
        assertThat(player.done())
                .extracting(Deed::id, Deed::kind, d -> d.atNs() / MS)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("A@a", Deed.Kind.PRESS, 100L),
                        org.assertj.core.groups.Tuple.tuple("A@b", Deed.Kind.PRESS, 450L),
                        org.assertj.core.groups.Tuple.tuple("A@a reset", Deed.Kind.RESET, 1000L));
        assertThat(player.presses()).isEqualTo(2);
        assertThat(player.lateness().maxMs()).isLessThan(1);
    }

    @Test
    void a_hand_that_was_held_up_holds_the_button_for_as_long_as_planned_and_is_on_time_again_later() {
        clock.stallAtNs = 50 * MS;
        clock.stallNs = 600 * MS; // over press and release of a, and the press of b
        play();
        assertThat(moves)
                .containsExactly("650 a panic true", "650 b panic true", "950 a panic false", "1150 a reset true");
    }

    @Test
    void a_hand_that_is_stopped_moves_no_more() {
        Player player = new Player(plan, this::controls, clock, ns -> clock.nowNs += ns);
        player.stop();
        player.play(0);
        assertThat(moves).isEmpty();
    }

    private Player play() {
        Player player = new Player(plan, this::controls, clock, ns -> clock.nowNs += ns);
        player.play(0);
        return player;
    }

    private DeskControls controls(int device) {
        return new DeskControls() {
            @Override
            public void set(String input, boolean active) {
                moves.add(clock.nowNs / MS + " " + plan.devices().get(device) + " " + input + " " + active);
            }

            @Override
            public boolean isOn(String output) {
                return false;
            }
        };
    }

    /** Each look at it takes a microsecond, one of them much longer. */
    private static final class JumpingClock implements Clock {
        private long nowNs;
        private long stallAtNs = Long.MAX_VALUE;
        private long stallNs;

        @Override
        public long nanoTime() {
            nowNs += MS / 1000;
            if (nowNs >= stallAtNs) {
                nowNs += stallNs;
                stallAtNs = Long.MAX_VALUE;
            }
            return nowNs;
        }

        @Override
        public Instant wallTime() {
            return Instant.EPOCH;
        }

        @Override
        public ClockQuality quality() {
            return ClockQuality.UNKNOWN;
        }
    }
}
