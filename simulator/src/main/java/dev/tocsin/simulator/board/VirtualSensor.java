package dev.tocsin.simulator.board;

import dev.tocsin.firmware.board.sensor.SampleSink;
import dev.tocsin.firmware.board.sensor.SensorSource;
import dev.tocsin.sdk.port.Entropy;
import dev.tocsin.sdk.port.Timers;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A sensor on a device, which stays when the power goes; each boot opens it anew. It reads what is around it at rest, with its
 * own noise, unless something is played to it. While something is, or is to be soon, and while it is not well, it samples at
 * its rate; otherwise at an idle rate, as parts with an activity interrupt do: a fleet at rest costs little.
 *
 * <pre>{@code
 * VirtualSensor wrist = new VirtualSensor(part, world::nanoTime, entropy);
 * SensorSource source = wrist.open(loop, clock::nanoTime);    // one boot
 * wrist.expect(Duration.ofSeconds(40));                       // something comes: fill the windows
 * wrist.play(fall, Duration.ofSeconds(30));                   // now
 * }</pre>
 *
 * <p>Belongs to the world's thread.
 */
public final class VirtualSensor {

    /**
     * What a sensor is like.
     *
     * @param channels what it reads
     * @param period between two samples while something moves
     * @param idlePeriod between two samples otherwise
     * @param stays whether what it read last goes on being so when nothing is played any more: water stays where it is
     * @param rail what every channel reads at the end of its range
     */
    public record Part(List<Channel> channels, Duration period, Duration idlePeriod, boolean stays, double rail) {
        public Part {
            channels = List.copyOf(channels);
        }
    }

    /**
     * One of its channels.
     *
     * @param rest what it reads while nothing moves
     * @param sigma its noise, a standard deviation, in its unit or as a share of what is read
     * @param isShare whether sigma is a share
     */
    public record Channel(double rest, double sigma, boolean isShare) {}

    private final Part part;
    private final LongSupplier worldNs;
    private final Entropy noise;
    private final long beganNs;
    private final double[] rest;
    private final SampleSource healthy = new Around();
    private SampleSource shown = healthy;
    private @Nullable SampleSource played;
    private long playedFromNs;
    private long playedToNs;
    private long busyUntilNs;

    /**
     * At rest.
     *
     * @param worldNs the world's time
     * @param noise for its noise, and for nothing else
     */
    public VirtualSensor(Part part, LongSupplier worldNs, Entropy noise) {
        this.part = part;
        this.worldNs = worldNs;
        this.noise = noise;
        this.beganNs = worldNs.getAsLong();
        this.rest = part.channels().stream().mapToDouble(Channel::rest).toArray();
    }

    /** It samples at its rate for so long from now on. */
    public void expect(Duration time) {
        busyUntilNs = Math.max(busyUntilNs, now() + time.toNanos());
    }

    /** It reads this from now on, in the source's own time, for so long. What was played before is over. */
    public void play(SampleSource source, Duration length) {
        if (source.channels() != rest.length) {
            throw new IllegalArgumentException(rest.length + " channels, not " + source.channels());
        }
        played = source;
        playedFromNs = now();
        playedToNs = playedFromNs + length.toNanos();
        expect(length);
    }

    /** It reads the end of its range for a while. */
    public void stick(Duration length) {
        ill(shown.stuck(part.rail(), Duration.ofNanos(now()), length), length);
    }

    /** It repeats what it read last for a while. */
    public void freeze(Duration length) {
        ill(shown.frozen(Duration.ofNanos(now()), length), length);
    }

    /** Nothing comes of it for a while. */
    public void breakWire(Duration length) {
        ill(shown.broken(Duration.ofNanos(now()), length), length);
    }

    /** It reads no more than this, either way, for a while. */
    public void saturate(double at, Duration length) {
        SampleSource before = shown;
        SampleSource clipped = before.saturated(-at, at);
        Span when = new Span(Duration.ofNanos(now()), length);
        ill(
                new SampleSource() {
                    @Override
                    public int channels() {
                        return before.channels();
                    }

                    @Override
                    public boolean sample(long timeNs, double[] values) {
                        return (when.contains(timeNs) ? clipped : before).sample(timeNs, values);
                    }
                },
                length);
    }

    private void ill(SampleSource source, Duration length) {
        shown = source;
        expect(length);
    }

    /**
     * The power comes: the part as its driver gives it to the firmware.
     *
     * @param timers the device's
     * @param nanoTime the device's clock, which stamps samples
     */
    public SensorSource open(Timers timers, LongSupplier nanoTime) {
        return new Powered(timers, nanoTime);
    }

    private long now() {
        return worldNs.getAsLong() - beganNs;
    }

    /** What is around it, with its noise. */
    private final class Around implements SampleSource {
        @Override
        public int channels() {
            return rest.length;
        }

        @Override
        public boolean sample(long timeNs, double[] values) {
            SampleSource source = played;
            boolean isThere = true;
            if (source != null && timeNs >= playedFromNs && timeNs < playedToNs) {
                isThere = source.sample(timeNs - playedFromNs, values);
                if (isThere && part.stays()) {
                    System.arraycopy(values, 0, rest, 0, rest.length);
                }
            } else {
                System.arraycopy(rest, 0, values, 0, rest.length);
            }
            for (int i = 0; isThere && i < values.length; i++) {
                Channel channel = part.channels().get(i);
                double sigma = channel.sigma() * (channel.isShare() ? values[i] : 1);
                values[i] += sigma * SensorFaults.normal(noise);
            }
            return isThere;
        }
    }

    private final class Powered implements SensorSource {
        private final Timers timers;
        private final LongSupplier nanoTime;
        private final double[] values = new double[rest.length];
        private @Nullable SampleSink sink;
        private Timers.Cancellable timer = () -> {};

        Powered(Timers timers, LongSupplier nanoTime) {
            this.timers = timers;
            this.nanoTime = nanoTime;
        }

        @Override
        public int channels() {
            return rest.length;
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

        private void measure() {
            SampleSink to = sink;
            if (to == null) {
                return;
            }
            long nowNs = now();
            Duration period = nowNs < busyUntilNs ? part.period() : part.idlePeriod();
            timer = timers.schedule(period.toNanos(), this::measure);
            if (shown.sample(nowNs, values)) {
                to.sample(nanoTime.getAsLong(), values);
            }
        }
    }
}
