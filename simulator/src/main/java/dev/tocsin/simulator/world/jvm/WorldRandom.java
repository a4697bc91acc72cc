package dev.tocsin.simulator.world.jvm;

import dev.tocsin.simulator.world.World;
import java.util.Random;

/** Stands in for {@code java.util.Random} where a library keeps one a thread. */
public final class WorldRandom extends Random {

    private static final long serialVersionUID = 1;

    /** As {@link Random#Random(long)}, for threads without a world. */
    public WorldRandom(long seed) {
        super(seed);
    }

    @Override
    protected int next(int bits) {
        World world = World.current();
        return world == null ? super.next(bits) : (int) (world.jvmEntropy().nextLong() >>> (Long.SIZE - bits));
    }
}
