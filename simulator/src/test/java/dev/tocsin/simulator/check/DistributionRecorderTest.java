package dev.tocsin.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.simulator.check.Distribution.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class DistributionRecorderTest {

    private final DistributionRecorder recorder = new DistributionRecorder();

    @Test
    void the_curve_rises_from_the_first_sample_to_all_of_them() {
        recorder.record(1_000_000);
        recorder.record(2_000_000);
        recorder.record(2_000_000);
        recorder.record(9_000_000);
        Distribution d = recorder.distribution();
        assertThat(d.curve()).extracting(Point::share).containsExactly(0.25, 0.75, 1.0);
        assertThat(d.curve().getLast().ms()).isEqualTo(d.maxMs());
    }

    @Test
    void a_curve_of_many_samples_has_few_points_and_keeps_its_ends() {
        for (int i = 1; i <= 100_000; i++) {
            recorder.record(i * 10_000L);
        }
        List<Point> curve = recorder.distribution().curve();
        assertThat(curve).hasSizeBetween(100, 202);
        assertThat(curve.getFirst().ms()).isLessThan(0.011);
        assertThat(curve.getLast()).isEqualTo(new Point(recorder.distribution().maxMs(), 1));
    }

    @Test
    void nothing_has_no_curve() {
        assertThat(recorder.distribution().curve()).isEmpty();
    }
}
