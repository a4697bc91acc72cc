package dev.tocsin.simulator.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SensorModelsTest {

    private static final Offset<Double> CLOSE = within(1e-9);

    private static double[] at(SampleSource source, double seconds) {
        double[] values = new double[source.channels()];
        assertThat(source.sample(Math.round(seconds * 1e9), values)).isTrue();
        return values;
    }

    private static double magnitude(double[] g) {
        return Math.sqrt(g[0] * g[0] + g[1] * g[1] + g[2] * g[2]);
    }

    @Test
    void a_body_at_rest_feels_one_g_upwards() {
        assertThat(at(ImuModel.still(), 7)).containsExactly(0, 0, 1);
    }

    @Test
    void a_walk_bobs_once_a_step_around_one_g() {
        ImuModel body = ImuModel.still().walking(Span.ofSeconds(10, 60), 2, 0.3);
        assertThat(at(body, 9.99)).containsExactly(0, 0, 1);
        double sum = 0;
        double highest = 0;
        int crossings = 0;
        double before = at(body, 10)[2];
        for (int i = 1; i <= 1_000; i++) {
            double z = at(body, 10 + i / 100.0)[2];
            sum += z;
            highest = Math.max(highest, z);
            crossings += before < 1.000001 && z >= 1.000001 ? 1 : 0;
            before = z;
        }
        assertThat(sum / 1_000).isCloseTo(1, within(0.01));
        assertThat(highest).isCloseTo(1.3, within(0.01));
        assertThat(crossings).as("10 s at 2 steps a second").isBetween(19, 21);
    }

    @Test
    void a_fall_is_weightless_then_hits_then_lies() {
        ImuModel body =
                ImuModel.still().walking(Span.ofSeconds(0, 60), 2, 0.3).falling(Span.ofSeconds(5, 0.4), 6, 0.05);
        assertThat(magnitude(at(body, 5))).isZero();
        assertThat(magnitude(at(body, 5.399))).isZero();
        assertThat(magnitude(at(body, 5.425))).as("the middle of the impact").isCloseTo(6, CLOSE);
        assertThat(magnitude(at(body, 5.41))).isBetween(3.0, 4.0);
        assertThat(at(body, 5.45)).containsExactly(-1, 0, 0);
        assertThat(at(body, 50)).as("walks no more").containsExactly(-1, 0, 0);
    }

    @Test
    void a_person_who_passes_is_seen_at_once_and_gone_at_once() {
        DistanceModel sensor = DistanceModel.empty(3.2).passing(Span.ofSeconds(10, 0.8), 0.9);
        assertThat(at(sensor, 9.999)).containsExactly(3.2);
        assertThat(at(sensor, 10)[0]).isCloseTo(0.9, CLOSE);
        assertThat(at(sensor, 10.799)[0]).isCloseTo(0.9, CLOSE);
        assertThat(at(sensor, 10.8)).containsExactly(3.2);
    }

    @Test
    void a_person_who_leans_over_comes_and_goes_slowly_and_the_nearest_counts() {
        DistanceModel sensor = DistanceModel.empty(3)
                .leaning(Span.ofSeconds(10, 10), 1, Duration.ofSeconds(2))
                .passing(Span.ofSeconds(15, 1), 0.5);
        assertThat(at(sensor, 11)[0]).isCloseTo(2, CLOSE);
        assertThat(at(sensor, 14)[0]).isCloseTo(1, CLOSE);
        assertThat(at(sensor, 15.5)[0]).isCloseTo(0.5, CLOSE);
        assertThat(at(sensor, 19.5)[0]).isCloseTo(2.5, CLOSE);
        assertThatThrownBy(() -> sensor.leaning(Span.ofSeconds(0, 1), 1, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_probe_conducts_when_wet() {
        ProbeModel probe = new ProbeModel(1e6, 5e3, List.of(Span.ofSeconds(10, 5)), 0);
        assertThat(at(probe, 9)[0]).isCloseTo(1e6, within(1e-3));
        assertThat(at(probe, 10)[0]).isCloseTo(5e3, within(1e-6));
        assertThat(at(probe, 15)[0]).isCloseTo(1e6, within(1e-3));
    }

    @Test
    void corrosion_makes_a_dry_probe_conduct_ever_better() {
        ProbeModel probe = new ProbeModel(1e9, 5e3, List.of(), 1e-6);
        assertThat(at(probe, 3_600)[0]).isCloseTo(1e6, within(2e3));
        assertThat(at(probe, 36_000)[0]).isCloseTo(1e5, within(2e2));
    }

    @Test
    void a_level_follows_tide_and_floods() {
        LevelModel level = new LevelModel(2, 0.5, Duration.ofHours(12), List.of())
                .rising(Span.ofSeconds(6 * 3600, 3600), 1.5)
                .rising(Span.ofSeconds(20 * 3600, 0), -0.5);
        assertThat(at(level, 0)[0]).isCloseTo(2, CLOSE);
        assertThat(at(level, 3 * 3600)[0]).as("high water").isCloseTo(2.5, CLOSE);
        assertThat(at(level, 6.5 * 3600)[0] - at(level, 18.5 * 3600)[0])
                .as("half risen")
                .isCloseTo(-0.75, CLOSE);
        assertThat(at(level, 24 * 3600)[0]).isCloseTo(3, CLOSE);
        assertThat(at(LevelModel.still(1.2), 1e6)[0]).isCloseTo(1.2, CLOSE);
    }
}
