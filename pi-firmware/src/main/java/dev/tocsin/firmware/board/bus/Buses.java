package dev.tocsin.firmware.board.bus;

import dev.tocsin.sdk.port.Timers;

/** The buses of a board. Opening something costs nothing; what is not there fails at its first transfer. */
public interface Buses extends AutoCloseable {

    /**
     * An I2C bus; the same for the same name.
     *
     * @param name {@code i2c} and its number
     */
    I2cBus i2c(String name);

    /**
     * A chip on an SPI bus, in mode 3: the clock idles high, bits are taken on its rising edge.
     *
     * @param name {@code spi} and its number
     * @param chipSelect 0 or 1; on {@code spi1} also 2
     * @param clockHz the clock, at most what the chip bears
     */
    SpiBus spi(String name, int chipSelect, int clockHz);

    /** The thread on which a bus is to be used; the same for the same name. Any thread may ask it for something. */
    Timers thread(String name);

    @Override
    void close();
}
