package dev.tocsin.firmware.board.sensor;

import java.util.Arrays;

/** A DS3231 after its datasheet: registers, and the second that goes on when it is told to. */
final class Ds3231Model extends Chip {

    private final int[] registers = new int[0x13];

    Ds3231Model() {
        powerOn();
    }

    /** After both its supplies were gone. */
    @Override
    void powerOn() {
        Arrays.fill(registers, 0);
        registers[0x03] = 1;
        registers[0x04] = 1;
        registers[0x05] = 1;
        registers[0x0E] = 0x1C;
        registers[0x0F] = 0x88;
        registers[0x11] = 25;
    }

    /** Sets registers as something outside did. */
    void put(int register, int... values) {
        System.arraycopy(values, 0, registers, register, values.length);
    }

    @Override
    int after(int register) {
        return register == 0x12 ? 0 : register + 1;
    }

    @Override
    int read(int register) {
        return registers[register];
    }

    @Override
    void write(int register, int value) {
        if (register == 0x0F) {
            // The oscillator-stop and alarm flags can only be taken back, busy not written at all.
            registers[register] = (registers[register] & value & 0x83) | (value & 0x08) | (registers[register] & 0x04);
        } else if (register < 0x11) {
            registers[register] = value;
        }
    }
}
