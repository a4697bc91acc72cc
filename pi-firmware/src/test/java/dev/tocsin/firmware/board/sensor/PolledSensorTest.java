package dev.tocsin.firmware.board.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.testkit.VirtualTime;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** A driver with a mistake in it. */
class PolledSensorTest {

    private static final Registers NONE = new Registers() {
        @Override
        public String where() {
            return "nowhere";
        }

        @Override
        public void read(int register, byte[] into, int length) {
            throw new AssertionError("the part has none");
        }

        @Override
        public void write(int register, byte... values) {
            throw new AssertionError("the part has none");
        }
    };

    private static final class Mistaken implements SensorPart {
        private boolean isMistaken = true;
        private int configured;

        @Override
        public String name() {
            return "part on i2c1";
        }

        @Override
        public int channels() {
            return 1;
        }

        @Override
        public int mostSamples() {
            return 1;
        }

        @Override
        public long silentAfterNs() {
            return 1_000_000_000L;
        }

        @Override
        public void configure() {
            configured++;
        }

        @Override
        public long read(LongSupplier nanoTime, Samples into) {
            if (isMistaken) {
                throw new ArrayIndexOutOfBoundsException("Index 7 out of bounds for length 6");
            }
            into.add(nanoTime.getAsLong())[0] = 1.5;
            return 100_000_000;
        }
    }

    @Test
    void a_mistake_in_a_driver_is_told_and_does_not_end_its_readings() {
        VirtualTime time = new VirtualTime();
        Mistaken part = new Mistaken();
        Heard heard = new Heard(time::nanoTime);
        RetryingRegisters untouched = new RetryingRegisters(NONE, time::nanoTime);
        PolledSensor sensor = new PolledSensor(part, untouched, time, time, time::nanoTime);
        sensor.start(heard);
        time.advance(Duration.ofSeconds(10)); // more failures than there are batches
        assertThat(heard.told()).containsExactly("trouble part");
        assertThat(heard.texts()).first().asString().contains("its driver failed", "Index 7");

        part.isMistaken = false;
        time.advance(Duration.ofSeconds(2));
        assertThat(heard.told()).containsExactly("trouble part", "well part");
        assertThat(heard.last()).containsExactly(1.5);
        assertThat(part.configured).isGreaterThan(2);
    }
}
