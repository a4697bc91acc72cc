package dev.tocsin.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.benchmarks.path.Sender;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class FixedRateTest {

    private static final double US_PER_MS = 1e3;

    /** Blocks for 100 ms in its first alarm, for nothing in all others. */
    private static final class SlowOnce implements Sender {

        private static final long SLOW_NS = 100_000_000;
        private int raised;

        @Override
        public CompletableFuture<Long> raise() {
            if (raised++ == 0) {
                long untilNs = System.nanoTime() + SLOW_NS;
                while (System.nanoTime() < untilNs) {
                    LockSupport.parkNanos(untilNs - System.nanoTime());
                }
            }
            return CompletableFuture.completedFuture(System.nanoTime());
        }

        @Override
        public void close() {}
    }

    @Test
    void alarms_that_were_due_behind_a_slow_one_are_slow_too() {
        Latencies latencies = FixedRate.run(new SlowOnce(), 10, 100); // due every 10 ms: the tenth after 90
        assertThat(latencies.count()).isEqualTo(10);
        assertThat(latencies.p50Us()).isGreaterThan(40 * US_PER_MS);
    }

    @Test
    void an_alarm_that_fails_is_counted_as_failed() {
        Sender failing = new Sender() {
            @Override
            public CompletableFuture<Long> raise() {
                return CompletableFuture.failedFuture(new IllegalStateException("no"));
            }

            @Override
            public void close() {}
        };
        Latencies latencies = FixedRate.run(failing, 3, 1_000);
        assertThat(latencies.count()).isZero();
        assertThat(latencies.failed()).isEqualTo(3);
        assertThat(latencies.why()).contains("no");
    }

    @Test
    void latencies_come_through_another_process_unchanged() {
        Latencies latencies = FixedRate.run(new SlowOnce(), 4, 100);
        latencies.failed(new IllegalStateException("one was lost"));
        Latencies read = Latencies.decoded(latencies.encoded());
        assertThat(read.histogram()).isEqualTo(latencies.histogram());
        assertThat(read.failed()).isOne();
        assertThat(read.why()).isEqualTo(latencies.why());
    }
}
