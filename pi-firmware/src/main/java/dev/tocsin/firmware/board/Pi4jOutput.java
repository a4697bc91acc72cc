package dev.tocsin.firmware.board;

import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import java.util.function.Consumer;

/** One output line. */
final class Pi4jOutput implements Output {

    private final DigitalOutput line;
    private final Pin pin;
    private final Consumer<String> trouble;
    private volatile boolean closed;

    private Pi4jOutput(DigitalOutput line, Pin pin, Consumer<String> trouble) {
        this.line = line;
        this.pin = pin;
        this.trouble = trouble;
    }

    static Pi4jOutput open(Context context, Pin pin, Consumer<String> trouble) {
        DigitalOutput line = context.create(DigitalOutput.newConfigBuilder(context)
                .id(pin.name())
                .address(pin.bcm())
                .initial(level(pin, pin.initiallyOn()))
                .shutdown(level(pin, false)));
        return new Pi4jOutput(line, pin, trouble);
    }

    /** The line's native handle is gone after this: it must not be touched any more. */
    void close() {
        closed = true;
    }

    @Override
    public void set(boolean on) {
        if (closed) {
            return;
        }
        try {
            synchronized (line) {
                line.state(level(pin, on));
            }
        } catch (RuntimeException e) {
            trouble.accept(
                    "output %s (BCM %d) cannot be switched: %s".formatted(pin.name(), pin.bcm(), e.getMessage()));
        }
    }

    boolean isOn() {
        synchronized (line) {
            return line.state() == level(pin, true);
        }
    }

    private static DigitalState level(Pin pin, boolean on) {
        return on == pin.activeLow() ? DigitalState.LOW : DigitalState.HIGH;
    }
}
