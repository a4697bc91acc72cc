package dev.tocsin.simulator.storage;

import dev.tocsin.sdk.port.Entropy;

/** Draws from entropy. */
record Dice(Entropy entropy) {

    /** From 0 (included) to the bound (excluded). */
    int below(int bound) {
        return (int) (entropy.nextUnit() * bound);
    }

    boolean chance(double probability) {
        return entropy.nextUnit() < probability;
    }

    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) entropy.nextLong();
        }
        return bytes;
    }
}
