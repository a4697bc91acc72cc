package dev.tocsin.sdk.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkerPoolTest {

    private final WorkerPool pool = new WorkerPool(2, "test-worker-");
    private final List<String> ran = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        pool.shutdownNow();
    }

    private Runnable noting(String what) {
        return () -> ran.add(what + " on " + Thread.currentThread().getName());
    }

    @Test
    void a_worker_finishes_what_it_began_in_order_and_never_inside_a_call() {
        pool.execute(() -> {
            pool.execute(() -> {
                noting("b").run();
                pool.execute(noting("d"));
            });
            pool.execute(noting("c"));
            noting("a").run();
        });
        await().until(() -> ran.size() == 4);
        assertThat(ran)
                .containsExactly(
                        "a on test-worker-1", "b on test-worker-1", "c on test-worker-1", "d on test-worker-1");
    }

    @Test
    void another_thread_is_a_worker_while_it_is_here() {
        String me = Thread.currentThread().getName();
        pool.here(() -> {
            assertThat(pool.isWorker()).isTrue();
            pool.execute(noting("b"));
            pool.here(noting("c"));
            noting("a").run();
        });
        assertThat(ran).containsExactly("a on " + me, "b on " + me, "c on " + me);
        assertThat(pool.isWorker()).isFalse();
    }

    @Test
    void what_nobody_waits_for_comes_behind_all_that_was_begun_and_what_came_of_it() {
        pool.here(() -> {
            pool.afterwards(noting("last"));
            pool.execute(() -> {
                noting("a").run();
                pool.execute(() -> pool.execute(noting("b")));
            });
        });
        assertThat(ran.stream().map(line -> line.substring(0, line.indexOf(' '))))
                .containsExactly("a", "b", "last");
        pool.afterwards(noting("of no worker"));
        await().until(() -> ran.size() == 4);
        assertThat(ran.getLast()).startsWith("of no worker on test-worker-");
    }

    @Test
    void what_a_task_that_fails_has_handed_over_runs_all_the_same() {
        pool.execute(() -> {
            pool.afterwards(noting("last"));
            pool.execute(() -> {
                throw new StackOverflowError("of one datagram");
            });
            pool.execute(noting("next"));
            throw new IllegalStateException("the first");
        });
        await().until(() -> ran.size() == 2);
        assertThat(ran).containsExactly("next on test-worker-1", "last on test-worker-1");
    }

    @Test
    void what_others_hand_over_and_timers_run_on_the_pool() {
        pool.execute(noting("a"));
        await().until(() -> ran.size() == 1);
        var unused = pool.schedule(noting("b"), 1, TimeUnit.MILLISECONDS);
        await().until(() -> ran.size() == 2);
        assertThat(ran).allMatch(line -> line.contains(" on test-worker-"));
    }

    @Test
    void a_task_that_throws_takes_no_other_with_it() {
        pool.here(() -> {
            pool.execute(() -> {
                throw new IllegalStateException("a bug in a task");
            });
            pool.execute(noting("next"));
            throw new IllegalStateException("a bug in the first");
        });
        assertThat(ran).hasSize(1);
        assertThat(pool.isWorker()).isFalse();
    }
}
