package dev.tocsin.firmware.board.sensor;

import java.util.Arrays;
import java.util.function.LongSupplier;

/** A TF-Luna after its manual: measures at its frame rate, with a tick in milliseconds. */
final class TfLunaModel extends Chip {

    private final int[] registers = new int[0x40];
    private final LongSupplier nanoTime;
    private long bootNs;
    private int distanceCm = 250;
    private int strength = 1200;
    private int error;
    private boolean isFrozen;

    TfLunaModel(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        powerOn();
    }

    void see(int newDistanceCm, int newStrength, int newError) {
        distanceCm = newDistanceCm;
        strength = newStrength;
        error = newError;
    }

    /** It measures nothing more, but answers. */
    void freeze() {
        isFrozen = true;
    }

    @Override
    void powerOn() {
        Arrays.fill(registers, 0);
        registers[0x25] = 1;
        registers[0x26] = 100;
        registers[0x3C] = 'L';
        registers[0x3D] = 'U';
        registers[0x3E] = 'N';
        registers[0x3F] = 'A';
        bootNs = nanoTime.getAsLong();
        isFrozen = false;
    }

    @Override
    int read(int register) {
        if (!isFrozen) {
            measure();
        }
        return registers[register];
    }

    @Override
    void write(int register, int value) {
        registers[register] = value;
    }

    private void measure() {
        long periodMs = 1000 / (registers[0x26] | registers[0x27] << 8);
        long tick = (nanoTime.getAsLong() - bootNs) / 1_000_000 / periodMs * periodMs;
        put(0x00, distanceCm);
        put(0x02, strength);
        put(0x06, (int) tick);
        put(0x08, error);
    }

    private void put(int register, int word) {
        registers[register] = word & 0xFF;
        registers[register + 1] = word >> 8 & 0xFF;
    }
}
