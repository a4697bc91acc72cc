package dev.tocsin.simulator.centre;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SupervisionTest {

    private static final Duration PERIOD = Duration.ofSeconds(60);
    private static final Duration LIMIT = Duration.ofSeconds(3 * 60 + 20);
    private static final Duration TICK = Duration.ofMillis(1);

    private final HandTime time = new HandTime();
    private final List<String> silent = new ArrayList<>();
    private final Supervision supervision = new Supervision(
            time, time, Settings.of("police"), (device, since) -> silent.add(device + " " + since.toSeconds()));

    @BeforeEach
    void expectOne() {
        supervision.expect(List.of("a"));
    }

    private boolean heard(String device) {
        return supervision.heard(device, Optional.empty());
    }

    @Test
    void a_device_that_never_reports_is_silent_after_three_periods_and_the_grace() {
        time.advance(LIMIT.minus(TICK));
        assertThat(silent).isEmpty();

        time.advance(TICK);

        assertThat(silent).containsExactly("a 200");
        assertThat(supervision.isSilent("a")).isTrue();
    }

    @Test
    void silence_is_told_once() {
        time.advance(LIMIT.multipliedBy(10));

        assertThat(silent).hasSize(1);
        assertThat(time.waiting()).isZero();
    }

    @Test
    void a_device_that_reports_in_time_is_never_silent() {
        for (int i = 0; i < 100; i++) {
            time.advance(PERIOD);
            assertThat(heard("a")).isFalse();
        }

        assertThat(silent).isEmpty();
    }

    @Test
    void time_counts_from_the_last_sign_of_life() {
        time.advance(Duration.ofSeconds(150));
        heard("a");
        time.advance(LIMIT.minus(TICK));
        assertThat(silent).isEmpty();

        time.advance(TICK);

        assertThat(silent).containsExactly("a 200");
    }

    @Test
    void a_device_that_comes_back_says_so_and_can_fall_silent_again() {
        time.advance(LIMIT);

        assertThat(heard("a")).isTrue();
        assertThat(heard("a")).isFalse();
        time.advance(LIMIT);

        assertThat(silent).hasSize(2);
    }

    @Test
    void a_shorter_period_counts_at_once() {
        supervision.heard("a", Optional.of(Duration.ofSeconds(5)));

        time.advance(Duration.ofSeconds(35));

        assertThat(silent).containsExactly("a 35");
    }

    @Test
    void a_longer_period_counts_at_once() {
        supervision.heard("a", Optional.of(Duration.ofMinutes(10)));

        time.advance(Duration.ofSeconds(1819));
        assertThat(silent).isEmpty();
        time.advance(Duration.ofSeconds(1));
        assertThat(silent).containsExactly("a 1820");
    }

    @Test
    void devices_that_leave_the_registry_are_not_missed_and_those_that_come_are() {
        time.advance(Duration.ofSeconds(100));
        supervision.expect(List.of("b"));

        time.advance(LIMIT);

        assertThat(silent).containsExactly("b 200");
        assertThat(heard("a")).isFalse();
    }

    @Test
    void devices_that_stay_in_the_registry_keep_their_time() {
        time.advance(Duration.ofSeconds(100));
        supervision.expect(List.of("a", "b"));

        time.advance(Duration.ofSeconds(100));

        assertThat(silent).containsExactly("a 200");
    }

    @Test
    void ten_thousand_devices_cost_one_timer() {
        List<String> many =
                IntStream.range(0, 10_000).mapToObj(i -> "device-" + i).toList();
        supervision.expect(many);
        for (int round = 0; round < 5; round++) {
            time.advance(PERIOD);
            many.forEach(this::heard);
            assertThat(time.waiting()).isEqualTo(1);
        }
        assertThat(silent).isEmpty();

        time.advance(LIMIT);

        assertThat(silent).hasSize(10_000);
        assertThat(silent.getFirst()).startsWith("device-0 ");
    }
}
