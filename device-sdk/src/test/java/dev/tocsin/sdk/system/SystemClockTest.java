package dev.tocsin.sdk.system;

import static org.awaitility.Awaitility.await;

import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.testkit.ClockContract;
import java.time.Duration;

class SystemClockTest extends ClockContract {

    private final SystemClock clock = new SystemClock();

    @Override
    protected Clock clock() {
        return clock;
    }

    @Override
    protected void pass(Duration time) {
        long untilNs = System.nanoTime() + time.toNanos();
        await().pollInterval(Duration.ofMillis(1)).until(() -> System.nanoTime() - untilNs >= 0);
    }
}
