package dev.tocsin.firmware.board.sensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Notes what a sensor says, and when. */
final class Heard implements SampleSink {

    private final List<Long> timesNs = new ArrayList<>();
    private final List<double[]> rows = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final List<Long> toldNs = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final LongSupplier nanoTime;

    Heard(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    List<Long> timesNs() {
        return timesNs;
    }

    List<double[]> rows() {
        return rows;
    }

    double[] last() {
        return rows.get(rows.size() - 1);
    }

    /** {@code trouble bus}, {@code well bus}, in order. */
    List<String> told() {
        return told;
    }

    List<String> texts() {
        return texts;
    }

    /** When something was told first. */
    long toldNs(String what) {
        return toldNs.get(told.indexOf(what));
    }

    void forget() {
        timesNs.clear();
        rows.clear();
        told.clear();
        toldNs.clear();
        texts.clear();
    }

    @Override
    public void sample(long timeNs, double[] values) {
        timesNs.add(timeNs);
        rows.add(values.clone());
    }

    @Override
    public void trouble(String cause, String text) {
        note("trouble " + cause);
        texts.add(text);
    }

    @Override
    public void well(String cause) {
        note("well " + cause);
    }

    private void note(String what) {
        told.add(what);
        toldNs.add(nanoTime.getAsLong());
    }
}
