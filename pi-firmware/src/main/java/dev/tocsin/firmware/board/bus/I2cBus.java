package dev.tocsin.firmware.board.bus;

/** An I2C bus, seen by its controller. Used by one thread at a time; blocks while bits move. */
public interface I2cBus {

    /** What the board profile calls it: {@code i2c1}. */
    String name();

    /**
     * Writes, then reads without letting go of the bus in between (a repeated start), as register chips want it. Nothing is
     * written where {@code outLength} is 0, nothing is read where {@code inLength} is 0.
     *
     * @param address of the chip, 7 bits: 0x03 to 0x77
     * @param out what to write, from index 0
     * @param in where to put what was read, from index 0
     * @throws BusException if not every byte was acknowledged, or not every byte came
     */
    void transfer(int address, byte[] out, int outLength, byte[] in, int inLength) throws BusException;
}
