package dev.tocsin.simulator.cli;

import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.crash.CrashRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin crash}: kills a device again and again. */
@Command(
        name = "crash",
        description = {
            "Starts a device as a process, presses its button and turns its key, kills it with SIGKILL at a random instant, and starts it"
                    + " again on the same journal; in the end both centres' ledgers are compared with what its output proves.",
            "About 2 s a kill."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {" 0:nothing durable was lost, doubled or reused", " 1:something was", " 2:an option is wrong"})
final class CrashCommand implements Callable<Integer> {

    private static final int MAX_KILLS = 10_000;

    @Option(
            names = "--kills",
            paramLabel = "N",
            defaultValue = "20",
            description = "how often; default: ${DEFAULT-VALUE}")
    private int kills;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "of the instants; default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "keep journal and ledgers there; default: thrown away")
    private @Nullable Path folder;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (kills < 1 || kills > MAX_KILLS) {
            spec.commandLine().getErr().println("--kills " + kills + ": 1 to " + MAX_KILLS);
            return Exit.INVALID;
        }
        if (folder != null && !WorkFolder.isFree(folder)) {
            spec.commandLine().getErr().println("--folder " + folder + " is no empty folder: name a new one");
            return Exit.INVALID;
        }
        Optional<String> trouble = Optional.ofNullable(folder).flatMap(wanted -> Outputs.folder("--folder", wanted));
        if (trouble.isPresent()) {
            spec.commandLine().getErr().println(trouble.get());
            return Exit.INVALID;
        }
        Path home = folder == null ? Files.createTempDirectory("tocsin-crash") : folder;
        CrashRun.Result r = CrashRun.run(home, kills, new SplittableRandom(seed), new SystemClock(), line -> {
            out.println(line);
            out.flush();
        });
        out.printf(
                "%d kills (%d of them armed), %d alarms raised (%d of them resets), %d durable, %d undurable%n",
                r.kills(), r.killedArmed(), r.raised(), r.resets(), r.durable(), r.undurable());
        out.printf(
                "lost %d, duplicated %d, ids reused %d, conflicts %d; in the ledgers: %s%n",
                r.lost().size(), r.duplicated(), r.reused().size(), r.conflicts(), r.ledgers());
        r.lost().forEach(id -> out.println("lost: " + id));
        r.reused().forEach(id -> out.println("reused: " + id));
        out.println(
                r.held() ? "held" : "VIOLATED; journal and ledgers lie in " + home + ", replay with --seed " + seed);
        if (r.held() && folder == null) {
            Folders.delete(home);
        }
        return r.held() ? Exit.OK : Exit.VIOLATED;
    }
}
