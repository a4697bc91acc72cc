package dev.tocsin.firmware.board.sensor;

import java.util.function.LongSupplier;

/** An ADS1115 after its datasheet: a single-shot conversion takes its time, then the result stands there. */
final class Ads1115Model extends WordChip {

    private static final double[] FULL_SCALE_V = {6.144, 4.096, 2.048, 1.024, 0.512, 0.256, 0.256, 0.256};
    private static final int[] RATES_HZ = {8, 16, 32, 64, 128, 250, 475, 860};

    private final LongSupplier nanoTime;
    private final double slowness;
    private final double[] inputsV = {0.5, 1.0, 2.5, 3.3};
    private int conversion;
    private int config;
    private int low;
    private int high;
    private long doneNs;

    Ads1115Model(LongSupplier nanoTime, double slowness) {
        this.nanoTime = nanoTime;
        this.slowness = slowness;
        powerOn();
    }

    void put(int input, double volts) {
        inputsV[input] = volts;
    }

    @Override
    void powerOn() {
        conversion = 0;
        config = 0x8583;
        low = 0x8000;
        high = 0x7FFF;
        doneNs = Long.MAX_VALUE;
    }

    @Override
    int readWord(int register) {
        if (nanoTime.getAsLong() >= doneNs) {
            doneNs = Long.MAX_VALUE;
            config |= 0x8000;
            double steps = Math.rint(inputsV[(config >> 12) & 3] / FULL_SCALE_V[(config >> 9) & 7] * 32768);
            conversion = (int) Math.max(-32768, Math.min(32767, steps)) & 0xFFFF;
        }
        return switch (register) {
            case 0 -> conversion;
            case 1 -> config;
            case 2 -> low;
            case 3 -> high;
            default -> throw new AssertionError("no register " + register);
        };
    }

    @Override
    void writeWord(int register, int word) {
        switch (register) {
            case 1 -> {
                config = word & 0x7FFF;
                if ((word & 0x8000) != 0) {
                    doneNs = nanoTime.getAsLong() + (long) (1e9 / RATES_HZ[(word >> 5) & 7] * slowness);
                } else {
                    config |= 0x8000;
                }
            }
            case 2 -> low = word;
            case 3 -> high = word;
            default -> throw new AssertionError("no register " + register + " to write");
        }
    }
}
