package dev.tocsin.simulator.world.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.simulator.world.Seed;
import dev.tocsin.simulator.world.VirtualLoop;
import dev.tocsin.simulator.world.World;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.californium.elements.util.ClockUtil;
import org.eclipse.californium.scandium.dtls.Random;
import org.eclipse.californium.scandium.dtls.cipher.RandomManager;
import org.junit.jupiter.api.Test;

/** What the JVM's libraries see within a world. It was installed before the first test. */
class DeterminismTest {

    private static final Instant START = Instant.parse("2027-03-01T00:00:00Z");

    private static List<Object> draws(long seed) {
        List<Object> draws = new ArrayList<>();
        try (World world = World.open(new Seed(seed), START)) {
            draws.add(new SecureRandom().nextLong());
            draws.add(RandomManager.currentSecureRandom().nextLong());
            draws.add(RandomManager.currentRandom().nextInt());
            draws.add(new Random()); // a DTLS hello's, with the time in it
            world.run(Duration.ofSeconds(1));
            draws.add(new Random());
            draws.add(ClockUtil.nanoRealtime());
        }
        return draws;
    }

    @Test
    void within_a_world_time_and_chance_follow_from_its_seed() {
        assertThat(draws(1)).isEqualTo(draws(1));
        assertThat(draws(2)).doesNotContainAnyElementsOf(draws(1).subList(0, 5));
    }

    @Test
    void outside_they_are_the_platforms() {
        assertThat(new SecureRandom().nextLong()).isNotEqualTo(new SecureRandom().nextLong());
        assertThat(new Random()).isNotEqualTo(new Random());
        assertThat(Math.abs(ClockUtil.nanoRealtime() - System.nanoTime()))
                .isLessThan(Duration.ofMinutes(1).toNanos());
    }

    @Test
    void each_machine_draws_from_a_stream_of_its_own() {
        List<Long> alone = new ArrayList<>();
        List<Long> beside = new ArrayList<>();
        try (World world = World.open(new Seed(1), START)) {
            world.loop("a").execute(() -> alone.add(new SecureRandom().nextLong()));
            world.run(Duration.ZERO);
        }
        try (World world = World.open(new Seed(1), START)) {
            VirtualLoop b = world.loop("b");
            b.execute(() -> new SecureRandom().nextLong());
            world.loop("a").execute(() -> beside.add(new SecureRandom().nextLong()));
            world.run(Duration.ZERO);
        }
        assertThat(beside).isEqualTo(alone);
    }

    @Test
    void a_class_that_is_loaded_already_is_told() {
        assertThatThrownBy(() -> Redirect.in(
                        "org.eclipse.californium.scandium.dtls.ContentType",
                        Random.class.getName(),
                        "java/lang/System",
                        "java/lang/System"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("loaded already");
    }
}
