package dev.tocsin.sdk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.port.Timers.Cancellable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link Timers} owes, in real or virtual time. Extend it. */
public abstract class TimersContract {

    /** The timers under test. */
    protected abstract Timers timers();

    /** The monotonic time that they go by. */
    protected abstract long nanoTime();

    /** Lets time pass until the condition holds; fails if it does not come to that. */
    protected abstract void until(BooleanSupplier condition);

    private Cancellable after(Duration delay, Runnable task) {
        return timers().schedule(delay.toNanos(), task);
    }

    /** All that is due so far has run, and what was scheduled before for up to 50 ms from now. */
    private void passed() {
        AtomicBoolean passed = new AtomicBoolean();
        after(Duration.ofMillis(60), () -> passed.set(true));
        until(passed::get);
    }

    @Test
    void a_task_runs_once_and_not_before_its_time() {
        long beganNs = nanoTime();
        List<Long> ranNs = new CopyOnWriteArrayList<>();
        after(Duration.ofMillis(30), () -> ranNs.add(nanoTime()));
        until(() -> !ranNs.isEmpty());
        passed();
        assertThat(ranNs)
                .singleElement()
                .satisfies(ns -> assertThat(ns - beganNs)
                        .isGreaterThanOrEqualTo(Duration.ofMillis(30).toNanos()));
    }

    @Test
    void a_task_without_delay_runs_soon_but_never_inside_the_call() {
        for (long delayNs : new long[] {0, -1, Long.MIN_VALUE}) {
            AtomicBoolean inside = new AtomicBoolean();
            AtomicInteger found = new AtomicInteger();
            timers().schedule(
                            0,
                            () -> { // on the loop, where a call could run it at once
                                inside.set(true);
                                timers().schedule(delayNs, () -> found.set(inside.get() ? -1 : 1));
                                inside.set(false);
                            });
            until(() -> found.get() != 0);
            assertThat(found).hasValue(1);
        }
    }

    @Test
    void tasks_run_in_the_order_of_their_time() {
        List<String> ran = new CopyOnWriteArrayList<>();
        timers().schedule(0, () -> {
            after(Duration.ofMillis(40), () -> ran.add("third"));
            after(Duration.ofMillis(20), () -> ran.add("second"));
            after(Duration.ZERO, () -> ran.add("first"));
        });
        until(() -> ran.size() == 3);
        assertThat(ran).containsExactly("first", "second", "third");
    }

    @Test
    void tasks_of_the_same_delay_run_in_the_order_they_were_scheduled_in_one_at_a_time() {
        List<Integer> ran = new CopyOnWriteArrayList<>();
        AtomicInteger running = new AtomicInteger();
        List<Integer> together = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 200; i++) {
            int number = i;
            after(Duration.ofMillis(10), () -> {
                together.add(running.incrementAndGet());
                ran.add(number);
                running.decrementAndGet();
            });
        }
        until(() -> ran.size() == 200);
        assertThat(ran)
                .containsExactlyElementsOf(IntStream.range(0, 200).boxed().toList());
        assertThat(together).containsOnly(1);
    }

    @Test
    void a_cancelled_task_does_not_run_and_takes_no_other_with_it() {
        List<String> ran = new CopyOnWriteArrayList<>();
        timers().schedule(0, () -> {
            List<Cancellable> cancelled = new ArrayList<>();
            after(Duration.ofMillis(20), () -> ran.add("before"));
            cancelled.add(after(Duration.ofMillis(20), () -> ran.add("cancelled")));
            after(Duration.ofMillis(20), () -> ran.add("after"));
            cancelled.add(after(Duration.ZERO, () -> ran.add("cancelled at once")));
            cancelled.forEach(Cancellable::cancel);
            cancelled.forEach(Cancellable::cancel);
        });
        until(() -> ran.size() >= 2);
        passed();
        assertThat(ran).containsExactly("before", "after");
    }

    @Test
    void cancelling_a_task_that_ran_has_no_effect() {
        AtomicInteger ran = new AtomicInteger();
        Cancellable task = after(Duration.ZERO, ran::incrementAndGet);
        until(() -> ran.get() == 1);
        task.cancel();
        passed();
        assertThat(ran).hasValue(1);
    }

    @Test
    void a_task_may_schedule_the_next_and_cancel_itself() {
        AtomicInteger ran = new AtomicInteger();
        Cancellable[] self = new Cancellable[1];
        timers().schedule(
                        0,
                        () -> self[0] = after(Duration.ofMillis(1), () -> {
                            self[0].cancel();
                            ran.incrementAndGet();
                            after(Duration.ofMillis(1), ran::incrementAndGet);
                        }));
        until(() -> ran.get() == 2);
    }
}
