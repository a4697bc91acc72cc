package dev.tocsin.sdk.detect;

import java.util.List;

/**
 * Lets a detector see some channels of a sensor in the order and the unit that it wants: a level in metres of a probe that
 * gives volts, acceleration of a part that turns as well. Nothing is judged here; what is not a number stays so.
 */
public final class ChannelMap implements Detector {

    private final int[] from;
    private final double[] scale;
    private final double[] offset;
    private final double[] mapped;
    private final int channels;
    private final Detector next;

    /**
     * What the detector sees as one of its channels: {@code value * scale + offset}.
     *
     * @param channel of the sensor, from 0
     * @param scale finite, not 0
     * @param offset finite, in the detector's unit
     */
    public record Input(int channel, double scale, double offset) {

        /** Throws {@link IllegalArgumentException} where nothing could be seen through it. */
        public Input {
            if (channel < 0 || scale == 0 || !Double.isFinite(scale) || !Double.isFinite(offset)) {
                throw new IllegalArgumentException(
                        "channel 0 or more, a scale that is not 0: " + channel + ", " + scale + ", " + offset);
            }
        }

        /** A channel as it is. */
        public Input(int channel) {
            this(channel, 1, 0);
        }
    }

    /** Throws {@link IllegalArgumentException} unless there is an input for each of the detector's channels. */
    public ChannelMap(List<Input> inputs, Detector next) {
        if (inputs.size() != next.channels()) {
            throw new IllegalArgumentException(next.channels() + " inputs, not " + inputs.size());
        }
        this.next = next;
        from = inputs.stream().mapToInt(Input::channel).toArray();
        scale = inputs.stream().mapToDouble(Input::scale).toArray();
        offset = inputs.stream().mapToDouble(Input::offset).toArray();
        mapped = new double[from.length];
        channels = inputs.stream().mapToInt(Input::channel).max().orElse(0) + 1;
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public void sample(long timeNs, double[] values) {
        for (int i = 0; i < from.length; i++) {
            mapped[i] = values[from[i]] * scale[i] + offset[i];
        }
        next.sample(timeNs, mapped);
    }

    @Override
    public void step(long nowNs) {
        next.step(nowNs);
    }
}
