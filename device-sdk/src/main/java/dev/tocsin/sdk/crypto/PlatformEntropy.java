package dev.tocsin.sdk.crypto;

import dev.tocsin.sdk.port.Entropy;
import java.security.SecureRandom;

/** The platform's secure random source. Any thread. */
public final class PlatformEntropy implements Entropy {

    private final SecureRandom random = new SecureRandom();

    @Override
    public long nextLong() {
        return random.nextLong();
    }
}
