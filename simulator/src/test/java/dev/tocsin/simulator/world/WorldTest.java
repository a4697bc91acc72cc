package dev.tocsin.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.sdk.port.Timers.Cancellable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorldTest {

    private static final Instant START = Instant.parse("2027-03-01T00:00:00Z");

    private final World world = World.open(new Seed(1), START);
    private final List<String> told = new ArrayList<>();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void time_passes_from_event_to_event() {
        world.schedule(2_000_000_000L, () -> told.add("second at " + world.now()));
        world.schedule(500, () -> told.add("first at " + world.now()));
        world.run(Duration.ofSeconds(3));
        assertThat(told).containsExactly("first at 2027-03-01T00:00:00.000000500Z", "second at 2027-03-01T00:00:02Z");
        assertThat(world.elapsed()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void what_happens_at_the_same_time_happens_in_the_order_it_was_asked_for() {
        world.schedule(10, () -> {
            told.add("a");
            world.schedule(0, () -> told.add("d"));
        });
        world.schedule(10, () -> told.add("b"));
        world.schedule(10, () -> told.add("c"));
        world.run(Duration.ofNanos(10));
        assertThat(told).containsExactly("a", "b", "c", "d");
    }

    @Test
    void thousands_of_events_come_in_order_of_time_and_then_of_asking() {
        record Due(long atNs, int number) {}
        SeededEntropy dice = new Seed(7).entropy();
        List<Due> asked = new ArrayList<>();
        List<Due> happened = new ArrayList<>();
        List<Cancellable> handles = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            Due due = new Due(dice.below(3_000), i);
            asked.add(due);
            handles.add(world.schedule(due.atNs, () -> happened.add(due)));
        }
        List<Due> kept = new ArrayList<>();
        for (Due due : asked) {
            if (dice.chance(0.8)) {
                handles.get(due.number).cancel(); // more than half: they are swept out
            } else {
                kept.add(due);
            }
        }
        world.run(Duration.ofSeconds(1));
        kept.sort(Comparator.comparingLong(Due::atNs)); // stable
        assertThat(happened).isEqualTo(kept);
        assertThat(world.isIdle()).isTrue();
    }

    @Test
    void what_is_cancelled_does_not_happen() {
        Cancellable handle = world.schedule(10, () -> told.add("no"));
        handle.cancel();
        handle.cancel();
        world.run(Duration.ofSeconds(1));
        assertThat(told).isEmpty();
    }

    @Test
    void a_power_cut_drops_everything_of_that_machine_and_nothing_else() {
        VirtualLoop a = world.loop("a");
        VirtualLoop b = world.loop("b");
        for (int i = 1; i <= 3; i++) {
            long at = i * 10L;
            a.schedule(at, () -> told.add("a" + at));
            b.schedule(at, () -> told.add("b" + at));
        }
        world.schedule(15, a::cut);
        world.run(Duration.ofSeconds(1));
        assertThat(told).containsExactly("a10", "b10", "b20", "b30");
        a.execute(() -> told.add("never"));
        a.enter(() -> told.add("never"));
        world.run(Duration.ofSeconds(1));
        assertThat(told).doesNotContain("never");
        assertThat(a.isShutdown()).isTrue();
    }

    @Test
    void what_a_machine_repeats_ends_with_its_power_too() {
        VirtualLoop loop = world.loop("a");
        ScheduledFuture<?> rate = loop.scheduleAtFixedRate(() -> told.add("rate"), 1, 1, TimeUnit.SECONDS);
        var unused = loop.scheduleWithFixedDelay(() -> told.add("delay"), 10, 10, TimeUnit.SECONDS);
        world.schedule(Duration.ofMillis(3_500).toNanos(), () -> rate.cancel(false));
        world.schedule(Duration.ofSeconds(25).toNanos(), loop::cut);
        world.run(Duration.ofMinutes(1));
        assertThat(told).containsExactly("rate", "rate", "rate", "delay", "delay");
        assertThat(world.isIdle()).isTrue();
    }

    @Test
    void a_task_that_throws_is_told_and_the_machine_goes_on() {
        world.onFailure((machine, thrown) -> told.add(machine + ": " + thrown.getMessage()));
        VirtualLoop loop = world.loop("a");
        loop.execute(() -> {
            throw new IllegalStateException("a bug");
        });
        loop.execute(() -> told.add("on"));
        world.run(Duration.ZERO);
        assertThat(told).containsExactly("a: a bug", "on");
    }

    @Test
    void a_thread_has_one_world_at_a_time() {
        assertThatThrownBy(() -> World.open(new Seed(2), START)).isInstanceOf(IllegalStateException.class);
        assertThat(World.current()).isSameAs(world);
    }

    @Test
    void waiting_for_a_result_fails_rather_than_stop_the_world() {
        ScheduledFuture<Integer> future = world.loop("a").schedule(() -> 7, 1, TimeUnit.SECONDS);
        assertThatThrownBy(future::get).isInstanceOf(IllegalStateException.class);
        world.run(Duration.ofSeconds(1));
        assertThat(future.resultNow()).isEqualTo(7);
    }
}
