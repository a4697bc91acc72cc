package dev.tocsin.firmware.board.sensor;

import dev.tocsin.firmware.board.bus.BusException;
import dev.tocsin.firmware.board.bus.SpiBus;
import java.util.Arrays;

/**
 * Registers behind an SPI chip select: the first byte is the register's number and says whether it is a read, the rest are
 * its bytes. What comes back during the first byte means nothing.
 */
final class SpiRegisters implements Registers {

    /** In the first byte: a read. */
    static final int READ = 0x80;

    private final SpiBus bus;
    private final int several;
    private final byte[] out = new byte[MOST + 1];
    private final byte[] in = new byte[MOST + 1];

    /**
     * On a chip select.
     *
     * @param several what the first byte has besides where more than one byte follows: 0x40 on the ADXL345
     */
    SpiRegisters(SpiBus bus, int several) {
        this.bus = bus;
        this.several = several;
    }

    @Override
    public String where() {
        return bus.name();
    }

    @Override
    public void read(int register, byte[] into, int length) throws BusException {
        Arrays.fill(out, 0, length + 1, (byte) 0);
        out[0] = (byte) (register | READ | (length > 1 ? several : 0));
        bus.transfer(out, in, length + 1);
        System.arraycopy(in, 1, into, 0, length);
    }

    @Override
    public void write(int register, byte... values) throws BusException {
        out[0] = (byte) (register | (values.length > 1 ? several : 0));
        System.arraycopy(values, 0, out, 1, values.length);
        bus.transfer(out, in, values.length + 1);
    }
}
