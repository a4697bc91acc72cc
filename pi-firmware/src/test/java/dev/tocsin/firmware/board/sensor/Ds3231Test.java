package dev.tocsin.firmware.board.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tocsin.firmware.board.bus.BusException;
import dev.tocsin.sdk.testkit.VirtualTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ds3231Test {

    private final VirtualTime time = new VirtualTime();
    private final Ds3231Model chip = new Ds3231Model();
    private final ModelBuses bus = new ModelBuses(time, chip, Ds3231.ADDRESS, 0);
    private final Ds3231 clock = new Ds3231(bus, time::nanoTime);

    @ParameterizedTest
    @CsvSource({"2026-11-25T14:36:05Z", "2000-02-29T00:00:00Z", "2099-12-31T23:59:59Z", "2100-01-01T00:00:00Z"})
    void what_was_set_is_read(Instant when) throws BusException {
        clock.set(when);

        assertThat(clock.read()).isEqualTo(new Ds3231.Reading.Told(when, time.nanoTime(), 25));
    }

    @Test
    void one_whose_oscillator_stopped_is_not_believed_until_it_is_set() throws BusException {
        assertThat(clock.read())
                .isInstanceOfSatisfying(
                        Ds3231.Reading.Unset.class,
                        unset -> assertThat(unset.why()).contains("oscillator stopped"));

        clock.set(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(clock.read()).isInstanceOf(Ds3231.Reading.Told.class);
        assertThat(chip.read(Ds3231.CONTROL) & 0x80).as("runs on its battery").isZero();
    }

    @ParameterizedTest
    @CsvSource({"0x48, 8", "0x52, 0", "0x72, 12", "0x65, 17"})
    void twelve_hours_are_understood(String register, int hour) throws BusException {
        clock.set(Instant.parse("2026-01-01T00:00:00Z"));
        chip.put(0x02, Integer.decode(register));

        assertThat(((Ds3231.Reading.Told) clock.read()).time())
                .isEqualTo(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(hour * 3600L));
    }

    @Test
    void cold_is_below_zero() throws BusException {
        clock.set(Instant.parse("2026-01-01T00:00:00Z"));
        chip.put(Ds3231.TEMPERATURE, 0xF6);

        assertThat(((Ds3231.Reading.Told) clock.read()).temperatureC()).isEqualTo(-10);
    }

    @ParameterizedTest
    @CsvSource({"0x00, 0x7A", "0x01, 0x60", "0x04, 0x00", "0x05, 0x13", "0x06, 0xFF"})
    void what_is_no_date_is_not_believed(String register, String value) throws BusException {
        clock.set(Instant.parse("2026-02-28T12:00:00Z"));
        chip.put(Integer.decode(register), Integer.decode(value));

        assertThat(clock.read()).isInstanceOf(Ds3231.Reading.Unset.class);
    }

    @Test
    void a_bus_without_it_is_an_error_and_not_a_time() throws BusException {
        bus.failNext(RetryingRegisters.TRIES);
        assertThatExceptionOfType(BusException.class)
                .isThrownBy(clock::read)
                .withMessageContaining("0x68")
                .matches(e -> e.kind() == BusException.Kind.NO_ANSWER);
        clock.read();
    }

    @Test
    void a_year_that_it_has_not_is_refused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> clock.set(Instant.parse("1999-12-31T23:59:59Z")));
    }
}
