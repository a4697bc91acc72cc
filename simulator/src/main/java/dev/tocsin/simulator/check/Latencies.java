package dev.tocsin.simulator.check;

import dev.tocsin.simulator.scenario.Expectation.Stage;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How long it took from the true first edge of a press (t0) to each stage of its alarm. A press that never reached the
 * stage is no sample: it is counted as lost elsewhere.
 *
 * @param decision t0 to t1, a sample for each press
 * @param datagram t0 to t3, the first datagram to any centre: a sample for each press
 * @param receipt t0 to t5, a sample for each press and centre
 * @param firstReceipt t0 to the first centre's t5: a sample for each press
 * @param decisionToKept t1 to the synced journal record: a sample for each press
 * @param datagramTo t0 to t3 for each centre
 * @param receiptFrom t0 to t5 for each centre
 */
public record Latencies(
        Distribution decision,
        Distribution datagram,
        Distribution receipt,
        Distribution firstReceipt,
        Distribution decisionToKept,
        SortedMap<String, Distribution> datagramTo,
        SortedMap<String, Distribution> receiptFrom) {

    public Latencies {
        datagramTo = Collections.unmodifiableSortedMap(new TreeMap<>(datagramTo));
        receiptFrom = Collections.unmodifiableSortedMap(new TreeMap<>(receiptFrom));
    }

    /** Of these presses. */
    public static Latencies of(List<Fate> presses) {
        Sampler decision = new Sampler();
        Sampler datagram = new Sampler();
        Sampler receipt = new Sampler();
        Sampler firstReceipt = new Sampler();
        DistributionRecorder kept = new DistributionRecorder();
        SortedMap<String, Sampler> datagramTo = new TreeMap<>();
        SortedMap<String, Sampler> receiptFrom = new TreeMap<>();
        for (Fate press : presses) {
            decision.add(press, press.decidedNs());
            datagram.add(press, press.firstSentNs());
            firstReceipt.add(press, press.firstReceivedNs());
            if (press.decidedNs().isPresent() && press.keptNs().isPresent()) {
                kept.record(press.keptNs().getAsLong() - press.decidedNs().getAsLong());
            }
            press.sentNs()
                    .forEach((centre, ns) -> datagramTo
                            .computeIfAbsent(centre, k -> new Sampler())
                            .add(press, OptionalLong.of(ns)));
            press.receivedNs().forEach((centre, ns) -> {
                receipt.add(press, OptionalLong.of(ns));
                receiptFrom.computeIfAbsent(centre, k -> new Sampler()).add(press, OptionalLong.of(ns));
            });
        }
        return new Latencies(
                decision.distribution(),
                datagram.distribution(),
                receipt.distribution(),
                firstReceipt.distribution(),
                kept.distribution(),
                distributions(datagramTo),
                distributions(receiptFrom));
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

    private static SortedMap<String, Distribution> distributions(SortedMap<String, Sampler> samplers) {
        SortedMap<String, Distribution> distributions = new TreeMap<>();
        samplers.forEach((centre, sampler) -> distributions.put(centre, sampler.distribution()));
        return distributions;
    }

    private static final class Sampler {
        private final DistributionRecorder recorder = new DistributionRecorder();

        void add(Fate press, OptionalLong stageNs) {
            stageNs.ifPresent(ns -> recorder.record(ns - press.atNs()));
        }

        Distribution distribution() {
            return recorder.distribution();
        }
    }
}
