package dev.tocsin.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.testkit.ClockContract;
import dev.tocsin.sdk.testkit.LoopContract;
import dev.tocsin.sdk.testkit.TimersContract;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** The world's timers, its machines' loops and their clocks keep the contracts that the real ones keep. */
class WorldTimeContractTest {

    private final World world = World.open(new Seed(1), Instant.parse("2027-03-01T00:00:00Z"));

    @AfterEach
    void close() {
        world.close();
    }

    private void run(BooleanSupplier condition) {
        assertThat(world.runUntil(condition, Duration.ofMinutes(1))).isTrue();
    }

    @Nested
    class TheWorldItself extends TimersContract {

        @Override
        protected Timers timers() {
            return world;
        }

        @Override
        protected long nanoTime() {
            return world.nanoTime();
        }

        @Override
        protected void until(BooleanSupplier condition) {
            run(condition);
        }
    }

    @Nested
    class AMachinesLoop extends LoopContract {

        private final VirtualLoop loop = world.loop("device");

        @Override
        protected Timers timers() {
            return loop;
        }

        @Override
        protected long nanoTime() {
            return world.nanoTime();
        }

        @Override
        protected void until(BooleanSupplier condition) {
            run(condition);
        }

        @Override
        protected void end() {
            loop.cut();
        }

        @Override
        protected void passElsewhere() {
            world.run(Duration.ofSeconds(1));
        }
    }

    @Nested
    class AMachinesClock extends ClockContract {

        private final VirtualClock clock = new VirtualClock(world, world.seed().child("device"));

        @Override
        protected Clock clock() {
            return clock;
        }

        @Override
        protected void pass(Duration time) {
            world.run(time);
        }
    }
}
