package dev.tocsin.firmware.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.firmware.board.bus.BusException;
import dev.tocsin.firmware.board.bus.Buses;
import dev.tocsin.firmware.board.bus.I2cBus;
import dev.tocsin.firmware.board.bus.SpiBus;
import dev.tocsin.firmware.board.sensor.BusSensor;
import dev.tocsin.firmware.board.sensor.SampleSink;
import dev.tocsin.sdk.port.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoardSensorsTest {

    private static final String PROFILE = """
            name = "x"
            title = "An x"
            model = "raspberry-pi-4"
            buses = ["i2c1"]
            [inputs.gates-changed]
            bcm = 17
            header = 11
            pull = "up"
            active-low = true
            [sensors.gates]
            type = "mcp23017"
            bus = "i2c1"
            ready = "gates-changed"
            [sensors.clock]
            type = "ds3231"
            bus = "i2c1"
            [sensors.supply]
            type = "ina219"
            bus = "i2c1"
            """;

    private final HandTimers loop = new HandTimers();
    private final List<Integer> addressed = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    @Test
    void each_sensor_of_the_profile_has_a_source_and_its_clock_has_none() {
        assertThat(open(Pi4jBoard.onDesk(TestProfiles.parse(PROFILE), loop, loop)))
                .containsOnlyKeys("gates", "supply");
    }

    @Test
    void a_desk_without_the_parts_tells_that_they_are_missing() {
        Map<String, BusSensor> sources = open(Pi4jBoard.onDesk(TestProfiles.parse(PROFILE), loop, loop));
        sources.values().forEach(source -> source.start(sink()));
        loop.advance(Duration.ofSeconds(5));

        assertThat(told)
                .containsExactlyInAnyOrder(
                        "bus: MCP23017 on i2c1 0x20: nobody at 0x20", "bus: INA219 on i2c1 0x40: nobody at 0x40");
    }

    @Test
    void a_data_ready_line_has_its_own_sensor_read_and_no_other() {
        Pi4jBoard.Desk desk = Pi4jBoard.onDesk(TestProfiles.parse(PROFILE), loop, loop);
        Map<String, BusSensor> sources = open(desk);
        sources.values().forEach(source -> source.start(sink()));
        isThere = true;
        loop.advance(Duration.ofMillis(5));
        addressed.clear();
        desk.controls().set("gates-changed", true);
        loop.settle();

        assertThat(addressed).isNotEmpty().containsOnly(0x20);
    }

    private boolean isThere;

    private Map<String, BusSensor> open(Pi4jBoard.Desk desk) {
        I2cBus bus = new I2cBus() {
            @Override
            public String name() {
                return "i2c1";
            }

            @Override
            public void transfer(int address, byte[] out, int outLength, byte[] in, int inLength) throws BusException {
                addressed.add(address);
                if (!isThere) {
                    throw new BusException(BusException.Kind.NO_ANSWER, "nobody at 0x%02X".formatted(address));
                }
                byte[] settings = {-1, -1, 0, 0, -1, -1, 0, 0, 0, 0, 0x40, 0x40, -1, -1}; // of the expander
                System.arraycopy(settings, 0, in, 0, Math.min(inLength, settings.length));
            }
        };
        Buses buses = new Buses() {
            @Override
            public I2cBus i2c(String name) {
                return bus;
            }

            @Override
            public SpiBus spi(String name, int chipSelect, int clockHz) {
                throw new AssertionError();
            }

            @Override
            public Timers thread(String name) {
                return loop;
            }

            @Override
            public void close() {}
        };
        return BoardSensors.open(desk.board(), buses, loop, loop);
    }

    private SampleSink sink() {
        return new SampleSink() {
            @Override
            public void sample(long timeNs, double[] values) {}

            @Override
            public void trouble(String cause, String text) {
                told.add(cause + ": " + text);
            }

            @Override
            public void well(String cause) {}
        };
    }
}
