package dev.tocsin.simulator.check;

import dev.tocsin.simulator.scenario.Expectation.Stage;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How long it took from the true first edge of a press (t0) to each stage of its alarm. A press that never reached the
 * stage is no sample: it is counted as lost elsewhere.
 *
 * @param decision t0 to t1, a sample for each press
 * @param signed t0 to t2: a sample for each press whose device was heard to say so
 * @param datagram t0 to t3, the first datagram to any centre: a sample for each press
 * @param ledger t0 to t4, the entry in a centre's ledger: a sample for each press and centre, where clocks can be compared
 * @param receipt t0 to t5, a sample for each press and centre
 * @param firstReceipt t0 to the first centre's t5: a sample for each press
 * @param decisionToKept t1 to the synced journal record: a sample for each press
 * @param datagramTo t0 to t3 for each centre
 * @param ledgerOf t0 to t4 for each centre
 * @param receiptFrom t0 to t5 for each centre
 */
public record Latencies(
        Distribution decision,
        Distribution signed,
        Distribution datagram,
        Distribution ledger,
        Distribution receipt,
        Distribution firstReceipt,
        Distribution decisionToKept,
        SortedMap<String, Distribution> datagramTo,
        SortedMap<String, Distribution> ledgerOf,
        SortedMap<String, Distribution> receiptFrom) {

    public Latencies {
        datagramTo = Collections.unmodifiableSortedMap(new TreeMap<>(datagramTo));
        ledgerOf = Collections.unmodifiableSortedMap(new TreeMap<>(ledgerOf));
        receiptFrom = Collections.unmodifiableSortedMap(new TreeMap<>(receiptFrom));
    }

    /** Of these presses. */
    public static Latencies of(List<Fate> presses) {
        LatencyRecorder recorder = new LatencyRecorder();
        recorder.add(presses);
        return recorder.latencies();
    }

    /** One stage, over all centres or at one. */
    Distribution at(Stage stage, Optional<String> centre) {
        return switch (stage) {
            case DECISION -> decision;
            case DATAGRAM ->
                centre.map(c -> datagramTo.getOrDefault(c, Distribution.NONE)).orElse(datagram);
            case RECEIPT ->
                centre.map(c -> receiptFrom.getOrDefault(c, Distribution.NONE)).orElse(receipt);
            case FIRST_RECEIPT -> firstReceipt;
        };
    }
}
