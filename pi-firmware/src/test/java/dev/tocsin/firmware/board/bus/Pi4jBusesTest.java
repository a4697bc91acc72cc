package dev.tocsin.firmware.board.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.i2c.I2C;
import com.pi4j.plugin.mock.provider.i2c.MockI2CProvider;
import com.pi4j.plugin.mock.provider.spi.MockSpiProvider;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The adapter on Pi4J's own mock of both buses. */
class Pi4jBusesTest {

    private final List<Context> opened = new ArrayList<>();
    private final Pi4jBuses buses = new Pi4jBuses(
            () -> opened(Pi4J.newContextBuilder()
                    .add(MockI2CProvider.newInstance())
                    .disableShutdownHook()
                    .build()),
            () -> opened(Pi4J.newContextBuilder()
                    .add(MockSpiProvider.newInstance())
                    .disableShutdownHook()
                    .build()));

    private Context opened(Context context) {
        opened.add(context);
        return context;
    }

    @AfterEach
    void close() {
        opened.forEach(Context::shutdown);
        buses.close();
    }

    @Test
    void a_register_is_read_after_its_number_was_written() throws BusException {
        byte[] in = new byte[2];
        buses.i2c("i2c1").transfer(0x53, new byte[] {0x10, 0x0A}, 2, in, 0);
        I2C chip = opened.get(0).registry().get("i2c1-53", I2C.class);
        chip.writeRegister(0x32, new byte[] {5, 6});
        buses.i2c("i2c1").transfer(0x53, new byte[] {0x32, 0}, 1, in, 2);

        assertThat(in).containsExactly(5, 6);
        assertThat(opened).hasSize(1);
    }

    @Test
    void a_transfer_that_comes_short_fails_and_the_bus_is_opened_anew_for_the_next() throws BusException {
        I2cBus bus = buses.i2c("i2c1");
        assertThatExceptionOfType(BusException.class)
                .isThrownBy(() -> bus.transfer(0x53, new byte[] {0x32}, 1, new byte[4], 4))
                .withMessageStartingWith("i2c1 0x53: ");
        assertThat(opened).singleElement().matches(Context::isShutdown);

        bus.transfer(0x53, new byte[] {0x32, 1}, 2, new byte[0], 0);
        assertThat(opened).hasSize(2);
    }

    @Test
    void a_machine_without_that_bus_fails_each_transfer_with_its_reason() {
        try (Pi4jBuses none = new Pi4jBuses()) {
            I2cBus bus = none.i2c("i2c9");
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatExceptionOfType(BusException.class)
                        .isThrownBy(() -> bus.transfer(0x53, new byte[] {0}, 1, new byte[1], 1))
                        .withMessageStartingWith("i2c9 0x53: ")
                        .matches(e -> e.kind() == BusException.Kind.NO_ANSWER);
            }
            assertThatExceptionOfType(BusException.class)
                    .isThrownBy(() -> none.spi("spi6", 0, 1_000_000).transfer(new byte[1], new byte[1], 1))
                    .withMessageStartingWith("spi6.0: ");
        }
    }

    /** Pi4J's mock moves the bytes but says that it moved none. */
    @Test
    void a_controller_that_says_it_moved_fewer_bytes_is_believed() {
        SpiBus bus = buses.spi("spi0", 1, 1_000_000);
        assertThatExceptionOfType(BusException.class)
                .isThrownBy(() -> bus.transfer(new byte[] {1, 2, 3}, new byte[3], 3))
                .withMessage("spi0.1: 0 bytes of 3")
                .matches(e -> e.kind() == BusException.Kind.SHORT);
        assertThat(opened).singleElement().matches(Context::isShutdown);
    }

    @Test
    void one_name_is_one_bus_and_one_thread() {
        assertThat(buses.i2c("i2c1")).isSameAs(buses.i2c("i2c1"));
        assertThat(buses.spi("spi0", 0, 1)).isSameAs(buses.spi("spi0", 0, 1)).isNotSameAs(buses.spi("spi0", 1, 1));
        assertThat(buses.thread("i2c1")).isSameAs(buses.thread("i2c1")).isNotSameAs(buses.thread("spi0"));
    }
}
