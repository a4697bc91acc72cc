package dev.tocsin.simulator.centre.coap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.port.Timers.Cancellable;
import dev.tocsin.sdk.system.WorkerPool;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WorkersTimersTest {

    private final WorkerPool pool = new WorkerPool(1, "test-worker-");
    private final List<String> happened = new ArrayList<>();
    private final List<Runnable> onLoop = new ArrayList<>();
    private final WorkersTimers timers = new WorkersTimers(pool, (delayNs, task) -> {
        happened.add("loop woken for " + delayNs);
        onLoop.add(task);
        return () -> onLoop.remove(task);
    });

    @AfterEach
    void close() {
        pool.shutdownNow();
    }

    private Cancellable soon() {
        return timers.schedule(0, () -> happened.add("done"));
    }

    private void turn() {
        List.copyOf(onLoop).forEach(Runnable::run);
    }

    @Test
    void a_worker_wakes_the_loop_behind_what_it_has_begun() {
        pool.here(() -> {
            var unused = soon();
            pool.execute(() -> pool.execute(() -> happened.add("receipt sent")));
        });
        turn();
        assertThat(happened).containsExactly("receipt sent", "loop woken for 0", "done");
    }

    @Test
    void anybody_else_and_whatever_is_for_later_goes_straight_to_the_loop() {
        var unused = soon();
        pool.here(() -> {
            var unusedLater = timers.schedule(5, () -> happened.add("later"));
            pool.execute(() -> happened.add("receipt sent"));
        });
        assertThat(happened).containsExactly("loop woken for 0", "loop woken for 5", "receipt sent");
    }

    @Test
    void what_is_cancelled_does_not_happen_before_or_behind_the_waking() {
        pool.here(() -> soon().cancel());
        List<Cancellable> woken = new ArrayList<>();
        pool.here(() -> woken.add(soon()));
        woken.getFirst().cancel();
        turn();
        assertThat(happened).doesNotContain("done");
    }
}
