package dev.tocsin.benchmarks.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AgainstTest {

    private static List<Double> around(double middle, long seed) {
        Random random = new Random(seed);
        return random.doubles(40).mapToObj(d -> middle * (0.8 + 0.4 * d)).toList();
    }

    @Test
    void what_differs_by_chance_alone_is_no_regression() {
        assertThat(Against.Comparison.of(around(1_000, 1), around(1_000, 2)).isSlower())
                .isFalse();
    }

    @Test
    void a_path_that_takes_a_quarter_longer_is_a_regression() {
        assertThat(Against.Comparison.of(around(1_250, 1), around(1_000, 2)).isSlower())
                .isTrue();
    }
}
