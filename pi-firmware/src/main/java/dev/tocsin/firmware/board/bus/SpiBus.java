package dev.tocsin.firmware.board.bus;

/**
 * One chip select of an SPI bus, seen by its controller. Used by one thread at a time; blocks while bits move. SPI knows no
 * acknowledge: a chip that is not there reads as all ones or all zeros, which only the driver can tell.
 */
public interface SpiBus {

    /** What the board profile calls it, and the chip select: {@code spi0.0}. */
    String name();

    /**
     * Moves bytes both ways at once, with the chip selected throughout.
     *
     * @param out what to send, from index 0
     * @param in what came back, from index 0; may not be {@code out}
     * @param length how many bytes, both ways
     * @throws BusException if the controller refused or moved fewer
     */
    void transfer(byte[] out, byte[] in, int length) throws BusException;
}
