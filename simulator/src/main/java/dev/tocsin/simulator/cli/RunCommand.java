package dev.tocsin.simulator.cli;

import dev.tocsin.sdk.config.Durations;
import dev.tocsin.sdk.config.Problem;
import dev.tocsin.sdk.config.TomlTable;
import dev.tocsin.sdk.session.AlarmTiming;
import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.check.Verdict;
import dev.tocsin.simulator.report.HtmlReport;
import dev.tocsin.simulator.report.JUnitXml;
import dev.tocsin.simulator.report.Provenance;
import dev.tocsin.simulator.report.ResultJson;
import dev.tocsin.simulator.report.RunReport;
import dev.tocsin.simulator.report.Summary;
import dev.tocsin.simulator.run.Progress;
import dev.tocsin.simulator.run.RealWorldRun;
import dev.tocsin.simulator.run.VirtualRun;
import dev.tocsin.simulator.scenario.BuiltIn;
import dev.tocsin.simulator.scenario.Fleet;
import dev.tocsin.simulator.scenario.Reading;
import dev.tocsin.simulator.scenario.Scenario;
import dev.tocsin.simulator.scenario.ScenarioFile;
import dev.tocsin.simulator.world.jvm.Determinism;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ITypeConverter;
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
            "In the real world: real firmware on desk boards, real DTLS on loopback sockets, real ledgers."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = Exit.LIST_HEADING,
        exitCodeList = {
            "  0:everything held",
            "  1:an expectation was violated",
            "  2:the scenario or an option cannot be used",
            "  3:too little happened to say",
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
            description = "counties of a virtual run that are played side by side; default: one a core")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where recordings are; default: $TOCSIN_DATA, else ../shared/data")
    private @Nullable Path data;

    @Option(names = "--seed", paramLabel = "N", description = "another seed than the scenario's")
    private @Nullable Long seed;

    @Option(names = "--report", paramLabel = "DIR", description = "writes index.html, result.json and junit.xml there")
    private @Nullable Path report;

    @Option(names = "--devices", paramLabel = "N", description = "another number of devices than the scenario's")
    private @Nullable Integer devices;

    @Option(
            names = "--heartbeat",
            paramLabel = "DURATION",
            converter = DurationOption.class,
            description = "another heartbeat period than the scenario's, such as 10s")
    private @Nullable Duration heartbeat;

    @Option(
            names = "--alarm-timing",
            paramLabel = "TIMING",
            completionCandidates = Timings.class,
            description = "when devices send alarms again: quick, or rfc7252 to compare with; virtual world only")
    private @Nullable String alarmTiming;

    @Option(names = "--centres-as-processes", description = "gives each centre a process of its own")
    private boolean centresAsProcesses;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "keeps keys, configurations, journals and ledgers there; must be empty or new")
    private @Nullable Path keep;

    private static final SortedMap<String, AlarmTiming> TIMINGS =
            new TreeMap<>(Map.of("quick", AlarmTiming.QUICK, "rfc7252", AlarmTiming.RFC_7252));

    private static final List<String> WORLDS = List.of("real", "virtual");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        if (world != null && !WORLDS.contains(world)) {
            throw misuse("there is no world " + world + "; " + TomlTable.hintFor(world, WORLDS));
        }
        if (threads < 1) {
            throw misuse("--threads is out of range: 1 or more");
        }
        return switch (read()) {
            case Reading.Refused(List<Problem> problems) -> {
                problems.forEach(err::println);
                yield Exit.INVALID;
            }
            case Reading.Read(Scenario read) -> run(adjusted(read));
        };
    }

    private Reading read() {
        Path file = Path.of(scenario);
        return BuiltIn.read(scenario).orElseGet(() -> {
            if (!scenario.endsWith(".yaml") && !scenario.endsWith(".yml") && !Files.exists(file)) {
                throw misuse("there is no scenario " + scenario + "; " + TomlTable.hintFor(scenario, BuiltIn.NAMES)
                        + " A file of your own is named by its path.");
            }
            return ScenarioFile.read(file);
        });
    }

    private Scenario adjusted(Scenario read) {
        if (seed != null && seed < 0) {
            throw misuse("--seed is out of range: 0 or more");
        }
        Scenario adjusted = seed == null ? read : read.withSeed(seed);
        Fleet fleet = adjusted.fleet();
        if (heartbeat != null) {
            if (heartbeat.compareTo(Duration.ofSeconds(1)) < 0 || heartbeat.compareTo(Duration.ofHours(1)) > 0) {
                throw misuse("--heartbeat is out of range: 1s to 1h");
            }
            fleet = fleet.withHeartbeat(heartbeat);
        }
        if (devices != null) {
            if (devices < 1 || devices > Fleet.MAX_DEVICES) {
                throw misuse("--devices is out of range: 1 to " + Fleet.MAX_DEVICES);
            }
            fleet = fleet.withDevices(
                    switch (fleet.devices()) {
                        case Fleet.Schools schools -> new Fleet.Total(devices, schools.most());
                        case Fleet.Total total -> new Fleet.Total(devices, total.perSchool());
                        case Fleet.Named named ->
                            throw misuse("--devices needs a scenario with schools; this one names its devices");
                    });
        }
        if (alarmTiming != null) {
            AlarmTiming timing = TIMINGS.get(alarmTiming);
            if (timing == null) {
                throw misuse("there is no alarm timing " + alarmTiming + "; "
                        + TomlTable.hintFor(alarmTiming, List.copyOf(TIMINGS.keySet())));
            }
            fleet = fleet.withTiming(timing);
        }
        return adjusted.withFleet(fleet);
    }

    private int run(Scenario adjusted) throws IOException {
        boolean virtual = world == null ? !adjusted.run().real() : world.equals("virtual");
        return virtual ? runVirtual(adjusted) : runReal(adjusted);
    }

    private int runVirtual(Scenario adjusted) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        checkFolders();
        Determinism.install();
        try (Interrupt interrupt = Interrupt.onSignal()) {
            return switch (VirtualRun.run(
                    adjusted, dataFolder(), threads, new SystemClock(), progress(out), interrupt::came)) {
                case VirtualRun.Result.Refused(List<Problem> problems) -> {
                    problems.forEach(err::println);
                    yield Exit.INVALID;
                }
                case VirtualRun.Result.Reported(RunReport r) -> {
                    write(r);
                    if (r.verdict() == Verdict.VIOLATED) {
                        out.println("seed " + r.seed() + "; replay: "
                                + provenance(r).replay());
                    }
                    out.flush();
                    yield Exit.of(r.verdict());
                }
            };
        }
    }

    private static Progress progress(PrintWriter out) {
        return Ansi.AUTO.enabled() ? new TerminalProgress(out) : new PlainProgress(out);
    }

    private int runReal(Scenario adjusted) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        checkFolders();
        try (Interrupt interrupt = Interrupt.onSignal(); // closed last: until then a signal waits
                WorkFolder folder = WorkFolder.open(keep)) {
            Progress progress = progress(out);
            RealWorldRun.Options options =
                    new RealWorldRun.Options(dataFolder(), folder.path(), centresAsProcesses, OwnCommand.line());
            return switch (RealWorldRun.run(adjusted, options, new SystemClock(), progress, interrupt::came)) {
                case RealWorldRun.Result.Refused(List<Problem> problems) -> {
                    problems.forEach(err::println);
                    yield Exit.INVALID;
                }
                case RealWorldRun.Result.Failed(String why) -> {
                    err.println("tocsin: " + why);
                    folder.keep();
                    err.println("what there is of it is in " + folder.path());
                    yield Exit.UNAVAILABLE;
                }
                case RealWorldRun.Result.Reported(RunReport r) -> {
                    tell(r, folder);
                    yield Exit.of(r.verdict());
                }
            };
        }
    }

    /** So that nobody waits for a run whose results cannot be written. */
    private void checkFolders() {
        if (report != null) {
            try {
                Files.createDirectories(report);
            } catch (IOException e) {
                throw misuse("--report " + report + " cannot be made: name a folder that this user may write");
            }
        }
        if (keep != null && !WorkFolder.isFree(keep)) {
            throw misuse("--keep " + keep + " is no empty folder: name a new one");
        }
    }

    private void tell(RunReport r, WorkFolder folder) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        write(r);
        if (r.verdict() == Verdict.VIOLATED) {
            folder.keep();
            out.println("seed " + r.seed() + "; journals and ledgers are in " + folder.path());
        }
        out.flush();
    }

    private void write(RunReport r) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Summary.of(r).forEach(line -> out.println(Ansi.AUTO.string(line)));
        if (report != null) {
            ResultJson.write(r, report.resolve("result.json"));
            JUnitXml.write(r, report.resolve("junit.xml"));
            HtmlReport.write(r, provenance(r), report.resolve("index.html"));
            out.println("report in " + report.resolve("index.html"));
        }
    }

    private Provenance provenance(RunReport r) {
        StringBuilder replay = new StringBuilder("./tocsin run " + quoted(scenario));
        replay.append(" --world ").append(r.world()).append(" --seed ").append(r.seed());
        if (data != null) {
            replay.append(" --data ").append(quoted(data.toString()));
        }
        if (devices != null) {
            replay.append(" --devices ").append(devices);
        }
        if (heartbeat != null) {
            replay.append(" --heartbeat ").append(heartbeat.toMillis()).append("ms");
        }
        if (alarmTiming != null) {
            replay.append(" --alarm-timing ").append(alarmTiming);
        }
        if (centresAsProcesses) {
            replay.append(" --centres-as-processes");
        }
        return new Provenance(Main.VERSION, SourceCommit.find(), replay.toString());
    }

    /** As a shell takes it for one word. */
    private static String quoted(String word) {
        return word.matches("[\\w./:@%+=,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
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

    /** For the shell's completion. */
    static final class Timings implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return TIMINGS.keySet().iterator();
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
