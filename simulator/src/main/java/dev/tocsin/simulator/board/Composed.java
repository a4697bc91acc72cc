package dev.tocsin.simulator.board;

import java.time.Duration;

/** Sources made of others. */
public final class Composed {

    private Composed() {}

    /** One until then, and then the other, in its own time. Both have as many channels. */
    public static SampleSource then(SampleSource one, Duration until, SampleSource other) {
        long untilNs = until.toNanos();
        return source(
                one.channels(),
                (timeNs, values) ->
                        timeNs < untilNs ? one.sample(timeNs, values) : other.sample(timeNs - untilNs, values));
    }

    /** The channels of the one, and then those of the other. */
    public static SampleSource beside(SampleSource one, SampleSource other) {
        double[] first = new double[one.channels()];
        double[] second = new double[other.channels()];
        return source(first.length + second.length, (timeNs, values) -> {
            boolean isThere = one.sample(timeNs, first);
            isThere &= other.sample(timeNs, second);
            System.arraycopy(first, 0, values, 0, first.length);
            System.arraycopy(second, 0, values, first.length, second.length);
            return isThere;
        });
    }

    /** A source from a later moment of its own on, so many times as fast. */
    public static SampleSource played(SampleSource source, Duration from, double speed) {
        long fromNs = from.toNanos();
        return source(
                source.channels(), (timeNs, values) -> source.sample(fromNs + Math.round(timeNs * speed), values));
    }

    private static SampleSource source(int channels, Sampling sampling) {
        return new SampleSource() {
            @Override
            public int channels() {
                return channels;
            }

            @Override
            public boolean sample(long timeNs, double[] values) {
                return sampling.sample(timeNs, values);
            }
        };
    }

    private interface Sampling {
        boolean sample(long timeNs, double[] values);
    }
}
