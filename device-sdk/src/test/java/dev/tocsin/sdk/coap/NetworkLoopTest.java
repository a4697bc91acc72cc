package dev.tocsin.sdk.coap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tocsin.sdk.port.DatagramNetwork;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.testkit.LoopContract;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NetworkLoopTest extends LoopContract {

    private NetworkLoop loop;
    private NetworkLoop another;

    @BeforeEach
    void start() throws IOException {
        loop = new NetworkLoop("test-loop");
        another = new NetworkLoop("another-loop");
    }

    @AfterEach
    void close() {
        loop.shutdownNow();
        another.shutdownNow();
        loop.awaitEnd(Duration.ofSeconds(20));
        another.awaitEnd(Duration.ofSeconds(20));
    }

    @Override
    protected Timers timers() {
        return loop;
    }

    @Override
    protected long nanoTime() {
        return System.nanoTime();
    }

    @Override
    protected void until(BooleanSupplier condition) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(2))
                .until(condition::getAsBoolean);
    }

    @Override
    protected void end() {
        loop.shutdown();
    }

    @Override
    protected void passElsewhere() {
        AtomicBoolean passed = new AtomicBoolean();
        var unused = another.schedule(Duration.ofMillis(100).toNanos(), () -> passed.set(true));
        until(passed::get);
    }

    @Test
    void a_task_that_throws_takes_no_other_with_it() {
        AtomicBoolean ran = new AtomicBoolean();
        loop.execute(() -> {
            throw new IllegalStateException("a bug in a task");
        });
        loop.execute(() -> ran.set(true));
        until(ran::get);
        assertThat(loop.isShutdown()).isFalse();
    }

    @Test
    void a_datagram_is_received_on_the_thread_that_runs_the_tasks() throws IOException {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        loop.execute(() -> threads.add(Thread.currentThread()));
        try (DatagramNetwork.Socket socket =
                loop.network().open(Loopback.anyPort(), (from, data, length) -> threads.add(Thread.currentThread()))) {
            until(() -> threads.size() == 1);
            socket.send(socket.localAddress(), new byte[1], 0, 1);
            until(() -> threads.size() == 2);
            assertThat(threads.get(1)).isSameAs(threads.get(0));
        }
    }

    @Test
    void tasks_without_end_leave_the_network_its_turn() throws IOException {
        AtomicBoolean enough = new AtomicBoolean();
        Runnable[] next = new Runnable[1];
        next[0] = () -> {
            if (!enough.get()) {
                loop.execute(next[0]);
            }
        };
        loop.execute(next[0]);
        AtomicInteger received = new AtomicInteger();
        try (DatagramNetwork.Socket socket =
                loop.network().open(Loopback.anyPort(), (from, data, length) -> received.incrementAndGet())) {
            socket.send(socket.localAddress(), new byte[1], 0, 1);
            until(() -> received.get() == 1);
        } finally {
            enough.set(true);
        }
    }

    @Test
    void a_periodic_task_comes_again_until_it_is_cancelled() {
        AtomicInteger atRate = new AtomicInteger();
        AtomicInteger delayed = new AtomicInteger();
        ScheduledFuture<?> one = loop.scheduleAtFixedRate(atRate::incrementAndGet, 1, 1, TimeUnit.MILLISECONDS);
        ScheduledFuture<?> other = loop.scheduleWithFixedDelay(delayed::incrementAndGet, 1, 1, TimeUnit.MILLISECONDS);
        until(() -> atRate.get() > 2 && delayed.get() > 2);
        one.cancel(false);
        other.cancel(false);
        AtomicBoolean behind = new AtomicBoolean();
        loop.execute(() -> behind.set(true));
        until(behind::get);
        int before = atRate.get() + delayed.get();
        passElsewhere();
        assertThat(atRate.get() + delayed.get()).isEqualTo(before);
    }

    @Test
    void what_is_due_at_the_end_is_still_done() {
        List<Integer> ran = new CopyOnWriteArrayList<>();
        loop.execute(() -> {
            IntStream.range(0, 200).forEach(i -> loop.execute(() -> ran.add(i)));
            loop.shutdown();
        });
        loop.awaitEnd(Duration.ofSeconds(20));
        assertThat(loop.isTerminated()).isTrue();
        assertThat(ran)
                .containsExactlyElementsOf(IntStream.range(0, 200).boxed().toList());
    }

    @Test
    void cancelled_tasks_do_not_pile_up() {
        TaskQueue queue = new TaskQueue();
        long dueNs = System.nanoTime() + Duration.ofHours(1).toNanos();
        int most = 0;
        for (int i = 0; i < 10_000; i++) {
            LoopTask<?> task = new LoopTask<>(loop, () -> {}, dueNs + i, 0);
            queue.add(task);
            task.cancel(false);
            queue.cancelled();
            most = Math.max(most, queue.size());
        }
        assertThat(most).isLessThanOrEqualTo(2 * TaskQueue.MIN_SWEEP);
    }
}
