package dev.tocsin.simulator.world.jvm;

import dev.tocsin.simulator.world.World;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.List;
import java.util.Map;

/** A {@code SecureRandom} that is not secure at all within a world, and the platform's own outside. */
final class WorldProvider extends Provider {

    private static final long serialVersionUID = 1;
    private static final String ALGORITHM = "TocsinWorld";

    WorldProvider() {
        super("TocsinWorld", "1", "the seeded randomness of a simulated world");
        putService(new RandomService(this));
    }

    private static final class RandomService extends Service {

        RandomService(Provider provider) {
            super(provider, "SecureRandom", ALGORITHM, Source.class.getName(), List.of(), Map.of("ThreadSafe", "true"));
        }

        @Override
        public Object newInstance(Object parameter) {
            return new Source();
        }
    }

    /** The platform's own, found once: the provider that comes right after this one. */
    private static final class Platform {
        private static final SecureRandom RANDOM;

        static {
            try {
                RANDOM = SecureRandom.getInstance("NativePRNGNonBlocking");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("virtual time runs where there is a /dev/urandom", e);
            }
        }

        private Platform() {}
    }

    private static final class Source extends SecureRandomSpi {

        private static final long serialVersionUID = 1;

        @Override
        protected void engineSetSeed(byte[] seed) {
            // the world's seed is all there is, and the platform's needs none
        }

        @Override
        protected void engineNextBytes(byte[] bytes) {
            World world = World.current();
            if (world == null) {
                Platform.RANDOM.nextBytes(bytes);
            } else {
                world.jvmEntropy().fill(bytes);
            }
        }

        @Override
        protected byte[] engineGenerateSeed(int count) {
            byte[] seed = new byte[count];
            engineNextBytes(seed);
            return seed;
        }
    }
}
