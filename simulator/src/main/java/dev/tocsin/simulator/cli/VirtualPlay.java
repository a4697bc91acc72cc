package dev.tocsin.simulator.cli;

import dev.tocsin.sdk.config.Problem;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.check.Verdict;
import dev.tocsin.simulator.report.Provenance;
import dev.tocsin.simulator.report.RunReport;
import dev.tocsin.simulator.report.SeedsReport;
import dev.tocsin.simulator.run.VirtualRun;
import dev.tocsin.simulator.scenario.Scenario;
import dev.tocsin.simulator.seeds.Again;
import dev.tocsin.simulator.seeds.SeedRuns;
import dev.tocsin.simulator.shrink.Failure;
import dev.tocsin.simulator.shrink.Shrinker;
import dev.tocsin.simulator.world.jvm.Determinism;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Plays one seed or many in the virtual world, and tells.
 *
 * @param second plays one seed again
 */
record VirtualPlay(SeedOptions seeds, Path data, int threads, RunOutput output, PrintWriter err, Second second) {

    /** Plays the same once more, elsewhere; returns its digest, or nothing if it was interrupted. */
    @FunctionalInterface
    interface Second {
        Optional<String> digest(BooleanSupplier interrupted) throws IOException;
    }

    private static final Clock CLOCK = new SystemClock();

    int play(Scenario scenario) throws IOException {
        Determinism.install();
        SeedRuns.Asked asked =
                new SeedRuns.Asked(scenario, data, seeds.runs, seeds.keepGoing, seeds.swarm, seeds.checkDeterminism);
        try (Interrupt interrupt = Interrupt.onSignal()) { // closed last: until then a signal waits
            return seeds.runs == 1 ? one(asked, interrupt::came) : many(asked, interrupt::came);
        }
    }

    private int one(SeedRuns.Asked asked, BooleanSupplier interrupted) throws IOException {
        Scenario scenario = asked.of(asked.scenario().run().seed());
        return switch (VirtualRun.run(scenario, data, threads, CLOCK, output.progress(), interrupted)) {
            case VirtualRun.Result.Refused(List<Problem> problems) -> refused(problems);
            case VirtualRun.Result.Reported(RunReport once, List<String> failures) -> {
                RunReport r = seeds.checkDeterminism ? twice(once, interrupted) : once;
                output.write(r);
                if (r.isUnequal()) {
                    notDeterministic(r.seed());
                }
                ended(r, asked, interrupted);
                yield r.isUnequal() ? Exit.NOT_DETERMINISTIC : Exit.of(r.verdict());
            }
        };
    }

    private RunReport twice(RunReport once, BooleanSupplier interrupted) throws IOException {
        if (once.cutShort().isPresent()) {
            return once; // nothing to compare
        }
        output.line("… the same again, in another process and with another number of threads");
        return Again.of(once, second.digest(interrupted)).toldIn(once);
    }

    private void notDeterministic(long seed) {
        err.println("not deterministic: " + output.replay().of(seed) + " --check-determinism");
        err.flush();
    }

    private int many(SeedRuns.Asked asked, BooleanSupplier interrupted) throws IOException {
        return switch (SeedRuns.run(asked, threads, CLOCK, output.progress(), interrupted)) {
            case SeedRuns.Result.Refused(long seed, List<Problem> problems) -> {
                err.println("seed " + seed + ":");
                yield refused(problems);
            }
            case SeedRuns.Result.Nothing n -> {
                output.out().println("stopped before the first seed was played to its end");
                output.out().flush();
                yield Exit.INCONCLUSIVE;
            }
            case SeedRuns.Result.Reported(SeedsReport r) -> {
                output.write(r);
                r.unequal().forEach(this::notDeterministic);
                ended(r.shown(), asked, interrupted);
                yield r.unequal().isEmpty() ? Exit.of(r.verdict()) : Exit.NOT_DETERMINISTIC;
            }
        };
    }

    private int refused(List<Problem> problems) {
        Complaints.print(problems, err);
        return Exit.INVALID;
    }

    /** Of a run that does not hold: how to have it again, and a smaller one. */
    private void ended(RunReport r, SeedRuns.Asked asked, BooleanSupplier interrupted) {
        if (r.verdict() == Verdict.VIOLATED) {
            Provenance provenance = output.provenance(r.seed());
            output.line("seed " + r.seed()
                    + provenance.commit().map(c -> ", commit " + c).orElse("") + "; replay: " + provenance.replay());
            if (r.isUnequal()) {
                output.line("not shrunk: it does not come out the same each time");
            } else if (!seeds.noShrink && r.cutShort().isEmpty() && !interrupted.getAsBoolean()) {
                shrink(r, asked.of(r.seed()), interrupted);
            }
        }
    }

    private void shrink(RunReport r, Scenario failing, BooleanSupplier interrupted) {
        Failure failure = Failure.of(r);
        Optional<Shrinker.Shrunk> shrunk =
                Shrinker.shrink(failing, failure, data, Shrinker.USUAL, threads, CLOCK, output.progress(), interrupted);
        if (shrunk.isEmpty()) {
            output.line("not shrunk: without its draws it does not fail the same way");
            return;
        }
        ShrunkFile file = new ShrunkFile(failing, r.seed(), failure, shrunk.get(), output);
        output.line("shrunk to " + Shrinker.Shrunk.size(shrunk.get().scenario()) + " of "
                + shrunk.get().from() + " in "
                + shrunk.get().runs() + " runs, " + shrunk.get().took().toSeconds() + " s"
                + (shrunk.get().whole() ? "" : " (not to the end: it was stopped first)") + ": " + written(file));
    }

    /** Where it is; where the folder takes no file, all of it: it took long to find. */
    private static String written(ShrunkFile file) {
        try {
            return file.write().toString();
        } catch (IOException e) {
            return "no file can be made here (--report DIR says where), so this is it\n" + file.text();
        }
    }
}
