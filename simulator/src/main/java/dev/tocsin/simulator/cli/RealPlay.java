package dev.tocsin.simulator.cli;

import dev.tocsin.sdk.config.Problem;
import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.check.Verdict;
import dev.tocsin.simulator.report.RunReport;
import dev.tocsin.simulator.run.RealWorldRun;
import dev.tocsin.simulator.scenario.Scenario;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plays a scenario in the real world, and tells. */
record RealPlay(Path data, @Nullable Path keep, boolean centresAsProcesses, RunOutput output, PrintWriter err) {

    int play(Scenario scenario) throws IOException {
        try (Interrupt interrupt = Interrupt.onSignal(); // closed last: until then a signal waits
                WorkFolder folder = WorkFolder.open(keep)) {
            RealWorldRun.Options options =
                    new RealWorldRun.Options(data, folder.path(), centresAsProcesses, OwnCommand.line());
            return switch (RealWorldRun.run(scenario, options, new SystemClock(), output.progress(), interrupt::came)) {
                case RealWorldRun.Result.Refused(List<Problem> problems) -> {
                    Complaints.print(problems, err);
                    yield Exit.INVALID;
                }
                case RealWorldRun.Result.Failed(String why) -> {
                    err.println("tocsin: " + why);
                    if (!WorkFolder.isFree(folder.path())) {
                        folder.keep();
                        err.println("what there is of it is in " + folder.path());
                    }
                    yield Exit.UNAVAILABLE;
                }
                case RealWorldRun.Result.Reported(RunReport r) -> {
                    tell(r, folder);
                    yield Exit.of(r.verdict());
                }
            };
        }
    }

    private void tell(RunReport r, WorkFolder folder) throws IOException {
        output.write(r);
        if (r.verdict() == Verdict.VIOLATED) {
            folder.keep();
            output.out().println("seed " + r.seed() + "; journals and ledgers are in " + folder.path());
        }
        output.out().flush();
    }
}
