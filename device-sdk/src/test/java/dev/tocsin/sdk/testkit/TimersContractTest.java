package dev.tocsin.sdk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.port.Timers;
import java.time.Duration;
import java.util.SortedSet;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The contract of timers can fail: each kind here breaks it in one way, and is found. */
class TimersContractTest {

    private static final class On extends TimersContract {
        private final VirtualTime time = new VirtualTime();
        private final Timers timers;

        On(Function<VirtualTime, Timers> broken) {
            this.timers = broken.apply(time);
        }

        @Override
        protected Timers timers() {
            return timers;
        }

        @Override
        protected long nanoTime() {
            return time.nanoTime();
        }

        @Override
        protected void until(BooleanSupplier condition) {
            assertThat(time.runUntil(condition, Duration.ofMinutes(1))).isTrue();
        }
    }

    private static SortedSet<String> brokenBy(Function<VirtualTime, Timers> broken) {
        return Contracts.brokenBy(() -> new On(broken));
    }

    @Test
    void timers_that_do_nothing_otherwise_pass() {
        assertThat(brokenBy(time -> time)).isEmpty();
    }

    @Test
    void a_task_that_runs_early_is_found() {
        assertThat(brokenBy(time -> (delayNs, task) -> time.schedule(delayNs / 2, task)))
                .contains("a_task_runs_once_and_not_before_its_time");
    }

    @Test
    void a_task_that_runs_twice_is_found() {
        assertThat(brokenBy(time -> (delayNs, task) -> time.schedule(delayNs, () -> {
                    task.run();
                    task.run();
                })))
                .contains("a_task_runs_once_and_not_before_its_time");
    }

    @Test
    void a_task_that_runs_inside_the_call_is_found() {
        assertThat(brokenBy(time -> (delayNs, task) -> {
                    if (delayNs < 0) {
                        task.run();
                        return () -> {};
                    }
                    return time.schedule(delayNs, task);
                }))
                .containsExactly("a_task_without_delay_runs_soon_but_never_inside_the_call");
    }

    @Test
    void a_cancelling_that_does_nothing_is_found() {
        assertThat(brokenBy(time -> (delayNs, task) -> {
                    var unused = time.schedule(delayNs, task);
                    return () -> {};
                }))
                .containsExactly("a_cancelled_task_does_not_run_and_takes_no_other_with_it");
    }

    @Test
    void ties_in_another_order_are_found() {
        long[] nextNs = {1_000_000};
        assertThat(brokenBy(time -> (delayNs, task) -> time.schedule(delayNs + (delayNs > 0 ? nextNs[0]-- : 0), task)))
                .contains("tasks_of_the_same_delay_run_in_the_order_they_were_scheduled_in_one_at_a_time");
    }
}
