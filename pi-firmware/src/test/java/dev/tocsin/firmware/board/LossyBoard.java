package dev.tocsin.firmware.board;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A board with one input that can lose its edges, and outputs that remember. */
final class LossyBoard implements Board {

    private final HandTimers loop;
    private final BoardProfile profile = TestProfiles.wallButton();
    private final List<EdgeListener> listeners = new ArrayList<>();
    private boolean active;

    /** Whether edges are lost. */
    boolean deaf;

    /** How long an edge takes to the loop after it was stamped. */
    Duration lag = Duration.ZERO;

    Duration recheck = Duration.ZERO;

    /** What is on. */
    final Map<String, Boolean> on = new HashMap<>();

    LossyBoard(HandTimers loop) {
        this.loop = loop;
    }

    void level(boolean nowActive) {
        active = nowActive;
        long timeNs = loop.getAsLong();
        if (!deaf) {
            loop.schedule(lag.toNanos(), () -> listeners.forEach(listener -> listener.edge(timeNs, nowActive)));
        }
    }

    @Override
    public BoardProfile profile() {
        return profile;
    }

    @Override
    public void onEdge(String input, EdgeListener listener) {
        listeners.add(listener);
    }

    @Override
    public boolean isActive(String input) {
        return active;
    }

    @Override
    public Output output(String name) {
        return isOn -> on.put(name, isOn);
    }

    @Override
    public Duration recheck() {
        return recheck;
    }

    @Override
    public void onTrouble(Consumer<String> listener) {}

    @Override
    public void close() {}
}
