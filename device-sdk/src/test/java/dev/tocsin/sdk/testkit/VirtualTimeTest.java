package dev.tocsin.sdk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.Timers;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Nested;

/** Virtual time is time. */
class VirtualTimeTest {

    private final VirtualTime time = new VirtualTime();

    @Nested
    class AsTimers extends TimersContract {

        @Override
        protected Timers timers() {
            return time;
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

    @Nested
    class AsOneBoot extends LoopContract {

        private final VirtualTime.Life life = time.life();

        @Override
        protected Timers timers() {
            return life;
        }

        @Override
        protected long nanoTime() {
            return time.nanoTime();
        }

        @Override
        protected void until(BooleanSupplier condition) {
            assertThat(time.runUntil(condition, Duration.ofMinutes(1))).isTrue();
        }

        @Override
        protected void end() {
            life.end();
        }

        @Override
        protected void passElsewhere() {
            time.advance(Duration.ofSeconds(1));
        }
    }

    @Nested
    class AsClock extends ClockContract {

        @Override
        protected Clock clock() {
            return time;
        }

        @Override
        protected void pass(Duration duration) {
            time.advance(duration);
        }
    }
}
