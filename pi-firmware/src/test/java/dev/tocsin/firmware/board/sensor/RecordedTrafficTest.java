package dev.tocsin.firmware.board.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.tocsin.firmware.board.bus.BusException;
import dev.tocsin.sdk.testkit.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The drivers, and the models that stand for the parts in all other tests, on traffic that a logic analyser recorded from
 * real parts. Skipped without the recordings; {@code .ci/drivers} refuses that.
 */
class RecordedTrafficTest {

    private static final String AXES = "adxl345/adxl345_axis.spi.csv";
    private static final String REGISTERS = "adxl345/adxl345_registers.spi.csv";
    private static final String CLOCK_1 = "rtc_dallas_ds3231/ds3231_ex1.i2c.csv";
    private static final String CLOCK_2 = "rtc_dallas_ds3231/ds3231_ex2.i2c.csv";
    private static final String EXPANDER = "microchip_mcp23017/mcp23017_counter_init_ab_write_read.i2c.csv";

    private final VirtualTime time = new VirtualTime();

    @Test
    void an_accelerometer_that_lay_still_shows_1_g_in_each_of_its_recorded_entries() throws BusException {
        RecordedTraffic recorded = RecordedTraffic.spi(AXES);
        Adxl345 driver = new Adxl345(new SpiRegisters(recorded, Adxl345.SPI_SEVERAL), 100, 2);
        double[] values = new double[3];
        List<Double> magnitudes = new ArrayList<>();
        while (!recorded.isAtItsEnd()) {
            driver.readEntry(values);
            magnitudes.add(Math.hypot(Math.hypot(values[0], values[1]), values[2]));
        }

        assertThat(magnitudes)
                .hasSize(recorded.transfers().size())
                .hasSizeGreaterThan(5)
                .allSatisfy(magnitude -> assertThat(magnitude).isCloseTo(1.0, within(0.05)));
    }

    @Test
    void a_recorded_accelerometer_in_another_program_s_settings_is_set_up_anew() {
        RecordedTraffic recorded = RecordedTraffic.spi(REGISTERS);
        Bench<Adxl345Model> bench = new Bench<>(SensorType.ADXL345, "spi0", 200, now -> new Adxl345Model(now, 1));
        bench.started().run(Duration.ofSeconds(2));
        for (RecordedTraffic.Transfer transfer : recorded.transfers()) {
            int register = transfer.out()[0] & 0x3F;
            if (isSetting(register)) {
                bench.chip.write(register, transfer.in()[1] & 0xFF);
            }
        }
        bench.run(Duration.ofSeconds(2));

        assertThat(bench.heard.told()).containsExactly("trouble reset", "well reset");
    }

    @Test
    void the_accelerometer_s_model_answers_as_the_recorded_part_does_in_the_same_settings() {
        RecordedTraffic recorded = RecordedTraffic.spi(REGISTERS);
        Adxl345Model model = new Adxl345Model(time::nanoTime, 1);
        recorded.transfers().forEach(transfer -> {
            int register = transfer.out()[0] & 0x3F;
            if (isSetting(register)) {
                model.write(register, transfer.in()[1] & 0xFF);
            }
        });
        time.advance(Duration.ofSeconds(1)); // nobody has read meanwhile, as in the recording
        List<Integer> compared = new ArrayList<>();
        for (RecordedTraffic.Transfer transfer : recorded.transfers()) {
            int register = transfer.out()[0] & 0x3F;
            if (register >= 0x1E && (register < 0x32 || register > 0x37)) { // below: reserved; between: the axes
                assertThat(model.read(register)).as("register 0x%02X", register).isEqualTo(transfer.in()[1] & 0xFF);
                compared.add(register);
            }
        }
        assertThat(compared).contains(0x2C, 0x2D, 0x30, 0x31, 0x38, 0x39).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @CsvSource({CLOCK_1 + ", 2020-09-07T14:05:53Z, 25", CLOCK_2 + ", 2020-09-07T13:56:00Z, 24"})
    void a_recorded_clock_tells_its_time_and_that_it_never_stopped(String file, Instant when, int temperatureC)
            throws BusException {
        Ds3231 driver = new Ds3231(RecordedTraffic.i2c(file, Ds3231.ADDRESS), time::nanoTime);

        assertThat(driver.read()).isEqualTo(new Ds3231.Reading.Told(when, time.nanoTime(), temperatureC));
    }

    @Test
    void after_its_last_transfer_a_recording_answers_nothing_more() throws BusException {
        Ds3231 driver = new Ds3231(RecordedTraffic.i2c(CLOCK_2, Ds3231.ADDRESS), time::nanoTime);
        driver.read();

        assertThatExceptionOfType(BusException.class).isThrownBy(driver::read);
    }

    @ParameterizedTest
    @CsvSource({CLOCK_1, CLOCK_2})
    void the_clock_s_model_answers_as_the_recorded_part_does(String file) {
        RecordedTraffic recorded = RecordedTraffic.i2c(file, Ds3231.ADDRESS);
        Ds3231Model model = new Ds3231Model();
        // What it held before the recording began is what its first read of each register says.
        boolean[] isKnown = new boolean[0x13];
        int compared = 0;
        for (RecordedTraffic.Transfer transfer : recorded.transfers()) {
            int register = transfer.out()[0] & 0xFF;
            for (int i = 0; i < transfer.in().length; i++) {
                if (!isKnown[register + i]) {
                    model.put(register + i, transfer.in()[i] & 0xFF);
                    isKnown[register + i] = true;
                }
            }
            if (transfer.in().length > 0) {
                assertThat(model.transferRead(register, transfer.in().length)).isEqualTo(transfer.in());
                compared++;
            } else {
                model.transferWrite(register, transfer.out(), 1, transfer.out().length - 1);
            }
        }
        assertThat(compared).isGreaterThan(2);
    }

    @Test
    void the_recorded_expander_s_ports_are_read_as_the_counter_that_was_written_to_them() throws BusException {
        RecordedTraffic recorded = RecordedTraffic.i2c(EXPANDER, 0x20);
        Mcp23017 driver = new Mcp23017(new I2cRegisters(recorded, 0x20), 50, false);
        for (int count = 0; count < 80; count++) {
            assertThat(driver.readLevels()).isEqualTo(count | (0xFF - count) << 8);
        }
    }

    @Test
    void the_expander_s_model_answers_every_recorded_transfer_as_the_part_did() {
        RecordedTraffic recorded = RecordedTraffic.i2c(EXPANDER, 0x20);
        Mcp23017Model model = new Mcp23017Model();
        int compared = 0;
        for (RecordedTraffic.Transfer transfer : recorded.transfers()) {
            int register = transfer.out()[0] & 0xFF;
            model.transferWrite(register, transfer.out(), 1, transfer.out().length - 1);
            if (transfer.in().length > 0) {
                assertThat(model.transferRead(register, transfer.in().length)).isEqualTo(transfer.in());
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(80);
    }

    private static boolean isSetting(int register) {
        return (register >= 0x2C && register <= 0x31 && register != 0x30) || register == 0x38;
    }
}
