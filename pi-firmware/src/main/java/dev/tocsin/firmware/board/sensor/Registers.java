package dev.tocsin.firmware.board.sensor;

import dev.tocsin.firmware.board.bus.BusException;

/** The registers of one chip, whatever bus it is on. Belongs to the bus's thread. */
interface Registers {

    /** The most bytes of one transfer. */
    int MOST = 2048;

    /** Where the chip is, for people: {@code i2c1 0x53}. */
    String where();

    /** Reads registers one after the other, or one again and again where the chip wants it so. */
    void read(int register, byte[] into, int length) throws BusException;

    /** Writes registers one after the other. */
    void write(int register, byte... values) throws BusException;

    /** Reads one. */
    default int read(int register) throws BusException {
        byte[] one = new byte[1];
        read(register, one, 1);
        return one[0] & 0xFF;
    }

    /** Reads a word, high byte first. */
    default int readWord(int register) throws BusException {
        byte[] two = new byte[2];
        read(register, two, 2);
        return ((two[0] & 0xFF) << 8) | (two[1] & 0xFF);
    }

    /** Writes a word, high byte first. */
    default void writeWord(int register, int word) throws BusException {
        write(register, (byte) (word >> 8), (byte) word);
    }
}
