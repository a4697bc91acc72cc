package dev.tocsin.firmware.board.sensor;

import dev.tocsin.firmware.board.bus.BusException;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Benewake TF-Luna, a laser distance sensor: 0.2 to 8 m. Channels: distance in m, {@code NaN} where the light that came back
 * is too weak, too strong, or the sensor names an error; and how strong it was, without unit, always. It has no FIFO; its
 * tick changes with each measurement, so that none is taken twice and a sensor that stands still is seen.
 *
 * <p>Manual: TF-Luna product manual A03, "I2C register table" and "output data": a distance is reliable where the strength is
 * at least 100 and not 65,535.
 */
final class TfLuna implements SensorPart {

    static final List<Integer> RATES_HZ = List.of(10, 20, 50, 100);

    static final int DIST_LOW = 0x00;
    static final int MODE = 0x23;
    static final int FPS_LOW = 0x26;
    static final int SIGNATURE = 0x3C;
    static final int WEAKEST = 100;
    static final int OVEREXPOSED = 0xFFFF;

    private static final byte[] LUNA = {'L', 'U', 'N', 'A'};
    private static final int CONTINUOUS = 0;

    private final Registers registers;
    private final int rateHz;
    private final long periodNs;
    private final SampleClock clock;
    private final byte[] output = new byte[10];
    private final byte[] settings = new byte[5];
    private final byte[] signature = new byte[LUNA.length];
    private int tick;
    private long freshNs;
    private boolean isFirst = true;

    /**
     * On a bus.
     *
     * @param rateHz one of {@link #RATES_HZ}
     */
    TfLuna(Registers registers, int rateHz) {
        this.registers = registers;
        this.rateHz = rateHz;
        this.periodNs = 1_000_000_000L / rateHz;
        this.clock = new SampleClock(periodNs);
    }

    @Override
    public String name() {
        return "TF-Luna on " + registers.where();
    }

    @Override
    public int channels() {
        return 2;
    }

    @Override
    public int mostSamples() {
        return 1;
    }

    @Override
    public long silentAfterNs() {
        return 1_000_000_000L;
    }

    @Override
    public void configure() throws BusException, PartException {
        registers.read(SIGNATURE, signature, signature.length);
        for (int i = 0; i < LUNA.length; i++) {
            Identity.check(signature[i] & 0xFF, LUNA[i]);
        }
        registers.write(MODE, (byte) CONTINUOUS);
        registers.write(FPS_LOW, (byte) rateHz, (byte) 0);
        registers.read(MODE, settings, settings.length);
        if (!holdsSettings()) {
            throw new PartException(Cause.PART, "it does not keep its settings");
        }
        clock.lost();
        isFirst = true;
    }

    @Override
    public long read(LongSupplier nanoTime, Samples into) throws BusException, PartException {
        registers.read(MODE, settings, settings.length);
        if (!holdsSettings()) {
            throw new PartException(Cause.RESET, "its settings are gone: it was without power for a moment");
        }
        long beforeNs = nanoTime.getAsLong();
        registers.read(DIST_LOW, output, output.length);
        long afterNs = nanoTime.getAsLong();
        int itsTick = word(6);
        if (isFirst || itsTick != tick) {
            if (!isFirst) { // what stood there at the start may be of any age
                take(beforeNs, afterNs, into);
            }
            isFirst = false;
            tick = itsTick;
            freshNs = afterNs;
        }
        return periodNs / 2;
    }

    private void take(long beforeNs, long afterNs, Samples into) {
        long passed = Math.max(1, Math.round((double) (afterNs - freshNs) / periodNs));
        if (passed > 1) {
            into.missing(passed - 1);
            clock.lost();
        }
        clock.took(1, beforeNs, afterNs);
        int strength = word(2);
        boolean isReliable = strength >= WEAKEST && strength != OVEREXPOSED && word(8) == 0 && word(0) > 0;
        double[] values = into.add(clock.next());
        values[0] = isReliable ? word(0) / 100.0 : Double.NaN;
        values[1] = strength;
    }

    private int word(int at) {
        return (output[at] & 0xFF) | ((output[at + 1] & 0xFF) << 8);
    }

    private boolean holdsSettings() {
        return settings[0] == CONTINUOUS && settings[3] == (byte) rateHz && settings[4] == 0;
    }
}
