package dev.tocsin.simulator.scenario;

import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.simulator.scenario.value.Share;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Something that must hold over the whole run. */
public sealed interface Expectation {

    /** Its name. */
    String id();

    /** Every alarm that was durable is exactly once in the ledger of every centre on its route, and nothing else is. */
    record Delivered(String id) implements Expectation {}

    /**
     * From a press to a later stage of its alarm.
     *
     * @param to the later stage
     * @param centre at this centre only; at all where empty
     * @param bounds the quantiles that are bounded, each by less than this
     * @param samples how many presses it takes to say anything; fewer are inconclusive
     * @param noFault whether only alarms count during which no fault touched their device, link or centres
     */
    record Latency(
            String id, Stage to, Optional<String> centre, Map<Quantile, Duration> bounds, int samples, boolean noFault)
            implements Expectation {

        /** Over all alarms. */
        public Latency(String id, Stage to, Optional<String> centre, Map<Quantile, Duration> bounds, int samples) {
            this(id, to, centre, bounds, samples, false);
        }
    }

    /**
     * While an attacker does something, alarms take no longer than so many times as long as those that met no fault at all.
     *
     * @param deed what he does then; presses that met another fault, too, do not count
     * @param to the stage
     * @param quantile that is compared
     * @param most how many times as long
     * @param samples how many presses it takes of either
     */
    record SlowedBy(String id, Fault.Deed.Kind deed, Stage to, Quantile quantile, double most, int samples)
            implements Expectation {}

    /**
     * So many decided presses are durable soon.
     *
     * @param within from the decision
     * @param least which part of them at least
     */
    record Durable(String id, Duration within, Share least) implements Expectation {}

    /**
     * Every outage that is longer than the supervision time is noticed, and told once.
     *
     * @param within from its beginning
     */
    record OutagesDetected(String id, Duration within) implements Expectation {}

    /**
     * Alarms that are marked as drills reach a centre at most so often.
     *
     * @param centre which centre, in every county
     * @param most how often, over the whole run
     */
    record DrillsAt(String id, String centre, int most) implements Expectation {}

    /**
     * Sensors' alarms of a kind: how much of what happened was seen, and how often nothing was.
     *
     * @param least which part of what happened was seen, at least
     * @param falseAlarms at most so many alarms that nothing explains; any number where empty
     */
    record Detects(String id, AlarmKind kind, Share least, Optional<Integer> falseAlarms) implements Expectation {}

    /**
     * After a centre's return the last alarm reaches it within this time.
     *
     * @param centre which centre
     */
    record Recovered(String id, String centre, Duration within) implements Expectation {}

    /**
     * Devices that had power with a lapsed certificate: what they send until it is renewed is flagged, the renewal comes by
     * itself, and what they send then shows it.
     *
     * @param within from their power, or from the certificate's end where they had power then
     * @param firstPress of those whose power came: the first press within this of the power is in every ledger by then
     */
    record Renewed(String id, Duration within, Optional<Duration> firstPress) implements Expectation {}

    /**
     * The devices after the first, and all their alarms, add at most this many threads to the process.
     *
     * @param most how many
     */
    record ThreadsGrown(String id, int most) implements Expectation {}

    /**
     * However the contacts bounce, the devices decide at most this often beyond once for each press.
     *
     * @param most how often, over all presses that count
     * @param except presses, by name, that do not count here; all count where empty
     */
    record ToldAgain(String id, int most, Optional<Selector> except) implements Expectation {}

    /** A stage that is timed. */
    enum Stage {
        /** t1: it was decided that this is a press. */
        DECISION,
        /** t3: the first datagram left. */
        DATAGRAM,
        /** t5: a centre's receipt was verified; one sample for each centre. */
        RECEIPT,
        /** The first receipt of all was verified; one sample for each press. */
        FIRST_RECEIPT
    }

    /** A quantile of a latency. */
    enum Quantile {
        /** The median. */
        P50(50),
        /** 95 of 100. */
        P95(95),
        /** 99 of 100. */
        P99(99),
        /** 999 of 1000. */
        P999(99.9),
        /** The slowest. */
        MAX(100);

        private final double percentile;

        Quantile(double percentile) {
            this.percentile = percentile;
        }

        /** As a percentile, above 0 to 100. */
        public double percentile() {
            return percentile;
        }
    }
}
