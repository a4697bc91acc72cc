package dev.tocsin.simulator.cli;

import dev.tocsin.sdk.config.Durations;
import dev.tocsin.sdk.config.Problem;
import dev.tocsin.sdk.config.TomlTable;
import dev.tocsin.simulator.scenario.BuiltIn;
import dev.tocsin.simulator.scenario.Reading;
import dev.tocsin.simulator.scenario.Scenario;
import dev.tocsin.simulator.scenario.ScenarioFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code tocsin run}: plays a scenario and judges it. */
@Command(
        name = "run",
        description = {
            "Plays a scenario, and says whether what it expects held.",
            "In the real world: real firmware on desk boards, real DTLS on loopback sockets, real ledgers.",
            "In the virtual world: the same programs under a virtual clock, network, disk and board; the same seed gives the",
            "same run, byte for byte. A seed that does not hold is told with the command that replays it, and shrunk to a",
            "small scenario file that fails the same way."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = Exit.LIST_HEADING,
        exitCodeList = {
            "  0:everything held",
            "  1:an expectation was violated",
            "  2:the scenario or an option cannot be used",
            "  3:too little happened to say",
            "  4:the same seed gave two digests",
            " 69:this machine does not give what is needed: a socket, a disk, a JDK",
            "130:stopped by Ctrl-C; what had happened so far is told"
        })
final class RunCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "SCENARIO",
            defaultValue = BuiltIn.DEFAULT,
            completionCandidates = BuiltInNames.class,
            description = "a name from 'tocsin scenarios', or a file; default: ${DEFAULT-VALUE}")
    private String scenario = BuiltIn.DEFAULT;

    @Option(
            names = "--world",
            paramLabel = "WORLD",
            completionCandidates = Worlds.class,
            description = {
                "virtual: time passes as fast as it can be computed, every fault can be had;",
                "real: real time, real sockets. Default: what the scenario is meant for"
            })
    private @Nullable String world;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "counties, or with --runs seeds, that are played side by side; default: one a core; virtual world only")
    private @Nullable Integer threads;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where recordings are; default: $TOCSIN_DATA, else ../shared/data")
    private @Nullable Path data;

    @Mixin
    private SeedOptions seeds = new SeedOptions();

    @Option(names = "--report", paramLabel = "DIR", description = "writes index.html, result.json and junit.xml there")
    private @Nullable Path report;

    @Mixin
    private FleetOptions fleet = new FleetOptions();

    @Option(names = "--centres-as-processes", description = "gives each centre a process of its own; real world only")
    private boolean centresAsProcesses;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description =
                    "keeps keys, configurations, journals and ledgers there; must be empty or new; real world only")
    private @Nullable Path keep;

    private static final List<String> WORLDS = List.of("real", "virtual");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        if (world != null && !WORLDS.contains(world)) {
            throw misuse("there is no world " + world + "; " + TomlTable.hintFor(world, WORLDS));
        }
        if (threads != null && threads < 1) {
            throw misuse("--threads is out of range: 1 or more");
        }
        return switch (read()) {
            case Reading.Refused(List<Problem> problems) -> {
                Complaints.print(problems, err);
                yield Exit.INVALID;
            }
            case Reading.Read(Scenario read) -> run(read);
        };
    }

    private Reading read() {
        Path file = Path.of(scenario);
        return BuiltIn.read(scenario).orElseGet(() -> {
            if (!scenario.endsWith(".yaml") && !scenario.endsWith(".yml") && !Files.exists(file)) {
                String hint = TomlTable.hintFor(scenario, BuiltIn.NAMES);
                throw misuse("there is no scenario " + scenario + "; " + hint + (hint.endsWith("?") ? "" : ".")
                        + " A file of your own is named by its path.");
            }
            return ScenarioFile.read(file);
        });
    }

    private int run(Scenario read) throws IOException {
        Scenario adjusted = fleet.adjusted(seeds.adjusted(read, this::misuse), this::misuse);
        boolean virtual = world == null ? !adjusted.run().real() : world.equals("virtual");
        checkWorld(virtual);
        PrintWriter err = spec.commandLine().getErr();
        RunOutput output =
                new RunOutput(spec.commandLine().getOut(), err, Optional.ofNullable(report), replay(virtual));
        if (virtual) {
            checkFolders();
            int hands = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
            SecondPlay second =
                    new SecondPlay(output.replay().words(adjusted.run().seed()), hands);
            return new VirtualPlay(seeds, dataFolder(), hands, output, err, second::digest).play(adjusted);
        }
        seeds.checkReal(this::misuse);
        checkFolders();
        return new RealPlay(dataFolder(), keep, centresAsProcesses, output, err).play(adjusted);
    }

    private RunOutput.Replay replay(boolean virtual) {
        List<String> others = new ArrayList<>(fleet.words());
        if (seeds.swarm) {
            others.addFirst("--swarm");
        }
        if (centresAsProcesses) {
            others.add("--centres-as-processes");
        }
        return new RunOutput.Replay(
                scenario,
                virtual ? "virtual" : "real",
                data == null ? List.of() : List.of("--data", data.toString()),
                others);
    }

    /** So that nobody waits for a run whose results cannot be written. */
    private void checkFolders() {
        if (report != null) {
            refuse(Outputs.folder("--report", report));
        }
        if (keep != null) {
            if (!WorkFolder.isFree(keep)) {
                throw misuse("--keep " + keep + " is no empty folder: name a new one");
            }
            refuse(Outputs.folder("--keep", keep));
        }
    }

    private void refuse(Optional<String> trouble) {
        trouble.ifPresent(what -> {
            throw misuse(what);
        });
    }

    /** What only one of the worlds has must not be asked of the other in vain. */
    private void checkWorld(boolean virtual) {
        if (virtual && (keep != null || centresAsProcesses)) {
            throw misuse((keep != null ? "--keep" : "--centres-as-processes")
                    + " needs the real world, where there are files and processes: add --world real");
        }
        if (!virtual && threads != null) {
            throw misuse("--threads needs the virtual world: the real one plays one fleet in real time");
        }
    }

    private Path dataFolder() {
        if (data != null) {
            if (!Files.isDirectory(data)) {
                throw misuse("--data " + data + " is no folder; leave it out to play synthetic contacts");
            }
            return data;
        }
        String environment = System.getenv("TOCSIN_DATA");
        if (environment != null && !environment.isEmpty()) {
            return Path.of(environment);
        }
        Path beside = Path.of("..", "shared", "data");
        return Optional.ofNullable(System.getProperty("tocsin.home"))
                .map(home -> Path.of(home).resolve(beside).normalize())
                .filter(Files::isDirectory)
                .orElse(beside);
    }

    private ParameterException misuse(String what) {
        return new ParameterException(spec.commandLine(), what);
    }

    /** For the shell's completion. */
    static final class Worlds implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return WORLDS.iterator();
        }
    }

    /** Reads durations with their unit. */
    static final class DurationOption implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return Durations.parse(text)
                    .orElseThrow(
                            () -> new TypeConversionException("'" + text + "' is no duration; one looks like 10s"));
        }
    }
}
