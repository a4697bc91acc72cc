package dev.tocsin.firmware.board.sensor;

import dev.tocsin.firmware.board.bus.BusException;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Texas Instruments ADS1115, an analogue-to-digital converter of 16 bits: resistor loops and level probes. Channels: AIN0 to
 * AIN3 against ground in V, measured one after the other, each by a conversion of its own at 128 samples a second that is
 * looked at when the datasheet says it is done and taken when the chip says so. A sample's time is its last conversion's;
 * the four lie within 40 ms. Beyond the range a value stays at the range's end.
 *
 * <p>The chip has no identity. Its thresholds, set so that the conversion-ready line works, are not what they are after
 * power-on: they tell that it lost its power.
 *
 * <p>Datasheet: ADS1115, SBAS444E, chapters 7 and 8.1: data rate within 10 %.
 */
final class Ads1115 implements SensorPart {

    /** Of whole samples, four conversions each. */
    static final List<Integer> RATES_HZ = List.of(1, 2, 5, 10, 20);

    /** Full scale in mV; the supply plus 0.3 V bounds the input all the same. */
    static final List<Integer> RANGES_MV = List.of(6144, 4096, 2048, 1024, 512, 256);

    static final int CONVERSION = 0;
    static final int CONFIG = 1;
    static final int LOW_THRESHOLD = 2;
    static final int HIGH_THRESHOLD = 3;
    static final int START_OR_DONE = 0x8000;

    /** Highest bit of the high threshold one, of the low one zero: the ALERT/RDY pin tells a conversion's end. */
    private static final int READY_HIGH = 0x8000;

    private static final int READY_LOW = 0x0000;
    private static final int CHANNELS = 4;
    private static final int AIN0_TO_GROUND = 4;
    private static final int SINGLE_SHOT = 0x0100;
    private static final int RATE_128 = 4 << 5;
    private static final long CONVERSION_NS = 1_100_000_000L / 128 + 100_000;
    private static final long AGAIN_NS = 500_000;
    private static final int MOST_LOOKS = 20;

    private final Registers registers;
    private final int gain;
    private final double voltsPerStep;
    private final long periodNs;
    private final double[] volts = new double[CHANNELS];
    private int channel;
    private int looks;
    private boolean isConverting;
    private long beganNs;

    /**
     * On a bus.
     *
     * @param rateHz one of {@link #RATES_HZ}
     * @param rangeMv one of {@link #RANGES_MV}
     */
    Ads1115(Registers registers, int rateHz, int rangeMv) {
        this.registers = registers;
        this.gain = RANGES_MV.indexOf(rangeMv);
        this.voltsPerStep = rangeMv / 1000.0 / 32768;
        this.periodNs = 1_000_000_000L / rateHz;
    }

    @Override
    public String name() {
        return "ADS1115 on " + registers.where();
    }

    @Override
    public int channels() {
        return CHANNELS;
    }

    @Override
    public int mostSamples() {
        return 1;
    }

    @Override
    public long silentAfterNs() {
        return 2 * periodNs + 1_000_000_000L;
    }

    @Override
    public void configure() throws BusException, PartException {
        isConverting = false;
        channel = 0;
        registers.writeWord(HIGH_THRESHOLD, READY_HIGH);
        registers.writeWord(LOW_THRESHOLD, READY_LOW);
        if (!holdsSettings()) {
            throw new PartException(Cause.PART, "it does not keep its settings");
        }
    }

    @Override
    public long read(LongSupplier nanoTime, Samples into) throws BusException, PartException {
        if (!isConverting) {
            if (channel == 0) {
                beganNs = nanoTime.getAsLong();
                if (!holdsSettings()) {
                    throw lost();
                }
            }
            return convert();
        }
        int config = registers.readWord(CONFIG);
        if ((config & ~START_OR_DONE) != (config(channel) & ~START_OR_DONE)) {
            throw lost();
        }
        if ((config & START_OR_DONE) == 0) {
            if (++looks == MOST_LOOKS) {
                isConverting = false;
                throw new PartException(Cause.NONSENSE, "a conversion of 8 ms does not end");
            }
            return AGAIN_NS;
        }
        volts[channel] = (short) registers.readWord(CONVERSION) * voltsPerStep;
        channel = (channel + 1) % CHANNELS;
        if (channel != 0) {
            return convert();
        }
        isConverting = false;
        long nowNs = nanoTime.getAsLong();
        System.arraycopy(volts, 0, into.add(nowNs), 0, CHANNELS);
        return Math.max(0, beganNs + periodNs - nowNs);
    }

    private long convert() throws BusException {
        registers.writeWord(CONFIG, config(channel));
        isConverting = true;
        looks = 0;
        return CONVERSION_NS;
    }

    private int config(int ofChannel) {
        return START_OR_DONE | ((AIN0_TO_GROUND + ofChannel) << 12) | (gain << 9) | SINGLE_SHOT | RATE_128;
    }

    private boolean holdsSettings() throws BusException {
        return registers.readWord(HIGH_THRESHOLD) == READY_HIGH && registers.readWord(LOW_THRESHOLD) == READY_LOW;
    }

    private PartException lost() {
        isConverting = false;
        return new PartException(Cause.RESET, "its settings are gone: it was without power for a moment");
    }
}
