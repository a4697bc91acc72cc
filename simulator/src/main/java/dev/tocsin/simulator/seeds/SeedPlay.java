package dev.tocsin.simulator.seeds;

import dev.tocsin.sdk.config.Problem;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.simulator.report.RunReport;
import dev.tocsin.simulator.run.VirtualRun;
import dev.tocsin.simulator.scenario.Scenario;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What came of playing one seed of many. */
sealed interface SeedPlay {

    /**
     * It was played to its end.
     *
     * @param failures what programs threw
     * @param other the digest that it had when it was played again, if that was another one
     */
    record Played(RunReport run, List<String> failures, Optional<String> other) implements SeedPlay {}

    /** Its scenario asks for what is not there. */
    record Refused(long seed, List<Problem> problems) implements SeedPlay {}

    /** It was stopped, and says nothing. */
    record Stopped() implements SeedPlay {}

    /** Plays a seed on the thread that calls. */
    static SeedPlay play(SeedRuns.Asked asked, long seed, Clock clock, BooleanSupplier stop) {
        if (stop.getAsBoolean()) {
            return new Stopped();
        }
        try {
            return play(asked, asked.of(seed), seed, clock, stop);
        } catch (RuntimeException e) {
            throw new IllegalStateException("seed " + seed + " could not be played", e);
        }
    }

    private static SeedPlay play(
            SeedRuns.Asked asked, Scenario scenario, long seed, Clock clock, BooleanSupplier stop) {
        return switch (VirtualRun.runHere(scenario, asked.data(), clock, stop)) {
            case VirtualRun.Result.Refused(List<Problem> problems) -> new Refused(seed, problems);
            case VirtualRun.Result.Reported(RunReport run, List<String> failures) -> {
                Again again = asked.twice() && run.cutShort().isEmpty()
                        ? Again.play(scenario, asked.data(), 1, run, clock, stop)
                        : new Again.Equal();
                if (run.cutShort().isPresent() || again instanceof Again.Stopped) {
                    yield new Stopped();
                }
                yield new Played(
                        asked.twice() ? again.toldIn(run) : run,
                        failures,
                        again instanceof Again.Unequal(String digest) ? Optional.of(digest) : Optional.empty());
            }
        };
    }
}
