package dev.tocsin.simulator.shrink;

import dev.tocsin.simulator.check.Outcome;
import dev.tocsin.simulator.check.Verdict;
import dev.tocsin.simulator.report.RunReport;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * In which way a run failed: two runs that violate the same expectations and promises fail the same way.
 *
 * @param violated their ids; empty if the run did not fail
 */
public record Failure(SortedSet<String> violated) {

    public Failure {
        violated = Collections.unmodifiableSortedSet(new TreeSet<>(violated));
    }

    /** Of a run. */
    public static Failure of(RunReport run) {
        return new Failure(run.outcomes().stream()
                .filter(o -> o.verdict() == Verdict.VIOLATED)
                .map(Outcome::id)
                .collect(Collectors.toCollection(TreeSet::new)));
    }
}
