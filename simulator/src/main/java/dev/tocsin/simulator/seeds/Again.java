package dev.tocsin.simulator.seeds;

import dev.tocsin.sdk.config.Problem;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.simulator.report.RunReport;
import dev.tocsin.simulator.run.Progress;
import dev.tocsin.simulator.run.VirtualRun;
import dev.tocsin.simulator.scenario.Scenario;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What came of playing a run a second time, on other threads and another number of them. */
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
        return switch (VirtualRun.run(scenario, data, other(threads), clock, Progress.NONE, stop)) {
            case VirtualRun.Result.Refused(List<Problem> problems) ->
                throw new IllegalStateException("what was played cannot be played again: " + problems);
            case VirtualRun.Result.Reported(RunReport second, List<String> failures) -> {
                if (second.cutShort().isPresent()) {
                    yield new Stopped();
                }
                yield second.digest().equals(first.digest()) ? new Equal() : new Unequal(second.digest());
            }
        };
    }

    /** Another number of threads than this. */
    static int other(int threads) {
        return threads == 1 ? 2 : 1;
    }
}
