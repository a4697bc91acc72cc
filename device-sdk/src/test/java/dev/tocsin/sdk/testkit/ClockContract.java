package dev.tocsin.sdk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.port.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** What every {@link Clock} that nobody meddles with owes. Extend it. */
public abstract class ClockContract {

    /** The clock under test. */
    protected abstract Clock clock();

    /** Lets so much time pass, or a little more. */
    protected abstract void pass(Duration time);

    @Test
    void the_monotonic_clock_shows_what_passed_and_never_goes_back() {
        long beganNs = clock().nanoTime();
        long lastNs = beganNs;
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofMillis(5));
            long nowNs = clock().nanoTime();
            assertThat(nowNs - lastNs)
                    .isGreaterThanOrEqualTo(Duration.ofMillis(5).toNanos());
            lastNs = nowNs;
        }
        assertThat(lastNs - beganNs).isLessThan(Duration.ofMinutes(1).toNanos());
    }

    @Test
    void both_clocks_go_at_the_same_pace() {
        Instant beganAt = clock().wallTime();
        long beganNs = clock().nanoTime();
        pass(Duration.ofMillis(100));
        Duration wall = Duration.between(beganAt, clock().wallTime());
        Duration monotonic = Duration.ofNanos(clock().nanoTime() - beganNs);
        assertThat(wall.minus(monotonic).abs()).isLessThan(Duration.ofMillis(50));
    }

    @Test
    void asking_takes_no_time_of_its_own() {
        Instant first = clock().wallTime();
        long firstNs = clock().nanoTime();
        assertThat(clock().nanoTime() - firstNs)
                .isBetween(0L, Duration.ofSeconds(5).toNanos());
        assertThat(ChronoUnit.SECONDS.between(first, clock().wallTime())).isLessThan(5);
        assertThat(clock().quality()).isEqualTo(clock().quality());
    }
}
