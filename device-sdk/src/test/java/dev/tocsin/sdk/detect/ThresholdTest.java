package dev.tocsin.sdk.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThresholdTest {

    private static final long MS = 1_000_000;

    private final List<Detection> found = new ArrayList<>();
    private final Findings findings = new Findings() {
        @Override
        public void found(Detection detection) {
            found.add(detection);
        }

        @Override
        public void health(String cause, boolean isStanding, String text) {
            throw new AssertionError("a threshold knows nothing of health");
        }
    };

    private Threshold threshold(Threshold.Side side, double limit, double hysteresis) {
        return new Threshold(
                new Threshold.Settings(
                        AlarmKind.GATE, side, limit, hysteresis, Duration.ofMillis(100), Duration.ofMillis(200)),
                0,
                "V",
                findings);
    }

    private static void at(Threshold t, long ms, double value) {
        t.sample(ms * MS, new double[] {value});
    }

    @Test
    void what_holds_is_raised_with_the_time_at_which_it_began() {
        Threshold t = threshold(Threshold.Side.ABOVE, 1, 0);
        at(t, 0, 0);
        at(t, 10, 1);
        at(t, 60, 1);
        assertThat(found).isEmpty();
        t.step(110 * MS);
        assertThat(found)
                .containsExactly(
                        new Detection(AlarmKind.GATE, AlarmState.RAISED, 10 * MS, 110 * MS, "1.00 V, limit >= 1.00"));
        at(t, 200, 1);
        t.step(1_000 * MS);
        assertThat(found).hasSize(1);
    }

    @Test
    void chatter_raises_nothing() {
        Threshold t = threshold(Threshold.Side.ABOVE, 1, 0);
        for (int i = 0; i < 100; i++) {
            at(t, i * 50L, i % 2);
        }
        assertThat(found).isEmpty();
    }

    @Test
    void it_is_over_when_it_has_been_back_by_the_hysteresis_for_long_enough() {
        Threshold t = threshold(Threshold.Side.BELOW, 2.0, 0.5);
        at(t, 0, 1);
        at(t, 100, 1);
        at(t, 200, 2.4);
        at(t, 900, 2.4);
        assertThat(found).as("within the hysteresis").hasSize(1);
        at(t, 1_000, 2.6);
        t.step(1_199 * MS);
        assertThat(found).hasSize(1);
        t.step(1_200 * MS);
        assertThat(found.getLast().state()).isEqualTo(AlarmState.RESTORED);
        assertThat(found.getLast().edgeNs()).isEqualTo(1_000 * MS);
    }

    @Test
    void what_is_no_number_neither_raises_nor_restores() {
        Threshold t = threshold(Threshold.Side.ABOVE, 1, 0);
        at(t, 0, Double.NaN);
        at(t, 500, Double.NaN);
        assertThat(found).isEmpty();
        at(t, 600, 1);
        at(t, 700, Double.NaN);
        at(t, 710, 1);
        assertThat(found).hasSize(1);
    }

    @Test
    void a_limit_that_nothing_can_be_compared_with_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> threshold(Threshold.Side.ABOVE, Double.NaN, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> threshold(Threshold.Side.ABOVE, 1, -1));
    }
}
