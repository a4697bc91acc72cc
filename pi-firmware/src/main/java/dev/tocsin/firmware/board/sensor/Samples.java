package dev.tocsin.firmware.board.sensor;

/** A batch of samples on its way from the bus's thread to the event loop. Made once and used again. */
final class Samples {

    private final long[] timesNs;
    private final double[][] rows;
    private int size;
    private long lost;

    Samples(int most, int channels) {
        timesNs = new long[most];
        rows = new double[most][channels];
    }

    void clear() {
        size = 0;
        lost = 0;
    }

    int size() {
        return size;
    }

    int most() {
        return rows.length;
    }

    /** How many samples are known to be missing before or among these. */
    long lost() {
        return lost;
    }

    /** Samples are missing. */
    void missing(long count) {
        lost += count;
    }

    /** One more; fill the row. */
    double[] add(long timeNs) {
        timesNs[size] = timeNs;
        return rows[size++];
    }

    void tell(SampleSink sink) {
        for (int i = 0; i < size; i++) {
            sink.sample(timesNs[i], rows[i]);
        }
    }
}
