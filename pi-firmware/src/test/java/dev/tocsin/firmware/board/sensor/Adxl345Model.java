package dev.tocsin.firmware.board.sensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * An ADXL345 after its datasheet: registers, output rate, FIFO in bypass and stream mode, interrupt sources. It lies flat, so
 * that z is 1 g; x counts its samples, so that each is known by its value.
 */
final class Adxl345Model extends Chip {

    private static final int FIFO = 33; // 32 and the output registers

    private final int[] registers = new int[0x3A];
    private final Deque<Integer> fifo = new ArrayDeque<>();
    private final List<Long> takenNs = new ArrayList<>();
    private final LongSupplier nanoTime;
    private final double slowness;
    private double nextNs;
    private boolean isOverrun;

    /** Its period is so many times what the datasheet says. */
    Adxl345Model(LongSupplier nanoTime, double slowness) {
        this.nanoTime = nanoTime;
        this.slowness = slowness;
        powerOn();
    }

    /** When a sample was taken, by its x. */
    long takenNs(double xG) {
        return takenNs.get((int) Math.round(xG * 256));
    }

    int taken() {
        return takenNs.size();
    }

    @Override
    void powerOn() {
        java.util.Arrays.fill(registers, 0);
        registers[0x00] = 0xE5;
        registers[0x2C] = 0x0A;
        fifo.clear();
        isOverrun = false;
    }

    @Override
    int read(int register) {
        run();
        return switch (register) {
            case 0x30 ->
                (fifo.isEmpty() ? 0 : 0x80)
                        | (fifo.size() >= (registers[0x38] & 0x1F) ? 0x02 : 0)
                        | (isOverrun ? 0x01 : 0);
            case 0x32 -> oldest() & 0xFF;
            case 0x33 -> oldest() >> 8 & 0xFF;
            case 0x34, 0x35, 0x36 -> 0;
            case 0x37 -> 1; // 256 steps
            case 0x39 -> isStream() ? fifo.size() : 0;
            default -> registers[register];
        };
    }

    @Override
    void readEnded(int firstRegister, int length) {
        if (firstRegister <= 0x37 && firstRegister + length > 0x32) {
            fifo.pollFirst();
            isOverrun = false;
        }
    }

    @Override
    void write(int register, int value) {
        run();
        boolean began = register == 0x2D && (value & 0x08) != 0 && !isMeasuring();
        registers[register] = value;
        if (began) {
            nextNs = nanoTime.getAsLong() + periodNs();
        }
        if (register == 0x38 && !isStream()) {
            fifo.clear();
        }
    }

    private void run() {
        while (isMeasuring() && nextNs <= nanoTime.getAsLong()) {
            fifo.addLast(takenNs.size());
            takenNs.add(Math.round(nextNs));
            nextNs += periodNs();
            if (fifo.size() > (isStream() ? FIFO : 1)) {
                fifo.pollFirst();
                isOverrun = true;
            }
        }
    }

    private int oldest() {
        Integer first = fifo.peekFirst();
        return first == null ? 0 : first;
    }

    private boolean isMeasuring() {
        return (registers[0x2D] & 0x08) != 0;
    }

    private boolean isStream() {
        return (registers[0x38] & 0xC0) == 0x80;
    }

    private double periodNs() {
        double rateHz = 3200 / Math.pow(2, 0x0F - (registers[0x2C] & 0x0F));
        return 1e9 / rateHz * slowness;
    }
}
