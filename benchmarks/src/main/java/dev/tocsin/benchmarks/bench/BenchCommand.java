package dev.tocsin.benchmarks.bench;

import dev.tocsin.benchmarks.path.Paths;
import dev.tocsin.benchmarks.path.Paths.Candidate;
import dev.tocsin.sdk.config.FileTrouble;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tocsin bench}. */
@Command(
        name = "tocsin bench",
        description = {
            "Measures how long a signed alarm takes to its verified receipt: our path, what else one could use, and the",
            "floor, the least this machine needs for the same signatures, datagrams and synced write. All in one run, in",
            "turns. About twenty minutes; a minute or two with --quick. Leave the machine alone meanwhile.",
            ""
        },
        mixinStandardHelpOptions = true,
        subcommands = {
            FirstCommand.class,
            CentreCommand.class,
            FleetCommand.class,
            GrowthCommand.class,
            PartsCommand.class
        },
        commandListHeading = "%nOne question each, with figures of its own:%n",
        version = "tocsin 0.1.0",
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:measured",
            " 1:an alarm did not come back receipted; with --against: slower",
            " 2:an option cannot be used",
            "69:this machine lacks something, or the run was stopped"
        },
        footer = {
            "",
            "Examples:",
            "  tocsin bench --quick                        a table",
            "  tocsin bench --quick --only tocsin-dtls     our own path and the floor",
            "  tocsin bench first --report benchmarks      the first alarm of a fresh process, in RESULTS.md",
            "  tocsin bench --quick --against main         whether this checkout is slower than main",
            "  tocsin bench parts                          every step on its own (JMH)",
        })
public final class BenchCommand implements Callable<Integer> {

    static final int OK = 0;
    static final int VIOLATED = 1;
    static final int UNAVAILABLE = 69;

    @Option(names = "--quick", description = "less of everything: a first impression, no 99.9th percentile")
    private boolean quick;

    @Option(names = "--json", paramLabel = "FILE", description = "write floor, our path and peers as JSON")
    private @Nullable Path json;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "write RESULTS.md and its plots there; the project's own are in benchmarks")
    private @Nullable Path report;

    @Option(
            names = "--against",
            paramLabel = "REV",
            description =
                    "our path beside that of another commit, which is built first, and whether this one is slower")
    private @Nullable String against;

    @Option(names = "--loss", description = "with --quick: also over a bad network, two minutes more (Linux)")
    private boolean loss;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "only these paths and their floors; --list tells the names")
    private List<String> only = new ArrayList<>();

    @Option(names = "--list", description = "name the paths and end")
    private boolean list;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "a folder on the disk whose syncs are meant; default: target/bench of the checkout")
    private @Nullable Path dir;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private String command = "./tocsin bench";

    /** For picocli and for whoever shows its help. */
    public BenchCommand() {}

    /** Runs it and exits with its code. */
    public static void main(String[] args) {
        System.exit(commandLine(args).execute(args));
    }

    static CommandLine commandLine(String... args) {
        BenchCommand bench = new BenchCommand();
        bench.command = ("./tocsin bench " + String.join(" ", args)).strip();
        return new CommandLine(bench).setExecutionExceptionHandler((e, line, parsed) -> {
            if (e instanceof IOException trouble) {
                line.getErr().println("tocsin: " + FileTrouble.of(trouble));
                line.getErr().flush();
                return UNAVAILABLE;
            }
            throw e;
        });
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            Paths.all().forEach(path -> out.println(path.name()));
            return OK;
        }
        Progress progress = new Progress(spec.commandLine().getErr());
        if (against != null) {
            return against(against, progress, out);
        }
        List<Candidate> chosen = chosen();
        try (Stopped interrupted = Stopped.onSignal();
                Folders folders = Folders.make(dir == null ? besideTheBuild() : dir);
                Bench bench = new Bench(plan(), progress, interrupted)) {
            Machine machine = Machine.here(folders);
            warn(machine, spec.commandLine().getErr());
            bench.open(chosen, folders);
            Result result = bench.run(machine, command, folders);
            Table.print(result, out);
            if (result.cutShort()) {
                return UNAVAILABLE; // half a run takes no whole one's place
            }
            if (json != null) {
                ResultJson.write(result, json);
            }
            if (report != null) {
                ResultsPage.write(result, report);
            }
            return result.whole() ? OK : VIOLATED;
        }
    }

    private int against(String revision, Progress progress, PrintWriter out) throws IOException {
        Checkout checkout = Checkout.find()
                .orElseThrow(() -> new IOException("--against compares commits, and this is no checkout of git's"));
        Path ownJar = checkout.home().resolve("benchmarks/target/quick/benchmarks.jar");
        try (Stopped interrupted = Stopped.onSignal();
                Folders folders = Folders.make(dir == null ? besideTheBuild() : dir)) {
            warn(Machine.here(folders), spec.commandLine().getErr());
            boolean held =
                    new Against(checkout, progress, interrupted).run(revision, ownJar, plan(), folders.disk(), out);
            return interrupted.getAsBoolean() ? UNAVAILABLE : held ? OK : VIOLATED;
        }
    }

    /** The floors are always among them: without one a figure says little. */
    private List<Candidate> chosen() {
        List<String> names = Paths.all().stream().map(Candidate::name).toList();
        for (String name : only) {
            if (!names.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(), "there is no path " + name + "; there are " + String.join(", ", names));
            }
        }
        return Paths.all().stream()
                .filter(path -> only.isEmpty() || only.contains(path.name()) || path.isFloor())
                .toList();
    }

    private Plan plan() {
        Plan plan = quick ? Plan.QUICK : Plan.WHOLE;
        return loss ? plan.withLoss() : plan;
    }

    static Path besideTheBuild() {
        return Path.of(System.getProperty("tocsin.home", ".")).resolve("target/bench");
    }

    static void warn(Machine machine, PrintWriter err) {
        if (machine.disk().equals("tmpfs")) {
            err.println("tocsin: the folder is in memory, where a sync costs nothing: choose another with --dir");
        }
        if (machine.load() > 1) {
            err.printf("tocsin: the machine is busy (load %.1f): figures will be too high%n", machine.load());
        }
        err.flush();
    }
}
