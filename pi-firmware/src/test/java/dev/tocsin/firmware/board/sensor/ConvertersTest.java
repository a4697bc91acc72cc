package dev.tocsin.firmware.board.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ADS1115 and INA219. */
class ConvertersTest {

    private static final double STEP_V = 4.096 / 32768;

    private static Bench<Ads1115Model> ads1115(double slowness) {
        return new Bench<>(SensorType.ADS1115, "i2c1", 10, now -> new Ads1115Model(now, slowness)).started();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.9, 1, 1.1, 1.3})
    void four_inputs_are_converted_one_after_the_other_however_fast_the_chip_is(double slowness) {
        Bench<Ads1115Model> bench = ads1115(slowness).run(Duration.ofSeconds(10));

        assertThat(bench.heard.told()).isEmpty();
        assertThat(bench.heard.rows()).hasSizeBetween(98, 101);
        assertThat(bench.heard.last()[0]).isCloseTo(0.5, within(STEP_V));
        assertThat(bench.heard.last()[1]).isCloseTo(1.0, within(STEP_V));
        assertThat(bench.heard.last()[2]).isCloseTo(2.5, within(STEP_V));
        assertThat(bench.heard.last()[3]).isCloseTo(3.3, within(STEP_V));
    }

    @Test
    void a_result_is_taken_only_when_the_chip_says_that_it_is_there() {
        Bench<Ads1115Model> bench = ads1115(1.3).run(Duration.ofSeconds(1));

        long looks = bench.bus.transfers().stream().filter("01+2"::equals).count();
        long results = bench.bus.transfers().stream().filter("00+2"::equals).count();
        assertThat(results).isBetween(38L, 40L);
        assertThat(looks).as("1.3 times as slow: about four looks each").isGreaterThan(3 * results);
    }

    @Test
    void a_voltage_beyond_the_range_stays_at_its_end_and_below_ground_is_negative() {
        Bench<Ads1115Model> bench = ads1115(1).run(Duration.ofSeconds(1));
        bench.chip.put(1, 5.0);
        bench.chip.put(2, -0.1);
        bench.run(Duration.ofSeconds(1));

        assertThat(bench.heard.last()[1]).isEqualTo(32767 * STEP_V);
        assertThat(bench.heard.last()[2]).isCloseTo(-0.1, within(STEP_V));
    }

    @Test
    void a_conversion_that_never_ends_is_told_as_nonsense() {
        Bench<Ads1115Model> bench = ads1115(1e6).run(Duration.ofSeconds(5));

        assertThat(bench.heard.rows()).isEmpty();
        assertThat(bench.heard.told()).contains("trouble nonsense");
    }

    @Test
    void a_supply_is_in_volts_and_amperes_and_may_flow_backwards() {
        Bench<Ina219Model> bench = new Bench<>(SensorType.INA219, "i2c1", 5, Ina219Model::new)
                .started()
                .run(Duration.ofSeconds(2));
        assertThat(bench.heard.last()[0]).isCloseTo(5.1, within(0.004));
        assertThat(bench.heard.last()[1]).isCloseTo(0.42, within(1e-4));

        bench.chip.put(3.7, -0.15);
        bench.run(Duration.ofSeconds(2));
        assertThat(bench.heard.last()[0]).isCloseTo(3.7, within(0.004));
        assertThat(bench.heard.last()[1]).isCloseTo(-0.15, within(1e-4));
        assertThat(bench.heard.told()).isEmpty();
    }

    @Test
    void a_supply_is_read_only_when_there_is_something_new() {
        Bench<Ina219Model> bench = new Bench<>(SensorType.INA219, "i2c1", 5, Ina219Model::new)
                .started()
                .run(Duration.ofSeconds(10));

        assertThat(bench.heard.rows()).hasSizeBetween(45, 50);
        assertThat(bench.bus.transfers().stream().filter("01+2"::equals).count())
                .isEqualTo(bench.heard.rows().size());
    }
}
