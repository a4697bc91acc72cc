package dev.tocsin.firmware.board;

import dev.tocsin.firmware.board.sensor.SampleSink;
import dev.tocsin.firmware.board.sensor.SensorSource;
import dev.tocsin.sdk.port.Timers;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A contact as a sensor of one channel, 0 or 1: a gate, a float switch, a beam's receiver. It is sampled at each edge, as it
 * bounces, and ten times a second, because edges can be lost; whoever decides has to wait until it holds.
 */
public final class ContactSource implements SensorSource {

    private static final long PERIOD_NS = 100_000_000L;

    private final Board board;
    private final String input;
    private final Timers timers;
    private final LongSupplier nanoTime;
    private final double[] value = new double[1];
    private @Nullable SampleSink sink;
    private long lastNs = Long.MIN_VALUE;
    private Timers.Cancellable timer = () -> {};

    /** The board must have the input. */
    public ContactSource(Board board, String input, Timers timers, LongSupplier nanoTime) {
        this.board = board;
        this.input = input;
        this.timers = timers;
        this.nanoTime = nanoTime;
    }

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public void start(SampleSink to) {
        sink = to;
        board.onEdge(input, this::sample);
        read();
    }

    @Override
    public void close() {
        timer.cancel();
        sink = null;
    }

    /** Looks at clock and line at once, but tells of it only behind the edges that wait by now, which are older. */
    private void read() {
        timer = timers.schedule(PERIOD_NS, this::read);
        long nowNs = nanoTime.getAsLong();
        boolean active = board.isActive(input);
        timers.schedule(0, () -> sample(nowNs, active));
    }

    /** An edge that was stamped and had not come to wait yet when the line was read counts from then on. */
    private void sample(long timeNs, boolean active) {
        if (sink != null) {
            lastNs = Math.max(timeNs, lastNs + 1);
            value[0] = active ? 1 : 0;
            sink.sample(lastNs, value);
        }
    }
}
