package dev.tocsin.sdk.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelMapTest {

    private final List<String> seen = new ArrayList<>();

    private final Detector two = new Detector() {
        @Override
        public int channels() {
            return 2;
        }

        @Override
        public void sample(long timeNs, double[] values) {
            seen.add(timeNs + ": " + values[0] + " " + values[1]);
        }

        @Override
        public void step(long nowNs) {
            seen.add("step " + nowNs);
        }
    };

    @Test
    void channels_come_in_the_order_and_the_unit_that_is_wanted() {
        Detector map = new ChannelMap(List.of(new ChannelMap.Input(3, 2.5, -1), new ChannelMap.Input(0)), two);
        assertThat(map.channels()).isEqualTo(4);
        map.sample(7, new double[] {0.5, 9, 9, 2});
        map.sample(8, new double[] {0.5, 9, 9, Double.NaN});
        map.step(9);
        assertThat(seen).containsExactly("7: 4.0 0.5", "8: NaN 0.5", "step 9");
    }

    @Test
    void what_could_show_nothing_is_refused() {
        assertThatThrownBy(() -> new ChannelMap.Input(0, 0, 1)).hasMessageContaining("a scale that is not 0");
        assertThatThrownBy(() -> new ChannelMap(List.of(new ChannelMap.Input(0)), two))
                .hasMessage("2 inputs, not 1");
    }
}
