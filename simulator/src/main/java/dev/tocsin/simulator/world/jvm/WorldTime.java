package dev.tocsin.simulator.world.jvm;

import dev.tocsin.simulator.world.World;

/** Stands in for {@code java.lang.System} in classes that ask it for the time and nothing else. */
public final class WorldTime {

    private WorldTime() {}

    /** As {@link System#currentTimeMillis}. */
    public static long currentTimeMillis() {
        World world = World.current();
        return world == null ? System.currentTimeMillis() : world.now().toEpochMilli();
    }
}
