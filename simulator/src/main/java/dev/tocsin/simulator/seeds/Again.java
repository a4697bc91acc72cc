package dev.tocsin.simulator.seeds;

import dev.tocsin.sdk.config.Problem;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.simulator.check.Outcome;
import dev.tocsin.simulator.check.Verdict;
import dev.tocsin.simulator.report.RunReport;
import dev.tocsin.simulator.run.Progress;
import dev.tocsin.simulator.run.VirtualRun;
import dev.tocsin.simulator.scenario.Scenario;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What came of playing a run a second time, with another number of threads. */
public sealed interface Again {

    /** The same digest. */
    record Equal() implements Again {}

    /** Another digest. */
    record Unequal(String digest) implements Again {}

    /** It was stopped, and says nothing. */
    record Stopped() implements Again {}

    /**
     * Plays it again.
     *
     * @param threads how many it had the first time
     * @param first what came of it then
     */
    static Again play(Scenario scenario, Path data, int threads, RunReport first, Clock clock, BooleanSupplier stop) {
        return switch (VirtualRun.run(scenario, data, otherThan(threads), clock, Progress.NONE, stop)) {
            case VirtualRun.Result.Refused(List<Problem> problems) ->
                throw new IllegalStateException("what was played cannot be played again: " + problems);
            case VirtualRun.Result.Reported(RunReport second, List<String> failures) ->
                of(first, second.cutShort().isPresent() ? Optional.empty() : Optional.of(second.digest()));
        };
    }

    /**
     * Compares.
     *
     * @param digest that of the second play; empty if it did not come to its end
     */
    static Again of(RunReport first, Optional<String> digest) {
        return digest.<Again>map(d -> d.equals(first.digest()) ? new Equal() : new Unequal(d))
                .orElseGet(Stopped::new);
    }

    /** The report of the first play, with what came of the second one. */
    default RunReport toldIn(RunReport first) {
        return switch (this) {
            case Equal e ->
                first.with(new Outcome(RunReport.DETERMINISTIC, Verdict.HELD, "played twice: the same digest again"));
            case Unequal(String digest) ->
                first.with(new Outcome(
                        RunReport.DETERMINISTIC,
                        Verdict.VIOLATED,
                        "played twice: the digest " + first.digest() + ", then " + digest));
            case Stopped s -> first;
        };
    }

    /** Another number of threads than this. */
    static int otherThan(int threads) {
        return threads == 1 ? 2 : 1;
    }
}
