package dev.tocsin.sdk.testkit;

import dev.tocsin.sdk.port.Entropy;
import java.util.List;

/** Numbers that look random and come again with the same seed: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014). */
public final class SeededEntropy implements Entropy {

    private long state;

    public SeededEntropy(long seed) {
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

    /** A number from 0 (included) to the bound (excluded). */
    public int nextInt(int bound) {
        return (int) Long.remainderUnsigned(nextLong(), bound);
    }

    /** True that often, from 0 (never) to 1 (always). */
    public boolean chance(double probability) {
        return nextUnit() < probability;
    }

    /** One of these, evenly. */
    public <T> T pick(List<T> choices) {
        return choices.get(nextInt(choices.size()));
    }

    /** So many bytes. */
    public byte[] nextBytes(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) nextLong();
        }
        return bytes;
    }
}
