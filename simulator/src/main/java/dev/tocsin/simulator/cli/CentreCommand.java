package dev.tocsin.simulator.cli;

import dev.tocsin.sdk.config.Problem;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.centre.Plain;
import dev.tocsin.simulator.centre.coap.CentreServer;
import dev.tocsin.simulator.centre.config.CentreConfig;
import dev.tocsin.simulator.centre.console.EntryLines;
import dev.tocsin.simulator.centre.console.OpenLines;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.EntryType;
import dev.tocsin.simulator.centre.ledger.Ledger;
import dev.tocsin.simulator.centre.ledger.LedgerView;
import dev.tocsin.simulator.centre.ledger.Outcome;
import dev.tocsin.simulator.centre.ledger.Submission;
import dev.tocsin.simulator.centre.ledger.Verdict;
import dev.tocsin.simulator.centre.registry.Registry;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code tocsin centre}: runs an alarm-receiving centre, and lets people work beside it. */
@Command(
        name = "centre",
        description = {
            "Runs an alarm-receiving centre until it is told to stop (Ctrl-C).",
            "Its subcommands work beside it, on the same ledger: what they write is seen within a second, and the device"
                    + " that raised the alarm is told."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "[COMMAND]",
        subcommands = {
            CentreCommand.Accept.class,
            CentreCommand.Close.class,
            CentreCommand.ListOpen.class,
            EvidenceCommand.class,
            DrillCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  tocsin centre --config police.yaml",
            "  tocsin centre list --config police.yaml",
            "  tocsin centre accept school-007/button-3:12.4:9f3c2a11d05b7e60 --by Li",
            "  tocsin centre close school-007/button-3:12.4:9f3c2a11d05b7e60 --as real",
            "      --why \"two pupils fought\" --by Li --config police.yaml",
            "  tocsin centre evidence school-007/rail-1:3.9:9f3c2a11d05b7e60 --csv rail.csv --config police.yaml",
            "  tocsin centre drill --devices 'school-007/*' --for 15m --in 5m --by Zhang --config education.yaml",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:done",
            " 2:an option, a file or an alarm id cannot be used",
            "69:the machine does not do what is needed: the disk, a socket"
        })
public final class CentreCommand implements Callable<Integer> {

    @Mixin
    private LedgerSource source = new LedgerSource();

    /** Which centre it is about. */
    LedgerSource source() {
        return source;
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        if (source.namesLedger()) {
            err.println("a centre runs from its configuration: --config FILE");
            return Exit.INVALID;
        }
        Optional<CentreConfig> config = LedgerSource.orPrint(CentreConfig.load(source.config()), err);
        if (config.isEmpty()) {
            source.hint(err);
        }
        return config.map(c -> run(c, err)).orElse(Exit.INVALID);
    }

    private int run(CentreConfig config, PrintWriter err) {
        PrintWriter out = spec.commandLine().getOut();
        AtomicReference<EntryLines> lines = new AtomicReference<>();
        CentreServer.Starting starting = CentreServer.start(config, new SystemClock(), entry -> {
            EntryLines now = lines.get();
            if (now != null && entry.type() != EntryType.BOOT) {
                say(out, now.line(entry));
            }
        });
        return switch (starting) {
            case CentreServer.Starting.Failed(List<Problem> problems) -> {
                problems.forEach(err::println);
                yield Exit.INVALID;
            }
            case CentreServer.Starting.Unavailable(Problem problem) -> {
                err.println(problem);
                yield Exit.UNAVAILABLE;
            }
            case CentreServer.Starting.Started(CentreServer server) -> {
                lines.set(new EntryLines(Ansi.AUTO.enabled(), ZoneId.systemDefault(), server.registry()));
                say(
                        out,
                        "centre " + config.name() + " listens on "
                                + (config.dtls().isPresent() ? "coaps" : "coap") + "://"
                                + server.localAddress().getHostString() + ":"
                                + server.localAddress().getPort() + ", devices: "
                                + server.registry().devices().size() + ", ledger "
                                + config.files().ledger() + " at entry "
                                + server.ledger().head().number()
                                + server.enrolmentAddress()
                                        .map(at ->
                                                "; devices enrol at coaps://" + at.getHostString() + ":" + at.getPort())
                                        .orElse(""));
                untilTold(server);
                say(out, "stopped; the ledger is closed");
                yield Exit.OK;
            }
        };
    }

    /** A signal runs the shutdown hooks: this one waits until the ledger is closed. */
    private static void untilTold(CentreServer server) {
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.countDown();
            awaitUninterrupted(stopped);
        }));
        awaitUninterrupted(stop);
        server.close();
        stopped.countDown();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }

    /** Writes one deed of a person and says what came of it. */
    int deed(CommandSpec command, Submission submission) {
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        return source.open(err, (ledger, registry) -> {
            EntryLines lines = new EntryLines(Ansi.AUTO.enabled(), ZoneId.systemDefault(), registry);
            return switch (submit(ledger, submission)) {
                case Outcome.Committed(Entry entry, boolean before)
                when submission instanceof Submission.Accept && entry.type() == EntryType.CLOSED -> {
                    err.println("already closed: " + lines.line(entry));
                    yield Exit.INVALID;
                }
                case Outcome.Committed(Entry entry, boolean before) -> {
                    say(out, (before ? "already so: " : "") + lines.line(entry));
                    yield Exit.OK;
                }
                case Outcome.NoSuchAlarm(AlarmId alarm) -> {
                    err.println("no alarm " + alarm + " in this ledger; 'tocsin centre list' shows the open ones");
                    yield Exit.INVALID;
                }
                case Outcome.Failed(String why) -> {
                    err.println(why);
                    yield Exit.UNAVAILABLE;
                }
                case Outcome.Busy b -> Exit.UNAVAILABLE;
                case Outcome.Unchanged u -> {
                    say(out, "already so");
                    yield Exit.OK;
                }
            };
        });
    }

    /** What a duty officer has to know, from an open ledger. */
    static OpenLines openLines(LedgerView ledger, Registry registry) {
        EntryLines lines = new EntryLines(Ansi.AUTO.enabled(), ZoneId.systemDefault(), registry);
        return new OpenLines(ledger, registry, lines);
    }

    private static Outcome submit(Ledger ledger, Submission submission) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        ledger.submit(submission, outcome::complete);
        return outcome.join();
    }

    private static void notBlank(CommandSpec command, String option, String text, String hint) {
        if (text.isBlank()) {
            throw new ParameterException(command.commandLine(), option + " is empty; give " + hint);
        }
    }

    /** A number of lines to show. */
    static int atLeastOne(CommandSpec command, int limit) {
        if (limit < 1) {
            throw new ParameterException(command.commandLine(), "--limit is out of range: 1 or more");
        }
        return limit;
    }

    /** Reads alarm ids. */
    static final class AlarmIds implements ITypeConverter<AlarmId> {
        @Override
        public AlarmId convert(String text) {
            return AlarmId.parse(text)
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + text + "' is no alarm id; one looks like school-007/button-3:12.4:9f3c2a11d05b7e60"));
        }
    }

    /** Reads verdicts, in lower case. */
    static final class Verdicts implements ITypeConverter<Verdict> {
        @Override
        public Verdict convert(String text) {
            for (Verdict verdict : Verdict.values()) {
                if (verdict.word().equals(text)) {
                    return verdict;
                }
            }
            throw new TypeConversionException("'" + text + "' is none of real, false, test");
        }
    }

    /** For the shell's completion. */
    static final class VerdictWords implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(Verdict.values()).map(Verdict::word).iterator();
        }
    }

    /** {@code accept}. */
    @Command(
            name = "accept",
            description = {
                "Takes an alarm on, in a person's name, and with it what updates it.",
                "The device gets a signed receipt, at once where it can be reached, else with its next heartbeat."
            },
            mixinStandardHelpOptions = true)
    static final class Accept implements Callable<Integer> {

        @ParentCommand
        private CentreCommand parent = new CentreCommand();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "ID", converter = AlarmIds.class, description = "the alarm's id, as 'list' shows it")
        private @Nullable AlarmId alarm;

        @Option(names = "--by", required = true, paramLabel = "NAME", description = "who takes it on")
        private String by = "";

        @Override
        public Integer call() {
            notBlank(spec, "--by", by, "the name of who takes it on: it goes on record");
            return alarm == null ? Exit.INVALID : parent.deed(spec, new Submission.Accept(alarm, Plain.line(by)));
        }
    }

    /** {@code close}. */
    @Command(
            name = "close",
            description = "Closes an alarm, and with it what updates it; pressing again opens it again.",
            mixinStandardHelpOptions = true)
    static final class Close implements Callable<Integer> {

        @ParentCommand
        private CentreCommand parent = new CentreCommand();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "ID", converter = AlarmIds.class, description = "the alarm's id, as 'list' shows it")
        private @Nullable AlarmId alarm;

        @Option(
                names = "--as",
                required = true,
                paramLabel = "real|false|test",
                converter = Verdicts.class,
                completionCandidates = VerdictWords.class,
                description = "what it was: meant and with cause; without cause; someone tested")
        private Verdict as = Verdict.REAL;

        @Option(names = "--why", required = true, paramLabel = "TEXT", description = "what happened, in a sentence")
        private String why = "";

        @Option(names = "--by", required = true, paramLabel = "NAME", description = "who closes it")
        private String by = "";

        @Override
        public Integer call() {
            notBlank(spec, "--why", why, "what happened, in a sentence: it goes on record");
            notBlank(spec, "--by", by, "the name of who closes it: it goes on record");
            return alarm == null
                    ? Exit.INVALID
                    : parent.deed(spec, new Submission.Close(alarm, as, Plain.line(why), Plain.line(by)));
        }
    }

    /** {@code list}. */
    @Command(
            name = "list",
            description = {
                "Shows the alarms that nobody has closed yet, newest first, who has accepted each and whether it was reset on"
                        + " the spot; before them drills that run or are to come, and devices that are silent.",
                "An alarm is real all the same: no drill alarm comes to a centre that takes no drills."
            },
            mixinStandardHelpOptions = true)
    static final class ListOpen implements Callable<Integer> {

        @ParentCommand
        private CentreCommand parent = new CentreCommand();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "how many; default: 50")
        private int limit = 50;

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            int most = atLeastOne(spec, limit);
            return parent.source.open(spec.commandLine().getErr(), (ledger, registry) -> {
                OpenLines lines = openLines(ledger, registry);
                lines.drills(new SystemClock().wallTime()).forEach(line -> say(out, line));
                lines.offline().forEach(line -> say(out, line));
                List<String> open = lines.alarms(most);
                open.forEach(line -> say(out, line));
                if (open.isEmpty()) {
                    say(out, "no open alarm");
                } else if (open.size() == most) {
                    say(out, "… there may be more: --limit N");
                }
                return Exit.OK;
            });
        }
    }
}
