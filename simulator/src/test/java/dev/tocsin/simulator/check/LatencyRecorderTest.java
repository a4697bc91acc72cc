package dev.tocsin.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatencyRecorderTest {

    private static Fate press(long tookMs) {
        long ns = tookMs * 1_000_000;
        return new Fate(
                "A@" + tookMs,
                "d",
                AlarmKind.PANIC,
                AlarmState.RAISED,
                false,
                Optional.empty(),
                new TreeSet<>(),
                true,
                new TreeSet<>(),
                0,
                5,
                OptionalLong.of(5 + ns / 4),
                OptionalLong.of(5 + ns / 3),
                OptionalLong.of(5 + ns / 2),
                new TreeMap<>(Map.of("police", 5 + ns / 3)),
                new TreeMap<>(Map.of("police", 5 + ns / 2)),
                new TreeMap<>(Map.of("police", 5 + ns, "education", 5 + 2 * ns)),
                false);
    }

    private static List<Fate> presses(long from, long to) {
        return LongStream.range(from, to).mapToObj(LatencyRecorderTest::press).toList();
    }

    @Test
    void what_is_added_run_by_run_is_what_one_histogram_of_all_would_hold() {
        LatencyRecorder recorder = new LatencyRecorder();
        recorder.add(presses(1, 300));
        recorder.add(List.of());
        recorder.add(presses(300, 1000));
        List<Fate> all = new ArrayList<>(presses(1, 1000));
        assertThat(recorder.latencies()).isEqualTo(Latencies.of(all));
        assertThat(recorder.latencies().receipt().count()).isEqualTo(2 * 999);
        assertThat(recorder.latencies().signed().maxMs()).isCloseTo(333, withinPercentage(0.1));
        assertThat(recorder.latencies().ledger().maxMs()).isCloseTo(499.5, withinPercentage(0.1));
        assertThat(recorder.latencies().ledgerOf()).containsOnlyKeys("police");
        assertThat(recorder.latencies().receiptFrom()).containsOnlyKeys("police", "education");
    }
}
