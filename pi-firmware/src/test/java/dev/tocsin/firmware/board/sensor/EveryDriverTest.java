package dev.tocsin.firmware.board.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every driver owes, whatever its part: each on a model of it. */
class EveryDriverTest {

    private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);

    private static final String ADXL345_SPI = "ADXL345, spi0";
    private static final String ADXL345_I2C = "ADXL345, i2c1";
    private static final String LSM6DSO_SPI = "LSM6DSO, spi0";
    private static final String LSM6DSO_I2C = "LSM6DSO, i2c1";
    private static final String TF_LUNA = "TF_LUNA, i2c1";
    private static final String ADS1115 = "ADS1115, i2c1";
    private static final String INA219 = "INA219, i2c1";
    private static final String MCP23017 = "MCP23017, i2c1";

    @ParameterizedTest
    @CsvSource({ADXL345_SPI, ADXL345_I2C, LSM6DSO_SPI, LSM6DSO_I2C, TF_LUNA, ADS1115, INA219, MCP23017})
    void a_sound_sensor_gives_samples_and_no_trouble(SensorType type, String busName) {
        Bench<?> bench = Bench.of(type, busName).started().run(Duration.ofSeconds(10));

        assertThat(bench.heard.told()).isEmpty();
        assertThat(bench.heard.rows())
                .hasSizeGreaterThan(9)
                .allSatisfy(row -> assertThat(row).hasSize(type.channels().size()));
        assertThat(bench.source.channels()).isEqualTo(type.channels().size());
        assertTimesIncrease(bench);
        assertThat(bench.source.counts().samples()).isEqualTo(bench.heard.rows().size());
        assertThat(bench.source.counts())
                .extracting(SensorCounts::lost, SensorCounts::errors, SensorCounts::failures, SensorCounts::resets)
                .containsExactly(0L, 0L, 0L, 0L);
    }

    @ParameterizedTest
    @CsvSource({ADXL345_SPI, ADXL345_I2C, LSM6DSO_SPI, LSM6DSO_I2C, TF_LUNA, ADS1115, INA219, MCP23017})
    void a_sensor_that_is_unplugged_is_told_and_when_it_is_back_it_is_well_within_5_s(SensorType type, String busName) {
        Bench<?> bench = Bench.of(type, busName).started().run(Duration.ofSeconds(3));
        bench.bus.unplug();
        long unpluggedNs = bench.time.nanoTime();
        bench.run(Duration.ofSeconds(30));

        assertThat(bench.heard.told()).containsExactly("trouble bus");
        assertThat(bench.heard.toldNs("trouble bus") - unpluggedNs).isLessThan(FIVE_SECONDS.toNanos());
        assertThat(bench.heard.texts().get(0)).contains("on model");

        bench.heard.forget();
        bench.bus.plug();
        bench.run(FIVE_SECONDS);

        assertThat(bench.heard.told()).contains("well bus").doesNotContain("trouble bus", "trouble silent");
        assertThat(bench.heard.rows()).isNotEmpty();
        assertTimesIncrease(bench);
        assertNothingStands(bench, List.of("trouble bus"));
    }

    @ParameterizedTest
    @CsvSource({ADXL345_SPI, ADXL345_I2C, LSM6DSO_SPI, LSM6DSO_I2C, TF_LUNA, ADS1115, INA219, MCP23017})
    void one_that_is_not_there_at_the_start_is_told_and_taken_when_it_comes(SensorType type, String busName) {
        Bench<?> bench = Bench.of(type, busName);
        bench.bus.unplug();
        bench.started().run(FIVE_SECONDS);
        assertThat(bench.heard.told()).containsExactly("trouble bus");

        bench.bus.plug();
        bench.run(FIVE_SECONDS);
        assertThat(bench.heard.told()).containsExactly("trouble bus", "well bus");
        assertThat(bench.heard.rows()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({ADXL345_SPI, ADXL345_I2C, LSM6DSO_SPI, LSM6DSO_I2C, TF_LUNA, ADS1115, INA219, MCP23017})
    void lost_power_loses_the_settings_which_is_told_and_they_are_written_again(SensorType type, String busName) {
        Bench<?> bench = Bench.of(type, busName).started().run(Duration.ofSeconds(3));
        bench.chip.powerOn();
        bench.run(FIVE_SECONDS);

        assertThat(bench.heard.told()).containsExactly("trouble reset", "well reset");
        assertThat(bench.source.counts().resets()).isEqualTo(1);
        bench.heard.forget();
        bench.run(FIVE_SECONDS);
        assertThat(bench.heard.told()).isEmpty();
        assertThat(bench.heard.rows()).hasSizeGreaterThan(4);
    }

    @ParameterizedTest
    @CsvSource({ADXL345_SPI, ADXL345_I2C, LSM6DSO_SPI, LSM6DSO_I2C, TF_LUNA, ADS1115, INA219, MCP23017})
    void two_failed_transfers_are_tried_again_at_once_and_only_counted(SensorType type, String busName) {
        Bench<?> bench = Bench.of(type, busName).started().run(Duration.ofSeconds(3));
        int before = bench.heard.rows().size();
        bench.bus.failNext(2);
        bench.run(Duration.ofSeconds(3));

        assertThat(bench.heard.told()).isEmpty();
        assertThat(bench.heard.rows()).hasSizeGreaterThan(before);
        assertThat(bench.source.counts())
                .extracting(SensorCounts::errors, SensorCounts::failures)
                .containsExactly(2L, 0L);
    }

    @ParameterizedTest
    @CsvSource({ADXL345_SPI, ADXL345_I2C, LSM6DSO_SPI, LSM6DSO_I2C, TF_LUNA, ADS1115, INA219, MCP23017})
    void short_transfers_are_told_like_any_other_failure(SensorType type, String busName) {
        Bench<?> bench = Bench.of(type, busName).started().run(Duration.ofSeconds(3));
        bench.bus.shortNext(2 * RetryingRegisters.TRIES);
        bench.run(FIVE_SECONDS);

        assertThat(bench.heard.told()).startsWith("trouble bus").contains("well bus");
        assertNothingStands(bench, List.of());
        assertThat(bench.heard.texts().get(0)).contains("bytes of");
        assertThat(bench.source.counts().failures()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({ADXL345_SPI, ADXL345_I2C, LSM6DSO_SPI, LSM6DSO_I2C, TF_LUNA, ADS1115, INA219, MCP23017})
    void wherever_in_a_reading_the_bus_dies_nothing_of_it_is_handed_on_and_it_is_told_within_5_s(
            SensorType type, String busName) {
        for (int transfers = 0; transfers < 25; transfers++) {
            Bench<?> bench = Bench.of(type, busName).started().run(Duration.ofMillis(3_020));
            bench.bus.dieAfter(transfers);
            long diedNs = bench.time.nanoTime();
            bench.run(FIVE_SECONDS);

            assertThat(bench.heard.told()).as("dead after %d", transfers).containsExactly("trouble bus");
            assertSane(type, bench);
            assertThat(bench.heard.toldNs("trouble bus") - diedNs).isLessThan(FIVE_SECONDS.toNanos());
            bench.bus.plug();
            bench.run(FIVE_SECONDS);
            assertThat(bench.heard.told()).contains("well bus");
            assertSane(type, bench);
            assertTimesIncrease(bench);
        }
    }

    @ParameterizedTest
    @CsvSource({ADXL345_SPI, ADXL345_I2C, LSM6DSO_SPI, LSM6DSO_I2C, TF_LUNA, ADS1115, INA219, MCP23017})
    void a_line_that_reads_as_ones_or_as_zeros_gives_no_sample(SensorType type, String busName) {
        for (int stuck : new int[] {0x00, 0xFF}) {
            Bench<?> bench = Bench.of(type, busName).started().run(Duration.ofSeconds(3));
            bench.bus.stickAt(stuck);
            int before = bench.heard.rows().size();
            bench.run(FIVE_SECONDS);

            assertThat(bench.heard.rows()).hasSize(before);
            assertThat(bench.heard.told()).isNotEmpty().allMatch(told -> told.startsWith("trouble"));
            bench.bus.stickAt(null);
            bench.run(FIVE_SECONDS);
            assertThat(bench.heard.rows()).hasSizeGreaterThan(before);
            assertNothingStands(bench, List.of());
        }
    }

    @ParameterizedTest
    @CsvSource({ADXL345_SPI, ADXL345_I2C, LSM6DSO_SPI, LSM6DSO_I2C})
    void a_reading_that_breaks_off_amid_a_fifo_is_a_gap_and_the_times_after_it_are_right(
            SensorType type, String busName) {
        for (int transfers = 2; transfers < 12; transfers++) {
            Bench<?> bench = Bench.of(type, busName).started().run(Duration.ofSeconds(3));
            bench.bus.failAfter(transfers, RetryingRegisters.TRIES);
            bench.run(Duration.ofSeconds(3));

            assertThat(bench.heard.told()).isSubsetOf("trouble gap", "well gap");
            assertNothingStands(bench, List.of());
            assertTimesIncrease(bench);
            long periodNs = type == SensorType.ADXL345 ? 5_000_000 : 9_615_384;
            for (int i = 0; i < bench.heard.rows().size(); i++) {
                long takenNs = bench.chip instanceof Adxl345Model adxl
                        ? adxl.takenNs(bench.heard.rows().get(i)[0])
                        : ((Lsm6dsoModel) bench.chip).takenNs(bench.heard.rows().get(i)[0]);
                assertThat(bench.heard.timesNs().get(i) - takenNs).isBetween(-periodNs, periodNs);
            }
            long last = Math.round(bench.heard.last()[0] / (type == SensorType.ADXL345 ? 1 / 256.0 : 0.488e-3));
            assertThat(last + 1 - bench.heard.rows().size())
                    .as("what is missing was counted")
                    .isBetween(
                            bench.source.counts().lost() - 1,
                            bench.source.counts().lost());
        }
    }

    @ParameterizedTest
    @CsvSource({ADXL345_SPI, ADXL345_I2C, LSM6DSO_SPI, LSM6DSO_I2C, TF_LUNA, ADS1115, INA219, MCP23017})
    void an_event_loop_that_is_too_busy_loses_samples_which_is_told_and_never_the_sensor(
            SensorType type, String busName) {
        Bench<?> bench = Bench.of(type, busName).started().run(Duration.ofSeconds(3));
        bench.busyLoop(Duration.ofSeconds(10)).run(Duration.ofSeconds(3));

        assertThat(bench.heard.told()).containsExactly("trouble gap", "well gap");
        assertThat(bench.heard.texts().get(0)).contains("the event loop is behind");
        assertThat(bench.source.counts().lost()).isPositive();
        assertTimesIncrease(bench);
    }

    @ParameterizedTest
    @CsvSource({ADXL345_SPI, ADXL345_I2C, LSM6DSO_SPI, LSM6DSO_I2C, TF_LUNA, ADS1115, INA219, MCP23017})
    void a_transfer_that_never_comes_back_is_told_within_5_s(SensorType type, String busName) {
        Bench<?> bench = Bench.of(type, busName).started().run(Duration.ofSeconds(3));
        bench.bus.hang();
        bench.run(FIVE_SECONDS);
        assertThat(bench.heard.told()).containsExactly("trouble hang");

        bench.bus.release();
        bench.run(FIVE_SECONDS);
        assertThat(bench.heard.told()).contains("well hang");
        assertNothingStands(bench, List.of());
        assertTimesIncrease(bench);
    }

    @ParameterizedTest
    @CsvSource({ADXL345_SPI, ADXL345_I2C, LSM6DSO_SPI, LSM6DSO_I2C, TF_LUNA, ADS1115, INA219, MCP23017})
    void after_its_end_nothing_is_heard_and_nothing_read(SensorType type, String busName) {
        Bench<?> bench = Bench.of(type, busName).started().run(Duration.ofSeconds(3));
        bench.source.close();
        bench.heard.forget();
        bench.run(Duration.ofMillis(500));
        int transfers = bench.bus.transfers().size();
        bench.bus.unplug();
        bench.run(FIVE_SECONDS);

        assertThat(bench.heard.rows()).isEmpty();
        assertThat(bench.heard.told()).isEmpty();
        assertThat(bench.bus.transfers()).hasSize(transfers);
        assertThat(bench.time.runUntilIdle(FIVE_SECONDS)).isTrue();
    }

    private static void assertTimesIncrease(Bench<?> bench) {
        List<Long> times = bench.heard.timesNs();
        for (int i = 1; i < times.size(); i++) {
            assertThat(times.get(i)).isGreaterThan(times.get(i - 1));
        }
    }

    /** Every trouble that was told, or stood before, ended. */
    private static void assertNothingStands(Bench<?> bench, List<String> before) {
        List<String> standing = new ArrayList<>(before);
        for (String told : bench.heard.told()) {
            if (told.startsWith("trouble")) {
                standing.add(told);
            } else {
                assertThat(standing.remove(told.replace("well", "trouble")))
                        .as(told)
                        .isTrue();
            }
        }
        assertThat(standing).isEmpty();
    }

    /** What the models show stands in every sample: nothing came from a dead line. */
    private static void assertSane(SensorType type, Bench<?> bench) {
        for (double[] row : bench.heard.rows()) {
            switch (type) {
                case ADXL345, LSM6DSO -> assertThat(row[2]).isBetween(0.99, 1.01);
                case TF_LUNA -> assertThat(row[0]).isEqualTo(2.5);
                case ADS1115 -> assertThat(row[2]).isBetween(2.499, 2.501);
                case INA219 -> assertThat(row[0]).isBetween(5.09, 5.11);
                case MCP23017 -> assertThat(row).containsOnly(0);
                case DS3231 -> throw new AssertionError();
            }
        }
    }
}
