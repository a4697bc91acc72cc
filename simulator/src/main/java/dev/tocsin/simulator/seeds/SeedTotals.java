package dev.tocsin.simulator.seeds;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.simulator.check.LatencyRecorder;
import dev.tocsin.simulator.check.Outcome;
import dev.tocsin.simulator.check.Verdict;
import dev.tocsin.simulator.report.RunReport;
import dev.tocsin.simulator.report.SeedRun;
import dev.tocsin.simulator.report.SeedsReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Adds runs up, in the order of their seeds. Of each run it keeps a line, and the whole of one: the first that did not hold,
 * or else the last.
 */
final class SeedTotals {

    private static final int MOST_WRONGS = 100;

    private final LatencyRecorder latencies = new LatencyRecorder();
    private final LatencyRecorder unfaulted = new LatencyRecorder();
    private final Map<String, Standing> standings = new LinkedHashMap<>();
    private final List<String> wrongs = new ArrayList<>();
    private final List<SeedRun> runs = new ArrayList<>();
    private final SortedMap<String, Long> exercised = new TreeMap<>();
    private final List<Long> unequal = new ArrayList<>();
    private SeedsReport.Sums sums = SeedsReport.Sums.NONE;
    private boolean faults;
    private @Nullable RunReport shown;

    /** How an expectation stands over all runs so far. */
    private static final class Standing {
        private int held;
        private int violated;
        private int inconclusive;
        private String first = "";
        private String last = "";

        void add(long seed, Outcome outcome) {
            switch (outcome.verdict()) {
                case HELD -> held++;
                case INCONCLUSIVE -> inconclusive++;
                case VIOLATED -> {
                    first = violated++ == 0 ? "seed " + seed + ": " + outcome.detail() : first;
                }
            }
            last = outcome.detail();
        }

        /**
         * Held if it did in some run and was not violated in any: the others had nothing to say.
         *
         * @param runs all of them: in some there may have been nothing that could have broken it
         */
        Outcome outcome(String id, int runs) {
            int of = held + violated + inconclusive;
            String unclear = (inconclusive == 0 ? "" : ", too little to say in " + inconclusive)
                    + (of == runs ? "" : ", nothing to see in " + (runs - of));
            if (violated > 0) {
                return new Outcome(
                        id,
                        Verdict.VIOLATED,
                        "violated in " + violated + " of " + of + " runs" + unclear + "; " + first);
            }
            String detail = "held in " + held + " of " + of + " runs" + unclear;
            return held > 0
                    ? new Outcome(id, Verdict.HELD, detail)
                    : new Outcome(id, Verdict.INCONCLUSIVE, detail + "; " + last);
        }
    }

    /**
     * One run more.
     *
     * @param other the digest that it had when it was played again, if that was another one
     */
    void add(RunReport run, Optional<String> other) {
        sums = sums.plus(run);
        latencies.add(run.findings().presses());
        unfaulted.add(run.scene().unfaulted(run.findings().presses()));
        faults |= !run.scene().faults().isEmpty();
        run.exercised().forEach((what, count) -> exercised.merge(what, count, Long::sum));
        run.outcomes()
                .forEach(o ->
                        standings.computeIfAbsent(o.id(), id -> new Standing()).add(run.seed(), o));
        run.findings().wrongs().stream()
                .limit(MOST_WRONGS - wrongs.size())
                .forEach(wrong -> wrongs.add("seed " + run.seed() + ": " + wrong));
        other.ifPresent(digest -> unequal.add(run.seed()));
        if (shown == null || shown.verdict() != Verdict.VIOLATED) {
            shown = run;
        }
        runs.add(new SeedRun(run.seed(), run.verdict(), run.digest(), notHeld(run)));
    }

    private static String notHeld(RunReport run) {
        return run.outcomes().stream()
                .filter(o -> o.verdict() != Verdict.HELD)
                .map(o -> o.id() + " " + o.verdict().word() + ": " + o.detail())
                .collect(Collectors.joining("; "));
    }

    /** How many runs there are so far. */
    int count() {
        return runs.size();
    }

    SeedsReport.Sums sums() {
        return sums;
    }

    /** All of it; empty if there is no run. */
    Optional<SeedsReport> report(int asked, double wallS, Optional<String> cutShort) {
        if (shown == null) {
            return Optional.empty();
        }
        List<Outcome> outcomes = new ArrayList<>();
        standings.forEach((id, standing) -> outcomes.add(standing.outcome(id, runs.size())));
        return Optional.of(new SeedsReport(
                shown,
                asked,
                verdict(outcomes, cutShort),
                digest(),
                wallS,
                sums,
                latencies.latencies(),
                faults ? Optional.of(unfaulted.latencies()) : Optional.empty(),
                outcomes,
                wrongs,
                runs,
                exercised,
                unequal,
                cutShort));
    }

    private Verdict verdict(List<Outcome> outcomes, Optional<String> cutShort) {
        if (runs.stream().anyMatch(run -> run.verdict() == Verdict.VIOLATED)) {
            return Verdict.VIOLATED;
        }
        boolean unclear = cutShort.isPresent()
                || outcomes.stream().anyMatch(o -> o.verdict() == Verdict.INCONCLUSIVE)
                || runs.stream().allMatch(run -> run.verdict() == Verdict.INCONCLUSIVE);
        return unclear ? Verdict.INCONCLUSIVE : Verdict.HELD;
    }

    private String digest() {
        String lines = runs.stream().map(run -> run.seed() + " " + run.digest()).collect(Collectors.joining("\n"));
        return Bytes.wrap(lines.getBytes(UTF_8)).sha256().hex();
    }
}
