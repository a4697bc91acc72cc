package dev.tocsin.simulator.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.sdk.model.ClockQuality;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.testkit.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultyClockTest {

    private static final Instant NOW = Instant.parse("2027-03-01T00:00:00Z");

    private final VirtualTime world = new VirtualTime();

    @BeforeEach
    void the_world_knows_the_time() {
        world.setWall(NOW, ClockQuality.SYNCHRONIZED);
    }

    private Duration ahead(FaultyClock clock) {
        return Duration.between(world.wallTime(), clock.wallTime());
    }

    @Test
    void it_is_right_until_something_is_done_to_it() {
        FaultyClock clock = new FaultyClock(world);
        world.advance(Duration.ofDays(9));
        assertThat(clock.wallTime()).isEqualTo(NOW.plus(Duration.ofDays(9)));
        assertThat(clock.nanoTime()).isEqualTo(world.nanoTime());
        assertThat(clock.quality()).isEqualTo(ClockQuality.SYNCHRONIZED);
    }

    @Test
    void without_a_battery_it_counts_from_1970_until_it_is_synchronized() {
        FaultyClock clock = new FaultyClock(world);
        clock.startAt1970();
        world.advance(Duration.ofSeconds(90));
        assertThat(clock.wallTime()).isEqualTo(Instant.EPOCH.plusSeconds(90));
        assertThat(clock.quality()).isEqualTo(ClockQuality.UNKNOWN);
        clock.runFreely();
        assertThat(clock.quality()).isEqualTo(ClockQuality.UNKNOWN);

        clock.synchronize();
        assertThat(ahead(clock)).isZero();
        assertThat(clock.quality()).isEqualTo(ClockQuality.SYNCHRONIZED);
    }

    @Test
    void a_clock_set_wrong_stays_wrong_by_that_much() {
        FaultyClock clock = new FaultyClock(world);
        clock.set(Duration.ofSeconds(-2));
        world.advance(Duration.ofHours(1));
        assertThat(ahead(clock)).isEqualTo(Duration.ofSeconds(-2));
        assertThat(clock.quality()).isEqualTo(ClockQuality.FREE_RUNNING);
    }

    @Test
    void a_fast_crystal_gains_40_us_a_second_in_both_clocks() {
        FaultyClock clock = new FaultyClock(world);
        clock.runFreely();
        clock.drift(40);
        world.advance(Duration.ofHours(1));
        assertThat(ahead(clock)).isEqualTo(Duration.ofMillis(144));
        assertThat(clock.nanoTime() - world.nanoTime()).isEqualTo(144_000_000);

        clock.drift(-40);
        world.advance(Duration.ofHours(1));
        assertThat(ahead(clock)).isZero();
    }

    @Test
    void a_time_service_keeps_the_wall_clock_right_in_spite_of_the_crystal() {
        FaultyClock clock = new FaultyClock(world);
        clock.drift(40);
        world.advance(Duration.ofHours(1));
        assertThat(ahead(clock)).isZero();

        clock.runFreely();
        assertThat(ahead(clock)).as("no step when the service goes").isZero();
        world.advance(Duration.ofHours(1));
        assertThat(ahead(clock)).isEqualTo(Duration.ofMillis(144));
    }

    @Test
    void a_jump_moves_the_wall_clock_alone_and_is_not_noticed() {
        FaultyClock clock = new FaultyClock(world);
        long before = clock.nanoTime();
        clock.jump(Duration.ofHours(-1));
        assertThat(ahead(clock)).isEqualTo(Duration.ofHours(-1));
        assertThat(clock.nanoTime()).isEqualTo(before);
        assertThat(clock.quality()).isEqualTo(ClockQuality.SYNCHRONIZED);
        clock.synchronize();
        assertThat(ahead(clock)).isZero();
    }

    @Test
    void monotonic_time_never_goes_back_whatever_the_crystal_does() {
        FaultyClock clock = new FaultyClock(world);
        long last = clock.nanoTime();
        for (int i = 0; i < 200; i++) {
            clock.drift((i % 3 - 1) * FaultyClock.MAX_PPM);
            world.advance(Duration.ofNanos(i * 7L));
            assertThat(clock.nanoTime()).isGreaterThanOrEqualTo(last);
            last = clock.nanoTime();
        }
        assertThatThrownBy(() -> clock.drift(-2e6)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void its_timers_fire_when_it_says_that_the_delay_has_passed_and_hardly_later() {
        FaultyClock clock = new FaultyClock(world);
        Timers timers = clock.timers(world);
        for (double ppm : new double[] {0, 40, -40, 90_000, -90_000}) {
            clock.drift(ppm);
            for (long delayNs : new long[] {0, 1, 999, 50_000_000, 86_400_000_000_000L}) {
                long dueNs = clock.nanoTime() + delayNs;
                boolean[] ran = new boolean[1];
                timers.schedule(delayNs, () -> {
                    ran[0] = true;
                    assertThat(clock.nanoTime() - dueNs)
                            .as("%s ppm, %d ns", ppm, delayNs)
                            .isBetween(0L, 5L);
                });
                world.advance(Duration.ofDays(2));
                assertThat(ran[0]).isTrue();
            }
        }
    }
}
