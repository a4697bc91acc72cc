package dev.tocsin.benchmarks.path;

import dev.tocsin.sdk.model.StageTimes;
import dev.tocsin.sdk.session.AlarmStatus;
import dev.tocsin.sdk.session.Delivery;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * Where the time of our own alarms went while it is {@linkplain #watch asked for}, by the stamps that device and centre make
 * anyway. Any thread. An alarm's time in the ledger is the last that the centre stamped: for devices that have one alarm on its
 * way at a time.
 */
final class StageTimers {

    private static final int DIGITS = 3;

    private final SortedMap<String, Histogram> stages = new TreeMap<>();
    private volatile long ledgerNs;
    private volatile boolean watching;

    /** From now on alarms that come back count, or none does. */
    void watch(boolean on) {
        watching = on;
    }

    /** The centre begins to sign a receipt: what it is about is in the ledger. */
    void inLedger() {
        ledgerNs = System.nanoTime();
    }

    /** An alarm was receipted by all; with one centre its time in the ledger is known, too. */
    synchronized void receipted(AlarmStatus status) {
        if (!watching) {
            return;
        }
        StageTimes pressed = status.alarm().stages();
        if (pressed.decidedNs() > pressed.edgeNs()) {
            record("1 press to decision (t0 t1)", pressed.edgeNs(), pressed.decidedNs());
        }
        record("2 decision to signature (t1 t2)", pressed.decidedNs(), status.signedNs());
        Delivery delivery = status.deliveries().values().iterator().next();
        long sentNs = delivery.firstSentNs().orElse(0);
        long receivedNs = delivery.receivedNs().orElse(0);
        record("3 signature to datagram (t2 t3)", status.signedNs(), sentNs);
        long inLedgerNs = ledgerNs;
        if (status.deliveries().size() == 1 && inLedgerNs > sentNs && inLedgerNs < receivedNs) {
            record("4 datagram to ledger (t3 t4)", sentNs, inLedgerNs);
            record("5 ledger to receipt verified (t4 t5)", inLedgerNs, receivedNs);
        }
        status.keptNs().ifPresent(ns -> record("beside it: decision to journal synced", pressed.decidedNs(), ns));
    }

    private void record(String stage, long fromNs, long toNs) {
        stages.computeIfAbsent(stage, s -> new Histogram(DIGITS)).recordValue(Math.max(0, toNs - fromNs));
    }

    synchronized SortedMap<String, Histogram> copy() {
        SortedMap<String, Histogram> copy = new TreeMap<>();
        stages.forEach((name, h) -> copy.put(name, h.copy()));
        return copy;
    }
}
