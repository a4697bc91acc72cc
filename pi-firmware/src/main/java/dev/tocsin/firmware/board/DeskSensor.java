package dev.tocsin.firmware.board;

import dev.tocsin.firmware.board.sensor.SampleSink;
import dev.tocsin.firmware.board.sensor.SensorSource;
import dev.tocsin.sdk.port.Timers;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A sensor where there is none: a program, a person at the terminal or a recording says what it measures. What was said last it
 * measures again ten times a second, as a real one would.
 */
public final class DeskSensor implements SensorSource {

    private static final long PERIOD_NS = 100_000_000L;

    private final int channels;
    private final Executor loop;
    private final Timers timers;
    private final LongSupplier nanoTime;
    private @Nullable SampleSink sink; // the loop's, and so are the next
    private double @Nullable [] value;
    private Timers.Cancellable timer = () -> {};

    /** It measures nothing until it is told to. */
    public DeskSensor(int channels, Executor loop, Timers timers, LongSupplier nanoTime) {
        this.channels = channels;
        this.loop = loop;
        this.timers = timers;
        this.nanoTime = nanoTime;
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public void start(SampleSink to) {
        sink = to;
        measure();
    }

    @Override
    public void close() {
        timer.cancel();
        sink = null;
    }

    /**
     * It measures this from now on. Any thread.
     *
     * @throws IllegalArgumentException unless there is a value a channel
     */
    public void set(double... values) {
        if (values.length != channels) {
            throw new IllegalArgumentException(channels + " values, not " + values.length);
        }
        double[] copy = values.clone();
        loop.execute(() -> {
            value = copy;
            timer.cancel();
            measure();
        });
    }

    /** It measures nothing any more. Any thread. */
    public void fallSilent() {
        loop.execute(() -> {
            value = null;
            timer.cancel();
        });
    }

    /** Something is wrong with it. Any thread. */
    public void trouble(String cause, String text) {
        loop.execute(() -> {
            if (sink != null) {
                sink.trouble(cause, text);
            }
        });
    }

    /** It is right again. Any thread. */
    public void well(String cause) {
        loop.execute(() -> {
            if (sink != null) {
                sink.well(cause);
            }
        });
    }

    /** Plays a recording, once, from now on, in its own time. Any thread. */
    public void play(SampleRecording recording) {
        loop.execute(() -> play(recording, 0, nanoTime.getAsLong()));
    }

    private void play(SampleRecording recording, int next, long beganNs) {
        timer.cancel();
        if (sink == null || next == recording.samples()) {
            return;
        }
        long dueNs = beganNs + recording.timeNs(next);
        timer = timers.schedule(dueNs - nanoTime.getAsLong(), () -> {
            if (sink != null) {
                sink.sample(dueNs, recording.values(next));
            }
            play(recording, next + 1, beganNs);
        });
    }

    private void measure() {
        if (sink != null && value != null) {
            sink.sample(nanoTime.getAsLong(), value);
            timer = timers.schedule(PERIOD_NS, this::measure);
        }
    }
}
