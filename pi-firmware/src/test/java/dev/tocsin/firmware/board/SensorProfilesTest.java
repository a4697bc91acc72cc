package dev.tocsin.firmware.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.firmware.board.sensor.SensorSpec;
import dev.tocsin.firmware.board.sensor.SensorType;
import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.config.Problem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SensorProfilesTest {

    /** Four lines. */
    private static final String HEAD = """
            name = "x"
            title = "An x"
            model = "raspberry-pi-4"
            buses = ["i2c1", "spi0"]
            """;

    @Test
    void a_sensor_is_read_with_everything_that_it_says() {
        BoardProfile profile = TestProfiles.parse(HEAD + """
                [inputs.imu-ready]
                bcm = 17
                header = 11
                pull = "none"
                [sensors.imu]
                type = "adxl345"
                bus = "spi0"
                chip-select = 1
                rate = 200
                range = 8
                ready = "imu-ready"
                [sensors.supply]
                type = "ina219"
                bus = "i2c1"
                address = 0x41
                shunt-milliohm = 10
                [sensors.gates]
                type = "mcp23017"
                bus = "i2c1"
                active-low = true
                """);

        assertThat(profile.sensors().values())
                .containsExactly(
                        new SensorSpec(
                                "imu", SensorType.ADXL345, "spi0", 1, 200, 8, 100, false, Optional.of("imu-ready")),
                        new SensorSpec("supply", SensorType.INA219, "i2c1", 0x41, 1, 0, 10, false, Optional.empty()),
                        new SensorSpec("gates", SensorType.MCP23017, "i2c1", 0x20, 50, 0, 100, true, Optional.empty()));
    }

    @ParameterizedTest
    @EnumSource
    void a_sensor_needs_no_more_than_its_type_and_its_bus(SensorType type) {
        assertThat(problemsOf(sensor(type.text(), "i2c1"))).isEmpty();
    }

    @Test
    void the_wall_button_has_no_sensors() {
        assertThat(TestProfiles.wallButton().sensors()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "adxl354|type = \"adxl354\" is no sensor that has a driver (did you mean adxl345?)",
                "tf_luna|type = \"tf_luna\" is no sensor that has a driver (did you mean tf-luna?)",
                "camera|type = \"camera\" is no sensor that has a driver (known here: ads1115, adxl345, ds3231, ina219,"
                        + " lsm6dso, mcp23017, tf-luna)"
            })
    void an_unknown_type_is_refused_with_those_that_are_known(String type, String problem) {
        assertThat(problemsOf(sensor(type, "i2c1"))).containsExactly("x.toml:6: " + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "adxl345|spi1|it is on spi1, which the profile does not keep; add it: buses = [\"i2c1\", \"spi0\", \"spi1\"]",
                "adxl345|can0|it: bus \"can0\" is none that sensors hang on; known are i2c1, spi0, spi1",
                "adxl345|uart0|it: bus \"uart0\" is none that sensors hang on; known are i2c1, spi0, spi1",
                "ina219|spi0|it: ina219 has no SPI; put it on i2c1"
            })
    void a_bus_that_is_not_kept_or_not_right_is_refused(String type, String bus, String problem) {
        assertThat(problemsOf(sensor(type, bus))).containsExactly("x.toml:7: " + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "adxl345|i2c1|address = 0x02|it: address 0x02 is none; I2C has 0x03 to 0x77",
                "tf-luna|i2c1|address = 0x78|it: address 0x78 is none; I2C has 0x03 to 0x77",
                "tf-luna|i2c1|address = 0x07|it: tf-luna cannot be at 0x07; it can be at 0x08 to 0x77",
                "adxl345|i2c1|address = 0x54|it: adxl345 cannot be at 0x54; it can be at 0x1D or 0x53",
                "ads1115|i2c1|address = 0x4C|it: ads1115 cannot be at 0x4C; it can be at 0x48 to 0x4B",
                "adxl345|spi0|chip-select = 2|it: spi0 has chip selects 0 to 1, not 2",
                "adxl345|i2c1|rate = 60|it: adxl345 has no rate of 60 Hz; it has 25, 50, 100, 200, 400",
                "lsm6dso|i2c1|range = 32|it: lsm6dso has no range of 32 g; it has 2, 4, 8, 16",
                "ads1115|i2c1|range = 5000|it: ads1115 has no range of 5000 mV; it has 6144, 4096, 2048, 1024, 512, 256",
                "tf-luna|i2c1|range = 8|it: tf-luna has no range to choose; leave it out",
                "ds3231|i2c1|rate = 1|it: ds3231 has no rate to choose; leave it out",
                "tf-luna|i2c1|ready = \"it\"|it: ready = \"it\" is no input of this profile; write [inputs.it] for it, or leave"
                        + " ready out",
                "adxl345|i2c1|chip-select = 0|unknown key sensors.it.chip-select (known here: address, bus, range, rate, ready,"
                        + " type)",
                "adxl345|i2c1|adress = 0x53|unknown key sensors.it.adress (did you mean address?)",
                "adxl345|i2c1|shunt-milliohm = 1|unknown key sensors.it.shunt-milliohm (known here: address, bus, range, rate,"
                        + " ready, type)",
                "adxl345|i2c1|rate = \"fast\"|sensors.it.rate is not what belongs there (a whole number)",
                "ina219|i2c1|shunt-milliohm = 0|shunt-milliohm is out of range: 0 (from 1 to 1000000)"
            })
    void what_a_part_cannot_do_is_refused_with_what_it_can(String type, String bus, String line, String problem) {
        assertThat(problemsOf(sensor(type, bus) + line + "\n")).containsExactly("x.toml:8: " + problem);
    }

    @Test
    void two_at_one_address_or_chip_select_are_refused() {
        assertThat(problemsOf(sensor("ads1115", "i2c1")
                        + "[sensors.other]\ntype = \"ina219\"\nbus = \"i2c1\"\naddress = 0x48\n"))
                .containsExactly("x.toml:11: it and other are both on i2c1 0x48; give one of them another address");
        assertThat(problemsOf(sensor("adxl345", "spi0") + "[sensors.other]\ntype = \"lsm6dso\"\nbus = \"spi0\"\n"))
                .containsExactly("x.toml:8: it and other are both on spi0.0; give one of them another chip select");
    }

    private static String sensor(String type, String bus) {
        return HEAD + "[sensors.it]\ntype = \"%s\"\nbus = \"%s\"\n".formatted(type, bus);
    }

    private static List<String> problemsOf(String toml) {
        return switch (BoardProfiles.parse("x.toml", toml)) {
            case Loaded.Ok<BoardProfile> ok -> List.of();
            case Loaded.Bad<BoardProfile>(List<Problem> problems) ->
                problems.stream().map(Problem::toString).toList();
        };
    }
}
