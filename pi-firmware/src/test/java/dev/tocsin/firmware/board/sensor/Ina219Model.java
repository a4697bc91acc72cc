package dev.tocsin.firmware.board.sensor;

import java.util.function.LongSupplier;

/** An INA219 after its datasheet, with 0.1 ohm: measures again and again, and tells by a bit that there is something new. */
final class Ina219Model extends WordChip {

    private static final long CONVERSION_NS = 136_200_000;

    private final LongSupplier nanoTime;
    private int config;
    private int calibration;
    private long readNs;
    private double volts = 5.1;
    private double amperes = 0.42;

    Ina219Model(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        powerOn();
    }

    void put(double newVolts, double newAmperes) {
        volts = newVolts;
        amperes = newAmperes;
    }

    @Override
    void powerOn() {
        config = 0x399F;
        calibration = 0;
        readNs = nanoTime.getAsLong();
    }

    @Override
    int readWord(int register) {
        boolean isNew = nanoTime.getAsLong() - readNs >= CONVERSION_NS;
        return switch (register) {
            case 0 -> config;
            case 1 -> (int) Math.rint(amperes * 0.1 / 10e-6) & 0xFFFF;
            case 2 -> (int) Math.rint(volts / 4e-3) << 3 | (isNew ? 2 : 0);
            case 3 -> 0;
            case 5 -> calibration;
            default -> throw new AssertionError("no register " + register);
        };
    }

    @Override
    void readEnded(int firstRegister, int length) {
        super.readEnded(firstRegister, length);
        if (firstRegister == 3) {
            readNs = nanoTime.getAsLong();
        }
    }

    @Override
    void writeWord(int register, int word) {
        switch (register) {
            case 0 -> config = word & 0xBFFF;
            case 5 -> calibration = word & 0xFFFE;
            default -> throw new AssertionError("no register " + register + " to write");
        }
    }
}
