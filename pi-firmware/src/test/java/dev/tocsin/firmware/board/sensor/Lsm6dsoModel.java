package dev.tocsin.firmware.board.sensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * An LSM6DSO after its datasheet: registers, software reset, a FIFO of tagged words in continuous mode with the counter of
 * time slots and the parity. It lies flat and turns about z; the acceleration's x counts its samples.
 */
class Lsm6dsoModel extends Chip {

    private static final int MOST_WORDS = 512;
    private static final double[] RATES_HZ = {0, 12.5, 26, 52, 104, 208, 416, 833};
    private static final int[] STEPS_PER_G = {16393, 2049, 8197, 4098}; // by the range's code: 2, 16, 4, 8 g

    private final int[] registers = new int[0x80];
    private final Deque<byte[]> fifo = new ArrayDeque<>();
    private final List<Long> takenNs = new ArrayList<>();
    private final LongSupplier nanoTime;
    private final double slowness;
    private double nextNs;
    private boolean isOverrun;
    private boolean hasOddParity;

    Lsm6dsoModel(LongSupplier nanoTime, double slowness) {
        this.nanoTime = nanoTime;
        this.slowness = slowness;
        powerOn();
    }

    long takenNs(double xG) {
        return takenNs.get((int) Math.round(xG / 0.488e-3));
    }

    int taken() {
        return takenNs.size();
    }

    /** The next words' tags are wrong by a bit. */
    void spoilParity() {
        hasOddParity = true;
    }

    /** The oldest word is lost, as a broken transfer loses it. */
    void loseWord() {
        fifo.pollFirst();
    }

    @Override
    void powerOn() {
        Arrays.fill(registers, 0);
        registers[0x0F] = 0x6C;
        registers[0x12] = 0x04;
        fifo.clear();
        isOverrun = false;
        hasOddParity = false;
    }

    @Override
    int after(int register) {
        return register == 0x7E ? 0x78 : register + 1;
    }

    @Override
    int read(int register) {
        run();
        if (register == 0x3A) {
            return fifo.size() & 0xFF;
        }
        if (register == 0x3B) {
            int status = fifo.size() >> 8 | (isOverrun ? 0x48 : 0);
            isOverrun = false;
            return status;
        }
        if (register >= 0x78 && register <= 0x7E) {
            byte[] word = fifo.peekFirst();
            if (word == null) {
                return 0;
            }
            if (register == 0x7E) {
                fifo.pollFirst();
            }
            return word[register - 0x78] & 0xFF;
        }
        return registers[register];
    }

    @Override
    void write(int register, int value) {
        run();
        if (register == 0x12 && (value & 1) != 0) {
            powerOn();
            return;
        }
        if (register == 0x10 || register == 0x11) {
            nextNs = nanoTime.getAsLong() + 1e9 / rateHz(value) * slowness;
        }
        registers[register] = value;
    }

    private void run() {
        double rateHz = rateHz(registers[0x10]);
        while (rateHz > 0 && (registers[0x0A] & 7) == 6 && registers[0x11] != 0 && nextNs <= nanoTime.getAsLong()) {
            int count = takenNs.size();
            takenNs.add(Math.round(nextNs));
            nextNs += 1e9 / rateHz * slowness;
            push(1, count, count, 0, (int) Math.round(Math.toDegrees(1) / 0.070)); // turning: 1 rad/s about z
            push(2, count, count, 0, STEPS_PER_G[registers[0x10] >> 2 & 3]);
        }
    }

    private void push(int sensor, int slot, int x, int y, int z) {
        int tag = sensor << 3 | (slot & 3) << 1;
        tag |= Integer.bitCount(tag) & 1;
        if (hasOddParity) {
            tag ^= 1;
        }
        fifo.addLast(
                new byte[] {(byte) tag, (byte) x, (byte) (x >> 8), (byte) y, (byte) (y >> 8), (byte) z, (byte) (z >> 8)
                });
        if (fifo.size() > MOST_WORDS) {
            fifo.pollFirst();
            isOverrun = true;
        }
    }

    private static double rateHz(int ctrl) {
        return RATES_HZ[Math.min(ctrl >> 4, RATES_HZ.length - 1)];
    }
}
