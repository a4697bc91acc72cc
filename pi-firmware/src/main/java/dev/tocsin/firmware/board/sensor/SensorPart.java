package dev.tocsin.firmware.board.sensor;

import dev.tocsin.firmware.board.bus.BusException;
import java.util.function.LongSupplier;

/** A chip, as its datasheet has it. Belongs to the bus's thread; every method may block for some milliseconds. */
interface SensorPart {

    /** What it is and where, for people: {@code ADXL345 on spi0.0}. */
    String name();

    /** How many values a sample has. */
    int channels();

    /** The most samples that one reading brings. */
    int mostSamples();

    /** After which time without a new sample something is wrong with it, nanoseconds. */
    long silentAfterNs();

    /** Makes sure that it is the part it should be, sets it up and reads the settings back. Forgets samples before. */
    void configure() throws BusException, PartException;

    /**
     * Reads the samples that it has. Throws {@link PartException} with {@link Cause#RESET} where it finds the settings lost.
     *
     * @param nanoTime the device's monotonic clock: asked right before and after the transfer that tells how many there are
     * @param into to be filled; worth nothing after an exception
     * @return when it wants to be read again, nanoseconds from now
     */
    long read(LongSupplier nanoTime, Samples into) throws BusException, PartException;
}
