package dev.tocsin.firmware.board.sensor;

import dev.tocsin.firmware.board.bus.BusException;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * ST LSM6DSO, three axes of acceleration and three of turning. Channels: x, y, z in g, then x, y, z in rad/s. Both come
 * through its FIFO of 512 words at one rate, each word with a tag: which sensor, in which time slot, and a parity bit, so
 * that halves are put together rightly even after a hole.
 *
 * <p>Datasheet: LSM6DSO rev. 2 (DS12140), chapters 6.6 and 9; FIFO: application note AN5192, chapter 9.
 */
final class Lsm6dso implements SensorPart {

    static final int SPI_HZ = 5_000_000;
    static final List<Integer> RATES_HZ = List.of(26, 52, 104, 208, 416);

    /** Of the acceleration; turning is always measured up to 2,000 degrees a second. */
    static final List<Integer> RANGES_G = List.of(2, 4, 8, 16);

    static final int FIFO_CTRL1 = 0x07;
    static final int WHO_AM_I = 0x0F;
    static final int IDENTITY = 0x6C;
    static final int CTRL3_C = 0x12;
    static final int FIFO_STATUS1 = 0x3A;
    static final int FIFO_DATA_OUT_TAG = 0x78;
    static final int WORD = 7;
    static final int MOST_WORDS = 512;
    static final int TAG_TURNING = 0x01;
    static final int TAG_ACCELERATION = 0x02;

    private static final int RATE_CODE_26_HZ = 2;
    private static final int SOFTWARE_RESET = 0x01;
    private static final int BLOCK_UPDATE_AND_INCREMENT = 0x44;
    private static final int RESET_POLLS = 50;
    private static final int CONTINUOUS = 0x06;
    private static final int WATERMARK_TO_INT1 = 0x08;
    private static final int FULL_SCALE_2000_DPS = 0x0C;
    private static final int OVERRUN = 0x48;
    private static final int WORDS_A_TRANSFER = 32;

    /** Tables 2 and 3 of the datasheet: 0.061 mg a step at 2 g, 70 mdps a step at 2,000 dps. */
    private static final double G_PER_STEP_AT_2_G = 0.061e-3;

    private static final double RAD_S_PER_STEP = Math.toRadians(0.070);

    /** The code of a range: bits 3 and 2 of CTRL1_XL, in no order. */
    private static final int[] RANGE_CODES = {0, 2, 3, 1};

    private final Registers registers;
    private final byte[] wanted;
    private final double gPerStep;
    private final int watermarkSamples;
    private final long periodNs;
    private final SampleClock clock;
    private final byte[] settings = new byte[CTRL3_C - FIFO_CTRL1 + 1];
    private final byte[] status = new byte[2];
    private final byte[] words = new byte[WORDS_A_TRANSFER * WORD];
    private final SlotPairs pairs;
    private long doneNs;
    private int takenOfABrokenReading;

    /**
     * On a bus.
     *
     * @param rateHz one of {@link #RATES_HZ}
     * @param rangeG one of {@link #RANGES_G}
     */
    Lsm6dso(Registers registers, int rateHz, int rangeG) {
        this.registers = registers;
        int rate = RATE_CODE_26_HZ + RATES_HZ.indexOf(rateHz);
        int range = RANGES_G.indexOf(rangeG);
        this.gPerStep = G_PER_STEP_AT_2_G * rangeG / 2;
        this.watermarkSamples = Math.max(rateHz / 10, 1);
        this.periodNs = 1_000_000_000L / rateHz;
        this.clock = new SampleClock(periodNs);
        this.pairs = new SlotPairs(gPerStep, RAD_S_PER_STEP, MOST_WORDS);
        this.wanted = new byte[] {
            (byte) (2 * watermarkSamples), // FIFO_CTRL1
            0,
            (byte) (rate << 4 | rate),
            CONTINUOUS,
            0, // COUNTER_BDR_REG1
            0,
            WATERMARK_TO_INT1,
            0, // INT2_CTRL
            IDENTITY,
            (byte) (rate << 4 | RANGE_CODES[range] << 2), // CTRL1_XL
            (byte) (rate << 4 | FULL_SCALE_2000_DPS), // CTRL2_G
            BLOCK_UPDATE_AND_INCREMENT
        };
    }

    @Override
    public String name() {
        return "LSM6DSO on " + registers.where();
    }

    @Override
    public int channels() {
        return 6;
    }

    @Override
    public int mostSamples() {
        return MOST_WORDS / 2 + 1;
    }

    @Override
    public long silentAfterNs() {
        return 1_000_000_000L;
    }

    @Override
    public void configure() throws BusException, PartException {
        Identity.check(registers, WHO_AM_I, IDENTITY);
        registers.write(CTRL3_C, (byte) SOFTWARE_RESET);
        int polls = 0;
        while ((registers.read(CTRL3_C) & SOFTWARE_RESET) != 0) {
            if (++polls == RESET_POLLS) {
                throw new PartException(Cause.PART, "its reset does not end");
            }
        }
        registers.write(CTRL3_C, wanted[CTRL3_C - FIFO_CTRL1]);
        for (int i = 0; i < wanted.length - 1; i++) {
            if (FIFO_CTRL1 + i != WHO_AM_I) {
                registers.write(FIFO_CTRL1 + i, wanted[i]);
            }
        }
        registers.read(FIFO_CTRL1, settings, settings.length);
        if (!Arrays.equals(settings, wanted)) {
            throw new PartException(Cause.PART, "it does not keep its settings");
        }
        clock.lost();
        pairs.forget();
        takenOfABrokenReading = 0;
    }

    @Override
    public long read(LongSupplier nanoTime, Samples into) throws BusException, PartException {
        registers.read(FIFO_CTRL1, settings, settings.length);
        Identity.check(settings[WHO_AM_I - FIFO_CTRL1] & 0xFF, IDENTITY);
        if (!Arrays.equals(settings, wanted)) {
            throw new PartException(Cause.RESET, "its settings are gone: it was without power for a moment");
        }
        long beforeNs = nanoTime.getAsLong();
        registers.read(FIFO_STATUS1, status, status.length);
        long afterNs = nanoTime.getAsLong();
        int count = (status[0] & 0xFF) | (status[1] & 0x03) << 8;
        if (count > MOST_WORDS) {
            throw new PartException(Cause.NONSENSE, "%d words in a FIFO of 512".formatted(count));
        }
        long missing = (takenOfABrokenReading + 1L) / 2;
        if ((status[1] & OVERRUN) != 0) {
            long sinceTheLast = Math.round((beforeNs - doneNs) / clock.periodNs());
            missing = Math.max(missing + 1, sinceTheLast - count / 2);
        }
        if (missing > 0) {
            clock.lost();
            pairs.forget();
            into.missing(missing);
        }
        pairs.begin();
        for (int left = count; left > 0; left -= WORDS_A_TRANSFER) {
            int now = Math.min(left, WORDS_A_TRANSFER);
            registers.read(FIFO_DATA_OUT_TAG, words, now * WORD);
            takenOfABrokenReading += now;
            for (int i = 0; i < now; i++) {
                pairs.word(words, i * WORD);
            }
        }
        Identity.check(registers, WHO_AM_I, IDENTITY);
        takenOfABrokenReading = 0;
        doneNs = beforeNs;
        clock.took(pairs.complete(), beforeNs, afterNs);
        pairs.into(clock, into);
        return watermarkSamples * periodNs;
    }
}
