package dev.tocsin.firmware.board.sensor;

import dev.tocsin.firmware.board.bus.BusException;
import dev.tocsin.firmware.board.bus.I2cBus;

/** Registers behind an I2C address: the register's number is written, then its bytes follow, or are read. */
final class I2cRegisters implements Registers {

    private static final byte[] NOTHING = new byte[0];

    private final I2cBus bus;
    private final int address;
    private final byte[] pointer = new byte[1];

    I2cRegisters(I2cBus bus, int address) {
        this.bus = bus;
        this.address = address;
    }

    @Override
    public String where() {
        return "%s 0x%02X".formatted(bus.name(), address);
    }

    @Override
    public void read(int register, byte[] into, int length) throws BusException {
        pointer[0] = (byte) register;
        bus.transfer(address, pointer, 1, into, length);
    }

    @Override
    public void write(int register, byte... values) throws BusException {
        byte[] out = new byte[values.length + 1];
        out[0] = (byte) register;
        System.arraycopy(values, 0, out, 1, values.length);
        bus.transfer(address, out, out.length, NOTHING, 0);
    }
}
