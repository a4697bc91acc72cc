package dev.tocsin.sdk.port;

/** Randomness. Seeded in the simulator, the platform's secure source on a device. */
public interface Entropy {

    /** 64 random bits. */
    long nextLong();

    /** A number from 0 (included) to 1 (excluded), evenly. */
    default double nextUnit() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }
}
