package dev.tocsin.simulator.check;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A run's transmission times beside the categories of EN 50136-1. A yardstick, no certificate: the limits are those of
 * public summaries, the standard itself was not read. What is measured goes from a press's decision to the verified receipt,
 * a sample for each press and centre; it holds the receipt's way back too, so it is never shorter than the standard's
 * transmission time. A receipt that never came counts as endless.
 *
 * @param samples how many presses and centres
 * @param meanS mean, seconds; infinite if one never came
 * @param p95S 95 % are not above this, seconds
 * @param maxS the longest, seconds
 * @param reporting how soon a silent device is told; empty where nothing is known
 * @param availability how much of the time the ways were open; the summaries give no limits for it
 */
public record En50136(
        long samples,
        double meanS,
        double p95S,
        double maxS,
        Optional<Reporting> reporting,
        Availability availability) {

    /** Where the limits come from; to be shown wherever they are. */
    public static final String SOURCE = "per public summaries; the standard itself was not read";

    private static final double NS_PER_S = 1e9;

    /**
     * How soon a silent device is told.
     *
     * @param within after its last sign of life
     * @param measured whether a silence was really seen; otherwise it is what the configuration promises
     */
    public record Reporting(Duration within, boolean measured) {

        private static final Duration NEVER = Duration.ofSeconds(Long.MAX_VALUE / 1000);

        /** The slowest silence that centres told, a forgotten one being told never; what is promised if there was none. */
        static Reporting of(List<Detection> detections, Duration supervision) {
            return detections.stream()
                    .map(d ->
                            d.toldNs().isPresent() ? Duration.ofNanos(d.toldNs().getAsLong() - d.lastNs()) : NEVER)
                    .max(Comparator.naturalOrder())
                    .map(slowest -> new Reporting(slowest, true))
                    .orElse(new Reporting(supervision, false));
        }
    }

    /** The figures that a category limits. */
    public enum Figure {
        /** Mean transmission time. */
        MEAN,
        /** 95 % of the transmissions take no longer. */
        P95,
        /** The longest transmission. */
        MAX,
        /** Reporting time. */
        REPORTING
    }

    /** The categories, SP with one path and DP with two, each from the mildest to the strictest. */
    public enum Category {
        SP1(120, 240, 480, 32 * 86_400),
        SP2(60, 80, 120, 25 * 3_600),
        SP3(60, 80, 120, 1_800),
        SP4(60, 80, 120, 180),
        SP5(20, 30, 60, 90),
        SP6(10, 15, 20, 20),
        DP1(60, 80, 120, 25 * 3_600),
        DP2(20, 30, 60, 1_800),
        DP3(20, 30, 60, 180),
        DP4(10, 15, 20, 90);

        private final double meanS;
        private final double p95S;
        private final double maxS;
        private final double reportingS;

        Category(double meanS, double p95S, double maxS, double reportingS) {
            this.meanS = meanS;
            this.p95S = p95S;
            this.maxS = maxS;
            this.reportingS = reportingS;
        }

        /** Its limit, seconds. */
        public double limitS(Figure figure) {
            return switch (figure) {
                case MEAN -> meanS;
                case P95 -> p95S;
                case MAX -> maxS;
                case REPORTING -> reportingS;
            };
        }
    }

    /** Of what was found on the ways to these centres; the configuration promises that silence is told in this time. */
    public static En50136 of(Findings findings, Collection<String> route, Duration supervision) {
        return of(
                findings.presses(),
                route,
                Optional.of(Reporting.of(findings.seen().detections(), supervision)),
                findings.seen().availability());
    }

    /** Of these presses, on their way to these centres. */
    static En50136 of(
            List<Fate> presses, Collection<String> route, Optional<Reporting> reporting, Availability availability) {
        double[] seconds = presses.stream()
                .filter(p -> p.decidedNs().isPresent())
                .flatMap(p -> route.stream().filter(c -> p.route().contains(c)).map(centre -> transmissionS(p, centre)))
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        if (seconds.length == 0) {
            return new En50136(0, 0, 0, 0, reporting, availability);
        }
        return new En50136(
                seconds.length,
                Arrays.stream(seconds).sum() / seconds.length,
                seconds[(int) Math.ceil(0.95 * seconds.length) - 1],
                seconds[seconds.length - 1],
                reporting,
                availability);
    }

    private static double transmissionS(Fate press, String centre) {
        Long receivedNs = press.receivedNs().get(centre);
        return receivedNs == null
                ? Double.POSITIVE_INFINITY
                : (receivedNs - press.decidedNs().orElse(press.atNs())) / NS_PER_S;
    }

    /** What was measured, seconds; empty where nothing was. */
    public Optional<Double> measuredS(Figure figure) {
        if (figure == Figure.REPORTING) {
            return reporting.map(r -> r.within().equals(Reporting.NEVER)
                    ? Double.POSITIVE_INFINITY
                    : r.within().toMillis() / 1e3);
        }
        if (samples == 0) {
            return Optional.empty();
        }
        return Optional.of(
                switch (figure) {
                    case MEAN -> meanS;
                    case P95 -> p95S;
                    case MAX, REPORTING -> maxS;
                });
    }

    /** Whether what was measured is within a category's limit; empty where nothing was measured. */
    public Optional<Boolean> reaches(Category category, Figure figure) {
        return measuredS(figure).map(s -> s <= category.limitS(figure));
    }
}
