package dev.tocsin.firmware.board;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Plays recordings through a {@link Debouncer}, to see what it makes of them. A recording that starts closed is a release,
 * so the debouncer is brought to "pressed" before. At the end the level stays, for {@link #TAIL}.
 */
public final class BounceReplay {

    /** How long the last level is held: longer than any decision takes. */
    static final Duration TAIL = Duration.ofSeconds(2);

    private static final long LEAD_NS = Duration.ofSeconds(1).toNanos();

    private BounceReplay() {}

    /** All that was decided, in order. Times are nanoseconds since the recording's first edge. */
    public static List<Decision> play(BounceTrace trace, Debouncer.Settings settings) {
        List<Decision> decisions = new ArrayList<>();
        Debouncer debouncer = new Debouncer(settings, new Debouncer.Sink() {
            @Override
            public void pressed(long edgeNs, long decidedNs) {
                decisions.add(new Decision(true, edgeNs, decidedNs));
            }

            @Override
            public void released(long edgeNs, long decidedNs) {
                decisions.add(new Decision(false, edgeNs, decidedNs));
            }
        });
        if (trace.startsClosed()) {
            debouncer.edge(-LEAD_NS, true);
            debouncer.step(-1);
            decisions.clear();
        }
        for (BounceTrace.Event event : trace.events()) {
            debouncer.edge(event.atNs(), event.closed());
        }
        debouncer.step(trace.lengthNs() + TAIL.toNanos());
        return List.copyOf(decisions);
    }

    /**
     * What was decided.
     *
     * @param pressed a press, or else a release
     * @param edgeNs first edge of the burst that led to it
     * @param decidedNs when it was certain
     */
    public record Decision(boolean pressed, long edgeNs, long decidedNs) {}
}
