package dev.tocsin.sdk.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.testkit.LoopContract;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventLoopTest extends LoopContract {

    private final EventLoop loop = new EventLoop("test-loop");
    private final EventLoop another = new EventLoop("another-loop");

    @AfterEach
    void close() {
        loop.shutdownNow();
        another.shutdownNow();
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
}
