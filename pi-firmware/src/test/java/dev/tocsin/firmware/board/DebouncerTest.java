package dev.tocsin.firmware.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.tocsin.firmware.board.BounceReplay.Decision;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DebouncerTest {

    private static final long US = 1_000;
    private static final long MS = 1_000_000;
    private static final long PRESS_NS = Debouncer.Settings.DEFAULT.press().toNanos();
    private static final long RELEASE_NS = Debouncer.Settings.DEFAULT.release().toNanos();

    private final List<Decision> decisions = new ArrayList<>();
    private final Debouncer debouncer = new Debouncer(Debouncer.Settings.DEFAULT, into(decisions));

    @Test
    void a_clean_press_is_decided_when_it_was_closed_for_the_press_time() {
        assertThat(debouncer.edge(10 * MS, true)).isEqualTo(10 * MS + PRESS_NS);
        assertThat(debouncer.step(10 * MS + PRESS_NS - 1)).isEqualTo(10 * MS + PRESS_NS);
        assertThat(decisions).isEmpty();

        assertThat(debouncer.step(10 * MS + PRESS_NS)).isEqualTo(Debouncer.NEVER);
        assertThat(decisions).containsExactly(new Decision(true, 10 * MS, 10 * MS + PRESS_NS));
        assertThat(debouncer.isPressed()).isTrue();
    }

    @Test
    void a_release_is_decided_when_it_was_open_for_the_release_time() {
        debouncer.edge(0, true);
        assertThat(debouncer.edge(200 * MS, false)).isEqualTo(200 * MS + RELEASE_NS);

        debouncer.step(200 * MS + RELEASE_NS - 1);
        assertThat(debouncer.isPressed()).isTrue();

        assertThat(debouncer.step(200 * MS + RELEASE_NS)).isEqualTo(Debouncer.NEVER);
        assertThat(decisions)
                .containsExactly(new Decision(true, 0, PRESS_NS), new Decision(false, 200 * MS, 200 * MS + RELEASE_NS));
    }

    @Test
    void bounces_of_a_press_add_up_and_it_carries_its_first_edge() {
        debouncer.edge(0, true);
        debouncer.edge(1 * MS, false);
        debouncer.edge(1 * MS + 400 * US, true); // 1 ms less 0.1 ms drained
        debouncer.step(10 * MS);

        assertThat(decisions).containsExactly(new Decision(true, 0, 1400 * US + PRESS_NS - 900 * US));
    }

    @Test
    void a_switch_that_never_comes_to_rest_is_decided_all_the_same() {
        for (long t = 0; t < 1000 * MS; t += 2 * MS) { // closed half of the time, for a second
            debouncer.edge(t, true);
            debouncer.edge(t + MS, false);
        }
        assertThat(decisions).hasSize(1);
        assertThat(decisions.get(0).decidedNs()).isLessThan(8 * MS);
    }

    @Test
    void openings_inside_a_press_shorter_than_the_release_time_are_no_release() {
        debouncer.edge(0, true);
        debouncer.edge(50 * MS, false);
        debouncer.edge(50 * MS + RELEASE_NS - 1, true);
        debouncer.step(1000 * MS);

        assertThat(decisions).containsExactly(new Decision(true, 0, PRESS_NS));
    }

    @Test
    void a_bouncing_release_carries_its_first_edge() {
        debouncer.edge(0, true);
        debouncer.edge(50 * MS, false);
        debouncer.edge(51 * MS, true); // closed for less than a press: still the same release
        debouncer.edge(52 * MS, false);
        debouncer.step(1000 * MS);

        assertThat(decisions.get(1)).isEqualTo(new Decision(false, 50 * MS, 52 * MS + RELEASE_NS));
    }

    @Test
    void an_opening_that_was_taken_back_is_not_the_release_s_first_edge() {
        debouncer.edge(0, true);
        debouncer.edge(50 * MS, false);
        debouncer.edge(60 * MS, true);
        debouncer.edge(500 * MS, false);
        debouncer.step(1000 * MS);

        assertThat(decisions.get(1)).isEqualTo(new Decision(false, 500 * MS, 500 * MS + RELEASE_NS));
    }

    @Test
    void an_old_spark_is_not_the_press_s_first_edge() {
        debouncer.edge(0, true);
        debouncer.edge(10 * US, false);
        debouncer.edge(50 * MS, true);
        debouncer.step(60 * MS);

        assertThat(decisions).containsExactly(new Decision(true, 50 * MS, 50 * MS + PRESS_NS));
    }

    @Test
    void two_presses_are_two() {
        debouncer.edge(0, true);
        debouncer.edge(80 * MS, false);
        debouncer.edge(80 * MS + RELEASE_NS + MS, true);
        debouncer.step(400 * MS);

        assertThat(decisions).extracting(Decision::pressed).containsExactly(true, false, true);
    }

    @Test
    void ten_thousand_sparks_raise_nothing() {
        SplittableRandom random = new SplittableRandom(42);
        long t = 0;
        for (int burst = 0; burst < 10_000; burst++) {
            long closedLeft = random.nextLong(1, 2 * MS);
            while (closedLeft > 0) {
                long pulse = Math.min(closedLeft, random.nextLong(100, MS));
                debouncer.edge(t, true);
                debouncer.edge(t + pulse, false);
                closedLeft -= pulse;
                t += pulse + random.nextLong(100, MS);
            }
            t += random.nextLong(8 * MS, 200 * MS);
            debouncer.step(t);
        }
        assertThat(decisions).isEmpty();
    }

    @Test
    void ten_thousand_bouncing_presses_are_each_decided_once_and_soon() {
        SplittableRandom random = new SplittableRandom(7);
        long t = 0;
        for (int press = 0; press < 10_000; press++) {
            long firstNs = t;
            decisions.clear();
            t = bounce(random, t, true);
            t += random.nextLong(80 * MS, 400 * MS);
            t = bounce(random, t, false);
            t += RELEASE_NS + random.nextLong(MS, 100 * MS);
            debouncer.step(t);

            assertThat(decisions).as("press %d", press).hasSize(2);
            assertThat(decisions.get(0).edgeNs()).isEqualTo(firstNs);
            assertThat(decisions.get(0).decidedNs() - firstNs).isLessThan(6 * MS);
        }
    }

    /** Up to 60 changes within about 2 ms, as on the recorded rocker switch. */
    private long bounce(SplittableRandom random, long fromNs, boolean closed) {
        long t = fromNs;
        for (int i = random.nextInt(30); i > 0; i--) {
            debouncer.edge(t, closed);
            t += random.nextLong(US, 40 * US);
            debouncer.edge(t, !closed);
            t += random.nextLong(US, 30 * US);
        }
        debouncer.edge(t, closed);
        return t;
    }

    @Test
    void a_pulse_train_that_is_closed_for_less_than_a_fifth_never_counts() {
        for (long t = 0; t < 60_000 * MS; t += MS) {
            debouncer.edge(t, true);
            debouncer.edge(t + 190 * US, false);
        }
        assertThat(decisions).isEmpty();
    }

    @Test
    void a_pulse_train_that_is_closed_for_a_third_counts_as_a_press() {
        for (long t = 0; t < 1000 * MS; t += 3 * MS) {
            debouncer.edge(t, true);
            debouncer.edge(t + MS, false);
        }
        assertThat(decisions).extracting(Decision::pressed).containsExactly(true);
    }

    @Test
    void a_press_in_the_middle_of_a_pulse_train_carries_an_edge_of_its_own_time() {
        long t = 0;
        for (; t < 1000 * MS; t += MS) {
            debouncer.edge(t, true);
            debouncer.edge(t + US, false);
        }
        debouncer.edge(t, true);
        debouncer.step(t + 10 * MS);

        assertThat(decisions).hasSize(1);
        assertThat(decisions.get(0).edgeNs()).isBetween(t - 14 * MS, t);
    }

    @Test
    void an_edge_that_repeats_the_level_adds_no_closed_time() {
        for (long t = 0; t < 100 * MS; t += MS) {
            debouncer.edge(t, false);
        }
        assertThat(decisions).isEmpty();

        debouncer.edge(200 * MS, true);
        debouncer.edge(201 * MS, true);
        debouncer.step(203 * MS);
        assertThat(decisions).containsExactly(new Decision(true, 200 * MS, 203 * MS));
    }

    @Test
    void an_edge_that_repeats_open_starts_the_release_time_anew() {
        debouncer.edge(0, true);
        debouncer.edge(50 * MS, false);
        assertThat(debouncer.edge(90 * MS, false)).isEqualTo(90 * MS + RELEASE_NS);
    }

    @Test
    void time_that_goes_back_stands_still() {
        debouncer.edge(100 * MS, true);
        assertThat(debouncer.step(Long.MIN_VALUE)).isEqualTo(100 * MS + PRESS_NS);
        debouncer.edge(40 * MS, false);
        assertThat(debouncer.edge(50 * MS, true)).isEqualTo(100 * MS + PRESS_NS);
        debouncer.step(200 * MS);

        assertThat(decisions).containsExactly(new Decision(true, 100 * MS, 100 * MS + PRESS_NS));
    }

    @Test
    void a_spark_after_a_bouncing_press_and_its_release_is_no_press() {
        Debouncer slow =
                new Debouncer(new Debouncer.Settings(Duration.ofMillis(50), Duration.ofMillis(20)), into(decisions));
        slow.edge(0, true);
        slow.edge(49 * MS, false);
        slow.edge(50 * MS, true);
        slow.edge(60 * MS, false);
        slow.step(80 * MS);
        assertThat(decisions).extracting(Decision::pressed).containsExactly(true, false);

        slow.edge(81 * MS, true);
        slow.edge(119 * MS, false);
        slow.step(500 * MS);
        assertThat(decisions).hasSize(2);
    }

    @Test
    void edges_at_the_same_instant_add_nothing() {
        for (int i = 0; i < 1000; i++) {
            debouncer.edge(5 * MS, true);
            debouncer.edge(5 * MS, false);
        }
        debouncer.step(1000 * MS);
        assertThat(decisions).isEmpty();
    }

    @Test
    void a_clock_that_starts_below_zero_is_fine() {
        debouncer.edge(-50 * MS, true);
        debouncer.step(-40 * MS);
        assertThat(decisions).containsExactly(new Decision(true, -50 * MS, -50 * MS + PRESS_NS));
    }

    @Test
    void a_late_step_decides_the_same_as_a_punctual_one() {
        SplittableRandom random = new SplittableRandom(3);
        List<Decision> punctual = new ArrayList<>();
        Debouncer stepped = new Debouncer(Debouncer.Settings.DEFAULT, into(punctual));
        long t = 0;
        for (int i = 0; i < 20_000; i++) {
            boolean closed = random.nextBoolean();
            long nextNs = t + (long) (random.nextDouble() * random.nextDouble() * 150 * MS);
            for (long dueNs = stepped.step(t); dueNs < nextNs; ) {
                dueNs = stepped.step(dueNs);
            }
            stepped.step(random.nextLong(t, nextNs + 1));
            t = nextNs;
            stepped.edge(t, closed);
            debouncer.edge(t, closed);
        }
        assertThat(decisions).hasSizeGreaterThan(500).isEqualTo(punctual);
    }

    @Test
    void edges_allocate_nothing() {
        Debouncer quiet = new Debouncer(Debouncer.Settings.DEFAULT, new Debouncer.Sink() {
            @Override
            public void pressed(long edgeNs, long decidedNs) {}

            @Override
            public void released(long edgeNs, long decidedNs) {}
        });
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        threads.getCurrentThreadAllocatedBytes();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (long t = 0; t < 100_000 * MS; t += MS) {
            quiet.edge(t, t % (250 * MS) < 100 * MS);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    }

    @Test
    void times_out_of_range_are_refused_with_the_range() {
        Duration release = Duration.ofMillis(100);
        assertThatThrownBy(() -> new Debouncer.Settings(Duration.ofMillis(1), release))
                .hasMessage("press is 1 ms; it must be 2 to 50 ms");
        assertThatThrownBy(() -> new Debouncer.Settings(Duration.ofMillis(3), Duration.ofSeconds(1)))
                .hasMessage("release is 1000 ms; it must be 20 to 500 ms");
    }

    private static Debouncer.Sink into(List<Decision> decisions) {
        return new Debouncer.Sink() {
            @Override
            public void pressed(long edgeNs, long decidedNs) {
                decisions.add(new Decision(true, edgeNs, decidedNs));
            }

            @Override
            public void released(long edgeNs, long decidedNs) {
                decisions.add(new Decision(false, edgeNs, decidedNs));
            }
        };
    }
}
