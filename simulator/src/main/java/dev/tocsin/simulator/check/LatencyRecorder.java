package dev.tocsin.simulator.check;

import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Gathers the times of presses, of one run or of many: what comes together is what one histogram of them all would hold. Its
 * size does not grow with their number. One thread at a time.
 */
public final class LatencyRecorder {

    private final DistributionRecorder decision = new DistributionRecorder();
    private final DistributionRecorder signed = new DistributionRecorder();
    private final DistributionRecorder datagram = new DistributionRecorder();
    private final DistributionRecorder ledger = new DistributionRecorder();
    private final DistributionRecorder receipt = new DistributionRecorder();
    private final DistributionRecorder firstReceipt = new DistributionRecorder();
    private final DistributionRecorder kept = new DistributionRecorder();
    private final SortedMap<String, DistributionRecorder> datagramTo = new TreeMap<>();
    private final SortedMap<String, DistributionRecorder> ledgerOf = new TreeMap<>();
    private final SortedMap<String, DistributionRecorder> receiptFrom = new TreeMap<>();

    /** Adds these presses. */
    public void add(List<Fate> presses) {
        for (Fate press : presses) {
            since(decision, press, press.decidedNs());
            since(signed, press, press.signedNs());
            since(datagram, press, press.firstSentNs());
            since(firstReceipt, press, press.firstReceivedNs());
            if (press.decidedNs().isPresent() && press.keptNs().isPresent()) {
                kept.record(press.keptNs().getAsLong() - press.decidedNs().getAsLong());
            }
            press.sentNs().forEach((centre, ns) -> since(at(datagramTo, centre), press, OptionalLong.of(ns)));
            press.filedNs().forEach((centre, ns) -> {
                since(ledger, press, OptionalLong.of(ns));
                since(at(ledgerOf, centre), press, OptionalLong.of(ns));
            });
            press.receivedNs().forEach((centre, ns) -> {
                since(receipt, press, OptionalLong.of(ns));
                since(at(receiptFrom, centre), press, OptionalLong.of(ns));
            });
        }
    }

    private static DistributionRecorder at(SortedMap<String, DistributionRecorder> byCentre, String centre) {
        return byCentre.computeIfAbsent(centre, c -> new DistributionRecorder());
    }

    private static void since(DistributionRecorder recorder, Fate press, OptionalLong stageNs) {
        stageNs.ifPresent(ns -> recorder.record(ns - press.atNs()));
    }

    /** What came together so far. */
    public Latencies latencies() {
        return new Latencies(
                decision.distribution(),
                signed.distribution(),
                datagram.distribution(),
                ledger.distribution(),
                receipt.distribution(),
                firstReceipt.distribution(),
                kept.distribution(),
                distributions(datagramTo),
                distributions(ledgerOf),
                distributions(receiptFrom));
    }

    private static SortedMap<String, Distribution> distributions(SortedMap<String, DistributionRecorder> recorders) {
        SortedMap<String, Distribution> distributions = new TreeMap<>();
        recorders.forEach((centre, recorder) -> distributions.put(centre, recorder.distribution()));
        return distributions;
    }
}
