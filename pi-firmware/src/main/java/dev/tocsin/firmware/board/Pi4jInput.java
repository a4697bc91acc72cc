package dev.tocsin.firmware.board;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInput;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** One input line: stamps its edges on whatever thread they come and hands them to the event loop. */
final class Pi4jInput {

    private final DigitalInput line;
    private final Pin pin;
    private final LongSupplier nanoTime;
    private final Executor loop;
    private final Consumer<String> trouble;
    private final List<Board.EdgeListener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean lastActive;
    private volatile boolean closed;

    private Pi4jInput(DigitalInput line, Pin pin, LongSupplier nanoTime, Executor loop, Consumer<String> trouble) {
        this.line = line;
        this.pin = pin;
        this.nanoTime = nanoTime;
        this.loop = loop;
        this.trouble = trouble;
    }

    static Pi4jInput open(Context context, Pin pin, LongSupplier nanoTime, Executor loop, Consumer<String> trouble) {
        DigitalInput line = context.create(DigitalInput.newConfigBuilder(context)
                .id(pin.name())
                .address(pin.bcm())
                .pull(
                        switch (pin.pull()) {
                            case UP -> PullResistance.PULL_UP;
                            case DOWN -> PullResistance.PULL_DOWN;
                            case NONE -> PullResistance.OFF;
                        })
                // Pi4J's own default swallows every edge that another one follows within 10 ms.
                .debounce(0L));
        return new Pi4jInput(line, pin, nanoTime, loop, trouble);
    }

    /** Hands on edges from now. */
    void listen() {
        line.addListener(event -> edge(event.state()));
    }

    void add(Board.EdgeListener listener) {
        listeners.add(listener);
    }

    /** The line's native handle is gone after this: it must not be touched any more. */
    void close() {
        closed = true;
    }

    boolean isActive() {
        if (closed) {
            return lastActive;
        }
        try {
            synchronized (line) {
                lastActive = isActive(line.state());
            }
        } catch (RuntimeException e) {
            trouble.accept("input %s (BCM %d) cannot be read: %s".formatted(pin.name(), pin.bcm(), e.getMessage()));
        }
        return lastActive;
    }

    /** Only on a desk. */
    void mock(boolean active) {
        synchronized (line) {
            ((MockDigitalInput) line).mockState(active == pin.activeLow() ? DigitalState.LOW : DigitalState.HIGH);
        }
    }

    private void edge(DigitalState state) {
        long timeNs = nanoTime.getAsLong();
        boolean active = isActive(state);
        if (waiting.incrementAndGet() > Board.MAX_WAITING_EDGES) {
            waiting.decrementAndGet();
            return;
        }
        loop.execute(() -> {
            waiting.decrementAndGet();
            listeners.forEach(listener -> listener.edge(timeNs, active));
        });
    }

    private boolean isActive(DigitalState state) {
        return state == (pin.activeLow() ? DigitalState.LOW : DigitalState.HIGH);
    }
}
