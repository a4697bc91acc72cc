package dev.tocsin.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.firmware.board.BounceTrace;
import dev.tocsin.simulator.run.Motion.Edge;
import dev.tocsin.simulator.scenario.Stimulus.Synthetic.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MotionTest {

    private final Seeds seeds = new Seeds(1);

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_drawn_press_ends_closed_and_a_drawn_release_open(Kind kind) {
        for (int i = 0; i < 100; i++) {
            Motion press = Motion.synthetic(kind, true, seeds.stream("press" + i));
            assertThat(press.edges().getFirst()).isEqualTo(new Edge(0, true));
            assertThat(press.edges().getLast().closed()).isTrue();
            assertThat(press.edges()).isSortedAccordingTo((a, b) -> Long.compare(a.atNs(), b.atNs()));
            assertThat(press.lengthNs()).isLessThanOrEqualTo(105_000_000);
            assertThat(Motion.synthetic(kind, false, seeds.stream("release" + i))
                            .edges()
                            .getLast()
                            .closed())
                    .isFalse();
        }
    }

    @Test
    void the_same_stream_draws_the_same_motion_and_another_another() {
        Motion one = Motion.synthetic(Kind.BOUNCE, true, seeds.stream("a"));
        assertThat(Motion.synthetic(Kind.BOUNCE, true, new Seeds(1).stream("a")))
                .isEqualTo(one);
        assertThat(Motion.synthetic(Kind.BOUNCE, true, seeds.stream("b"))).isNotEqualTo(one);
        assertThat(Motion.synthetic(Kind.BOUNCE, true, new Seeds(2).stream("a")))
                .isNotEqualTo(one);
    }

    @Test
    void a_recorded_row_that_repeats_the_level_is_played_as_the_pulse_that_was_too_short_to_sample() {
        Motion motion = Motion.of(new BounceTrace(
                "t",
                List.of(
                        new BounceTrace.Event(10, false, 0),
                        new BounceTrace.Event(510, false, 1),
                        new BounceTrace.Event(5_010, true, 0),
                        new BounceTrace.Event(5_310, true, 2),
                        new BounceTrace.Event(5_410, false, 1),
                        new BounceTrace.Event(9_010, true, 0))));
        assertThat(motion.edges())
                .containsExactly(
                        new Edge(0, false),
                        new Edge(500, true),
                        new Edge(1_500, false),
                        new Edge(5_000, true),
                        new Edge(5_300, false),
                        new Edge(5_400, true),
                        new Edge(5_400, false),
                        new Edge(9_000, true));
    }
}
