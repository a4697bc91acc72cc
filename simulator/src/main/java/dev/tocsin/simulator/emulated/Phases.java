package dev.tocsin.simulator.emulated;

import dev.tocsin.sdk.port.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Tells how far a walk is, and how long each part of it took. Used by one thread. */
public final class Phases {

    private static final double NS_PER_S = 1e9;

    /**
     * A part that is over.
     *
     * @param seconds from its beginning to the next one's
     */
    public record Phase(String name, double seconds) {}

    private final Clock clock;
    private final Consumer<String> told;
    private final long beganNs;
    private final List<Phase> over = new ArrayList<>();
    private String name = "";
    private long sinceNs;

    /**
     * None has begun.
     *
     * @param told a sentence each
     */
    Phases(Clock clock, Consumer<String> told) {
        this.clock = clock;
        this.told = told;
        beganNs = clock.nanoTime();
        sinceNs = beganNs;
    }

    /** The part before is over, this one begins. */
    void begin(String phase) {
        end();
        name = phase;
        say(phase);
    }

    /** Something within a part, with the seconds since the walk began before it. */
    void say(String sentence) {
        told.accept(String.format(Locale.ROOT, "%5.0f s  %s", (clock.nanoTime() - beganNs) / NS_PER_S, sentence));
    }

    /** The last part is over. */
    void end() {
        long nowNs = clock.nanoTime();
        if (!name.isEmpty()) {
            over.add(new Phase(name, (nowNs - sinceNs) / NS_PER_S));
        }
        name = "";
        sinceNs = nowNs;
    }

    /** Those that are over, in their order. */
    List<Phase> over() {
        return List.copyOf(over);
    }
}
