package dev.tocsin.firmware.board.sensor;

import dev.tocsin.firmware.board.bus.BusException;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Analog Devices ADXL345, three axes of acceleration. Channels: x, y, z in g. Its FIFO of 32 runs as a stream, so that a
 * reader who is late loses the oldest, and the overrun bit tells. Full resolution: 256 steps a g in every range.
 *
 * <p>Every reading first reads the settings back and last the identity: what was read from a chip that lost its power or
 * its wires meanwhile is never handed on.
 *
 * <p>Datasheet: ADXL345 rev. G, "Register map" and "FIFO". Between two entries the chip wants 5 us, which the first byte of
 * a transfer takes at 1.5 MHz or less (page 21), hence {@link #SPI_HZ}.
 */
final class Adxl345 implements SensorPart {

    static final int SPI_HZ = 1_000_000;

    /** In the first byte of an SPI transfer where several follow. */
    static final int SPI_SEVERAL = 0x40;

    static final List<Integer> RATES_HZ = List.of(25, 50, 100, 200, 400);
    static final List<Integer> RANGES_G = List.of(2, 4, 8, 16);

    static final int DEVID = 0x00;
    static final int IDENTITY = 0xE5;
    static final int BW_RATE = 0x2C;
    static final int POWER_CTL = 0x2D;
    static final int INT_SOURCE = 0x30;
    static final int DATA_FORMAT = 0x31;
    static final int DATAX0 = 0x32;
    static final int FIFO_CTL = 0x38;
    static final int FIFO_STATUS = 0x39;

    /** The FIFO and the output registers behind it. */
    static final int MOST_ENTRIES = 33;

    private static final int RATE_CODE_25_HZ = 0x08;
    private static final int MEASURE = 0x08;
    private static final int WATERMARK = 0x02;
    private static final int OVERRUN = 0x01;
    private static final int FULL_RESOLUTION = 0x08;
    private static final int STREAM = 0x80;
    private static final double STEPS_PER_G = 256;

    private final Registers registers;
    private final int rateCode;
    private final int format;
    private final int watermark;
    private final long periodNs;
    private final SampleClock clock;
    private final byte[] settings = new byte[6];
    private final byte[] fifo = new byte[2];
    private final byte[] entry = new byte[6];
    private long doneNs;
    private int takenOfABrokenReading;

    /**
     * On a bus.
     *
     * @param rateHz one of {@link #RATES_HZ}
     * @param rangeG one of {@link #RANGES_G}
     */
    Adxl345(Registers registers, int rateHz, int rangeG) {
        this.registers = registers;
        this.rateCode = RATE_CODE_25_HZ + RATES_HZ.indexOf(rateHz);
        this.format = FULL_RESOLUTION | RANGES_G.indexOf(rangeG);
        this.watermark = Math.min(Math.max(rateHz / 10, 1), 16);
        this.periodNs = 1_000_000_000L / rateHz;
        this.clock = new SampleClock(periodNs);
    }

    @Override
    public String name() {
        return "ADXL345 on " + registers.where();
    }

    @Override
    public int channels() {
        return 3;
    }

    @Override
    public int mostSamples() {
        return MOST_ENTRIES;
    }

    @Override
    public long silentAfterNs() {
        return Math.max(1_000_000_000L, 5L * watermark * periodNs);
    }

    @Override
    public void configure() throws BusException, PartException {
        Identity.check(registers, DEVID, IDENTITY);
        registers.write(POWER_CTL, (byte) 0);
        registers.write(FIFO_CTL, (byte) 0); // bypass: empties it
        registers.read(DATAX0, entry, entry.length); // clears an overrun of before
        registers.write(DATA_FORMAT, (byte) format);
        registers.write(FIFO_CTL, (byte) (STREAM | watermark));
        registers.write(BW_RATE, (byte) rateCode, (byte) MEASURE, (byte) WATERMARK, (byte) 0);
        registers.read(BW_RATE, settings, settings.length);
        if (!holdsSettings() || registers.read(FIFO_CTL) != (STREAM | watermark)) {
            throw new PartException(Cause.PART, "it does not keep its settings");
        }
        clock.lost();
        takenOfABrokenReading = 0;
    }

    @Override
    public long read(LongSupplier nanoTime, Samples into) throws BusException, PartException {
        registers.read(BW_RATE, settings, settings.length);
        long beforeNs = nanoTime.getAsLong();
        registers.read(FIFO_CTL, fifo, fifo.length);
        long afterNs = nanoTime.getAsLong();
        if (!holdsSettings() || (fifo[0] & 0xFF) != (STREAM | watermark)) {
            Identity.check(registers, DEVID, IDENTITY);
            throw new PartException(Cause.RESET, "its settings are gone: it was without power for a moment");
        }
        int entries = fifo[1] & 0x7F;
        if (entries > MOST_ENTRIES) {
            throw new PartException(Cause.NONSENSE, "%d entries in a FIFO of 32".formatted(entries));
        }
        long missing = takenOfABrokenReading;
        if ((settings[INT_SOURCE - BW_RATE] & OVERRUN) != 0) {
            long sinceTheLast = Math.round((beforeNs - doneNs) / clock.periodNs());
            missing = Math.max(missing + 1, sinceTheLast - entries);
        }
        if (missing > 0) {
            clock.lost();
            into.missing(missing);
        }
        clock.took(entries, beforeNs, afterNs);
        for (int i = 0; i < entries; i++) {
            readEntry(into.add(clock.next()));
            takenOfABrokenReading++;
        }
        Identity.check(registers, DEVID, IDENTITY);
        takenOfABrokenReading = 0;
        doneNs = beforeNs;
        return watermark * periodNs;
    }

    /** Takes the oldest entry out of the FIFO. */
    void readEntry(double[] values) throws BusException {
        registers.read(DATAX0, entry, entry.length);
        for (int axis = 0; axis < 3; axis++) {
            values[axis] = ((short) ((entry[2 * axis] & 0xFF) | (entry[2 * axis + 1] << 8))) / STEPS_PER_G;
        }
    }

    private boolean holdsSettings() {
        return settings[0] == rateCode
                && settings[POWER_CTL - BW_RATE] == MEASURE
                && settings[2] == WATERMARK
                && settings[3] == 0
                && settings[DATA_FORMAT - BW_RATE] == format;
    }
}
