package dev.tocsin.firmware.board.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tocsin.firmware.board.bus.BusException;
import org.junit.jupiter.api.Test;

class RetryingRegistersTest {

    private long nowNs;
    private long takesNs;
    private int failures;

    private final RetryingRegisters registers = new RetryingRegisters(
            new Registers() {
                @Override
                public String where() {
                    return "here";
                }

                @Override
                public void read(int register, byte[] into, int length) throws BusException {
                    nowNs += takesNs;
                    if (failures-- > 0) {
                        throw new BusException(BusException.Kind.NO_ANSWER, "none");
                    }
                }

                @Override
                public void write(int register, byte... values) throws BusException {
                    read(register, values, values.length);
                }
            },
            () -> nowNs);

    @Test
    void a_transfer_is_tried_three_times_in_all() throws BusException {
        failures = 2;
        registers.write(1, (byte) 2);
        assertThat(registers.transfers()).isEqualTo(3);
        assertThat(registers.errors()).isEqualTo(2);

        failures = 3;
        assertThatExceptionOfType(BusException.class).isThrownBy(() -> registers.read(1));
        assertThat(registers.transfers()).isEqualTo(6);
    }

    @Test
    void one_that_took_its_whole_time_out_to_fail_is_not_tried_again() {
        failures = 3;
        takesNs = RetryingRegisters.SLOW_NS;
        assertThatExceptionOfType(BusException.class).isThrownBy(() -> registers.read(1));

        assertThat(registers.transfers()).isEqualTo(1);
    }
}
