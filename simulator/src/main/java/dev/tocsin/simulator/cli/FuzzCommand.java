package dev.tocsin.simulator.cli;

import dev.tocsin.sdk.config.TomlTable;
import dev.tocsin.simulator.fuzz.FuzzRun;
import dev.tocsin.simulator.fuzz.FuzzTarget;
import dev.tocsin.simulator.fuzz.FuzzTargets;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin fuzz}: bytes that nobody meant, to every reader of bytes from outside. */
@Command(
        name = "fuzz",
        description = {
            "Feeds readers of bytes from outside (datagrams, signed messages, journals, configurations, recordings) with"
                    + " bytes that Jazzer chooses by what they reach. An exception that no reader documents, more than a second"
                    + " for one input, or memory that grows is a finding: the input is kept.",
            "The time is shared by the targets, one after the other, each a process of its own."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = Exit.LIST_HEADING,
        exitCodeList = {
            "  0:nothing was found",
            "  1:something was found; the inputs are kept",
            "  2:an option is wrong",
            "130:stopped by Ctrl-C; nothing was found until then"
        })
final class FuzzCommand implements Callable<Integer> {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    @Parameters(
            arity = "0..*",
            paramLabel = "TARGET",
            completionCandidates = Names.class,
            description = "which ones; default: all")
    private List<String> names = List.of();

    @Option(names = "--list", description = "says what there is, and feeds nothing")
    private boolean list;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "5m",
            converter = RunCommand.DurationOption.class,
            description = "in all, like 90s, 10m or 1h; default: ${DEFAULT-VALUE}")
    private Duration time = Duration.ofMinutes(5);

    @Option(
            names = "--corpus",
            paramLabel = "DIR",
            description = "what was worth keeping goes there, a folder a target, and is begun with the next time;"
                    + " default: a folder that goes again")
    private @Nullable Path corpus;

    @Option(
            names = "--findings",
            paramLabel = "DIR",
            defaultValue = "fuzz-findings",
            description = "inputs that broke something; default: ${DEFAULT-VALUE}")
    private Path findings = Path.of("fuzz-findings");

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "what chance begins with, so that two runs go much the same way; default: another one each time")
    private int seed;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<FuzzTarget> targets = chosen();
        if (list) {
            targets.forEach(t -> out.printf("%-16s %s%n", t.name(), t.what()));
            out.flush();
            return Exit.OK;
        }
        Duration share = time.dividedBy(targets.size());
        if (share.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new ParameterException(
                    spec.commandLine(), "--for: a second a target at least, so " + targets.size() + "s or more");
        }
        out.printf("… %d targets, %d s each%n", targets.size(), share.toSeconds());
        out.flush();
        Path kept = corpus == null ? Files.createTempDirectory("tocsin-corpus") : corpus;
        try (Interrupt interrupt = Interrupt.onSignal()) {
            return feed(targets, share, kept, interrupt);
        } finally {
            if (corpus == null) {
                Folders.delete(kept);
            }
        }
    }

    private int feed(List<FuzzTarget> targets, Duration share, Path kept, Interrupt interrupt) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        AtomicReference<@Nullable Process> running = new AtomicReference<>();
        interrupt.onCome(() -> Optional.ofNullable(running.get()).ifPresent(Process::destroy));
        long inputs = 0;
        List<String> found = new ArrayList<>();
        for (FuzzTarget target : targets) {
            if (interrupt.came()) {
                break;
            }
            long[] lineNs = {System.nanoTime()};
            FuzzRun.Result result = new FuzzRun(OwnCommand.java(), target, kept.resolve(target.name()), findings, seed)
                    .play(share, running::set, status -> {
                        long nowNs = System.nanoTime();
                        if (nowNs - lineNs[0] >= BETWEEN_LINES.toNanos()) {
                            lineNs[0] = nowNs;
                            out.println("… " + line(target, status));
                            out.flush();
                        }
                    });
            inputs += result.last().inputs();
            out.println(Ansi.AUTO.string((result.finding().isEmpty() ? "@|green held |@ " : "@|bold,red FOUND|@ "))
                    + line(target, result.last()));
            result.finding().ifPresent(file -> {
                found.add(target.name() + ": " + file);
                result.said().forEach(said -> out.println("      " + said));
            });
            out.flush();
        }
        out.printf(Locale.ROOT, "%n%,d inputs; %s%n", inputs, found.isEmpty() ? "nothing found" : "found:");
        found.forEach(out::println);
        out.flush();
        return !found.isEmpty() ? Exit.VIOLATED : Exit.OK;
    }

    private static String line(FuzzTarget target, FuzzRun.Status s) {
        return String.format(
                Locale.ROOT,
                "%-16s %,12d inputs, %,8d a second, %,6d features, %,5d worth keeping, %,d MB",
                target.name(),
                s.inputs(),
                s.perSecond(),
                s.features(),
                s.kept(),
                s.memoryMb());
    }

    private List<FuzzTarget> chosen() {
        if (names.isEmpty()) {
            return FuzzTargets.ALL;
        }
        List<String> known = FuzzTargets.ALL.stream().map(FuzzTarget::name).toList();
        return names.stream()
                .map(name -> FuzzTargets.named(name)
                        .orElseThrow(() -> new ParameterException(
                                spec.commandLine(),
                                "there is no target " + name + "; " + TomlTable.hintFor(name, known))))
                .toList();
    }

    /** For completion in a shell. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return FuzzTargets.ALL.stream().map(FuzzTarget::name).iterator();
        }
    }
}
