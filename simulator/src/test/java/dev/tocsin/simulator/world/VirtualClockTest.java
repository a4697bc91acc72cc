package dev.tocsin.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.ClockQuality;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VirtualClockTest {

    private static final Instant START = Instant.parse("2027-03-01T00:00:00Z");

    private final World world = World.open(new Seed(1), START);
    private final VirtualClock clock = new VirtualClock(world, world.seed().child("a"));

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void a_clock_is_right_until_something_is_done_to_it() {
        world.run(Duration.ofDays(90));
        assertThat(clock.wallTime()).isEqualTo(world.now());
        assertThat(clock.quality()).isEqualTo(ClockQuality.SYNCHRONIZED);
    }

    @Test
    void it_drifts_and_jumps_and_does_not_know() {
        clock.drift(40);
        world.run(Duration.ofSeconds(100_000));
        assertThat(Duration.between(world.now(), clock.wallTime())).isEqualTo(Duration.ofSeconds(4));
        clock.jump(Duration.ofSeconds(-5));
        assertThat(Duration.between(world.now(), clock.wallTime())).isEqualTo(Duration.ofSeconds(-1));
        assertThat(clock.quality()).isEqualTo(ClockQuality.SYNCHRONIZED);
    }

    @Test
    void without_a_battery_it_starts_at_1970_and_says_so() {
        clock.lose();
        world.run(Duration.ofSeconds(3));
        assertThat(clock.wallTime()).isEqualTo(Instant.EPOCH.plusSeconds(3));
        assertThat(clock.quality()).isEqualTo(ClockQuality.UNKNOWN);
        clock.synchronize();
        assertThat(clock.wallTime()).isEqualTo(world.now());
    }

    @Test
    void the_monotonic_clock_starts_somewhere_else_at_every_boot_and_never_at_0() {
        long before = clock.nanoTime();
        assertThat(before).isPositive();
        assertThat(clock.worldNanos(before)).isEqualTo(world.nanoTime());
        clock.restart();
        assertThat(clock.nanoTime()).isPositive().isNotEqualTo(before);
        clock.jump(Duration.ofDays(-1));
        long then = clock.nanoTime();
        world.run(Duration.ofNanos(17));
        assertThat(clock.nanoTime()).isEqualTo(then + 17);
    }
}
