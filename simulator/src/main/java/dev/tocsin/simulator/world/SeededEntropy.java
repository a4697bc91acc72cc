package dev.tocsin.simulator.world;

import dev.tocsin.sdk.port.Entropy;

/**
 * A stream of numbers that look random and come again with the same {@link Seed}: SplitMix64 (Steele, Lea, Flood: Fast
 * Splittable Pseudorandom Number Generators, OOPSLA 2014). Worthless as a secret. One thread.
 */
public final class SeededEntropy implements Entropy {

    private long state;

    SeededEntropy(long seed) {
        state = seed;
    }

    @Override
    public long nextLong() {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A number from 0 (included) to the bound (excluded), evenly but for a bias of bound / 2^53. */
    public long below(long bound) {
        return (long) (nextUnit() * bound);
    }

    /** True that often, from 0 (never, and nothing is drawn) to 1 (always). */
    public boolean chance(double probability) {
        return probability > 0 && nextUnit() < probability;
    }

    /** Fills the array. */
    public void fill(byte[] bytes) {
        long word = 0;
        for (int i = 0; i < bytes.length; i++) {
            word = i % Long.BYTES == 0 ? nextLong() : word >>> Byte.SIZE;
            bytes[i] = (byte) word;
        }
    }
}
