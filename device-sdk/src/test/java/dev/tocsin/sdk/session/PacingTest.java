package dev.tocsin.sdk.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Transport.Outcome;
import dev.tocsin.sdk.port.Transport.Retransmission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PacingTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void the_first_exchange_is_quick_the_later_ones_are_single_and_double_up_to_8_and_then_30_seconds() {
        Pacing pacing = new Pacing(AlarmTiming.QUICK, 1, 0);
        assertThat(pacing.next(Duration.ofMillis(300), false, 0))
                .isEqualTo(new Retransmission(Duration.ofMillis(300), 1.5, 1.25, 4, OptionalInt.of(2)));
        List<Duration> timeouts = new ArrayList<>();
        for (long s : new long[] {3, 5, 10, 20, 299, 300, 310, 330, 100_000}) {
            Retransmission next = pacing.next(Duration.ofMillis(300), false, s * SECOND);
            assertThat(next.retransmissions()).isZero();
            assertThat(next.stretch()).isEqualTo(1.2);
            assertThat(next.probeAt()).hasValue(0);
            timeouts.add(next.first());
        }
        Duration once =
                Duration.ofNanos((long) (300_000_000L * Math.pow(1.25, 4))).multipliedBy(2);
        assertThat(timeouts)
                .containsExactly(
                        once,
                        once.multipliedBy(2),
                        once.multipliedBy(4),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(16),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30));
    }

    @Test
    void however_quick_a_path_an_answer_is_waited_for_1900_ms_at_least() {
        for (int ms : new int[] {100, 110, 149, 150, 199, 200, 299, 300, 600, 1_000, 2_000}) {
            Retransmission quick = first(ms);
            double waitedMs = 0;
            for (int i = 0; i <= quick.retransmissions(); i++) {
                waitedMs += ms * Math.pow(1.25, i);
            }
            assertThat(waitedMs).as("%d ms, waits stretched by nothing", ms).isGreaterThan(1_900);
            assertThat(quick.retransmissions()).as("%d ms", ms).isBetween(4, 7);
        }
        assertThat(first(100).retransmissions()).isEqualTo(7);
        assertThat(first(200).retransmissions()).isEqualTo(5);
        assertThat(first(1_000).retransmissions()).as("not measured").isEqualTo(4);
    }

    @Test
    void on_the_quickest_paths_a_handshake_is_offered_one_transmission_later() {
        assertThat(first(149).probeAt()).hasValue(3);
        assertThat(first(150).probeAt()).hasValue(2);
    }

    private static Retransmission first(int pathMs) {
        return new Pacing(AlarmTiming.QUICK, 1, 0).next(Duration.ofMillis(pathMs), false, 0);
    }

    @Test
    void every_address_gets_a_quick_exchange_first() {
        Pacing pacing = new Pacing(AlarmTiming.QUICK, 3, 0);
        for (int i = 0; i < 3; i++) {
            assertThat(pacing.isQuick()).isTrue();
            assertThat(pacing.next(Duration.ofMillis(300), false, 0).retransmissions())
                    .isEqualTo(4);
            assertThat(pacing.isSlow()).isFalse();
        }
        assertThat(pacing.isQuick()).isFalse();
        assertThat(pacing.next(Duration.ofMillis(300), false, 0).retransmissions())
                .isZero();
        assertThat(pacing.isSlow()).isTrue();
        pacing.restart();
        assertThat(pacing.isQuick()).isTrue();
    }

    @Test
    void the_time_out_is_rfc_6298_s_between_a_floor_and_a_ceiling() {
        RoundTrip path = new RoundTrip();
        assertThat(path.timeout()).as("no sample").isEqualTo(Duration.ofSeconds(1));
        path.sample(200_000_000);
        assertThat(path.timeout()).as("(2.2): R + 4 * R/2").isEqualTo(Duration.ofMillis(600));
        path.sample(400_000_000);
        // (2.3): RTTVAR = 3/4 * 100 + 1/4 * 200 = 125, SRTT = 7/8 * 200 + 1/8 * 400 = 225
        assertThat(path.timeout()).isEqualTo(Duration.ofMillis(725));
        for (int i = 0; i < 200; i++) {
            path.sample(20_000_000);
        }
        assertThat(path.timeout()).as("floor").isEqualTo(Duration.ofMillis(100));
        for (int i = 0; i < 3; i++) {
            path.sample(20 * SECOND);
        }
        assertThat(path.timeout()).as("ceiling").isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void a_path_that_fails_gives_way_to_the_next_and_a_better_one_that_works_takes_over() {
        Paths paths = new Paths(List.of("a", "b", "c"), remark -> {});
        assertThat(paths.current()).isZero();
        paths.failed(0, new Outcome.NoAnswer(5));
        paths.failed(0, new Outcome.NoAnswer(5)); // a second exchange that was under way on it
        assertThat(paths.current()).isEqualTo(1);
        paths.failed(1, new Outcome.NoAnswer(5));
        assertThat(paths.current()).isEqualTo(2);
        paths.failed(2, new Outcome.NoAnswer(5));
        assertThat(paths.current()).isZero();
        paths.failed(0, new Outcome.NoAnswer(5));
        paths.works(2);
        assertThat(paths.current()).as("no worse one").isEqualTo(1);
        paths.works(0);
        assertThat(paths.current()).isZero();
        paths.answered(0, new Outcome.Answered(204, Bytes.EMPTY, Duration.ofMillis(200), 2));
        assertThat(paths.timeout(0)).as("sent twice: no sample").isEqualTo(Duration.ofSeconds(1));
        paths.answered(0, new Outcome.Answered(204, Bytes.EMPTY, Duration.ofMillis(200), 1));
        assertThat(paths.timeout(0)).isEqualTo(Duration.ofMillis(600));
        assertThat(paths.timeout(1)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void a_path_counts_as_lossy_while_two_of_its_last_sixteen_exchanges_needed_a_second_transmission() {
        Paths paths = new Paths(List.of("a"), remark -> {});
        answeredAfter(paths, 2);
        assertThat(paths.isLossy(0)).as("one may have met anything").isFalse();
        answeredAfter(paths, 5);
        assertThat(paths.isLossy(0)).as("two").isTrue();
        for (int i = 0; i < 14; i++) {
            answeredAfter(paths, 1);
        }
        assertThat(paths.isLossy(0)).as("both are among the last sixteen").isTrue();
        answeredAfter(paths, 1);
        assertThat(paths.isLossy(0)).as("one of them is too long ago").isFalse();
    }

    private static void answeredAfter(Paths paths, int transmissions) {
        paths.answered(0, new Outcome.Answered(204, Bytes.EMPTY, Duration.ofMillis(80), transmissions));
    }

    @Test
    void with_rfc_7252_s_timing_every_exchange_is_its_own() {
        Pacing pacing = new Pacing(AlarmTiming.RFC_7252, 1, 0);
        for (int i = 0; i < 3; i++) {
            assertThat(pacing.next(Duration.ofMillis(300), false, 0)).isEqualTo(Retransmission.RFC_7252);
        }
        assertThat(pacing.next(Duration.ofMillis(300), true, 0)).isEqualTo(Retransmission.RFC_7252.withProbeAt(3));
    }

    @Test
    void on_a_lossy_path_a_handshake_is_offered_only_after_the_quick_exchange() {
        Pacing pacing = new Pacing(AlarmTiming.QUICK, 1, 0);
        assertThat(pacing.next(Duration.ofMillis(300), true, 0).probeAt()).isEmpty();
        assertThat(pacing.next(Duration.ofMillis(300), true, SECOND).probeAt()).hasValue(0);
    }
}
