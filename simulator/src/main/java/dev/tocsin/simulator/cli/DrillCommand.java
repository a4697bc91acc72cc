package dev.tocsin.simulator.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tocsin.sdk.config.Durations;
import dev.tocsin.sdk.crypto.PlatformEntropy;
import dev.tocsin.sdk.model.DrillOrder;
import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.centre.Plain;
import dev.tocsin.simulator.centre.ledger.DrillPlan;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.EntryType;
import dev.tocsin.simulator.centre.ledger.LedgerView;
import dev.tocsin.simulator.centre.ledger.Submission;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code tocsin centre drill}: orders a drill, beside the running centre. */
@Command(
        name = "drill",
        description = {
            "Orders a drill. The running centre hands it to each device with its next heartbeat, and at once where it can.",
            "Until it ends a single press there is a drill; held for 3 s, or pressed again within 10 s, it is live."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "[end ID | list]",
        subcommands = {DrillCommand.End.class, DrillCommand.Standing.class})
final class DrillCommand implements Callable<Integer> {

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

    @ParentCommand
    private CentreCommand parent = new CentreCommand();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    // required, but not for 'end'
    @Option(names = "--devices", paramLabel = "GLOB", description = "ids of the devices; * stands for anything")
    private String devices = "";

    @Option(names = "--for", paramLabel = "TIME", converter = Times.class, description = "how long; at most 2h")
    private @Nullable Duration lasts;

    @Option(
            names = "--in",
            paramLabel = "TIME",
            converter = Times.class,
            description = "how long until it begins; at most 1h, default: at once")
    private Duration after = Duration.ZERO;

    @Option(names = "--by", paramLabel = "NAME", description = "who orders it")
    private String by = "";

    @Option(names = "--at", paramLabel = "TEXT", defaultValue = "", description = "where it is, in a few words")
    private String places = "";

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        Optional<String> wrong = wrong();
        if (wrong.isPresent()) {
            err.println(wrong.get());
            return Exit.INVALID;
        }
        Instant now = new SystemClock().wallTime().truncatedTo(ChronoUnit.SECONDS);
        String name = NAME.format(now) + "-" + String.format("%04x", new PlatformEntropy().nextLong() & 0xffff);
        Instant begins = now.plus(after);
        Instant ends = begins.plus(Objects.requireNonNull(lasts));
        DrillPlan plan = new DrillPlan(name, devices, begins, ends, Plain.line(places));
        List<String> drilled = parent.source().drilled(plan, err);
        if (drilled.isEmpty()) {
            return Exit.INVALID;
        }
        int exit = parent.deed(spec, new Submission.BeginDrill(plan, Plain.line(by)));
        if (exit == Exit.OK) {
            PrintWriter out = spec.commandLine().getOut();
            out.println("for " + drilled.size() + (drilled.size() == 1 ? " device" : " devices") + " of the registry");
            out.flush();
        }
        return exit;
    }

    private Optional<String> wrong() {
        if (devices.isBlank() || by.isBlank() || lasts == null) {
            return Optional.of("a drill needs --devices GLOB, --for TIME and --by NAME");
        }
        if (lasts.isZero()) {
            return Optional.of("--for is out of range: more than nothing, at most 2h");
        }
        if (lasts.compareTo(DrillOrder.MAX_LASTS) > 0 || after.compareTo(DrillOrder.MAX_STARTS_AFTER) > 0) {
            return Optional.of("no device believes a drill of more than 2h, or one more than 1h ahead");
        }
        for (String text : List.of(devices, by, places)) {
            if (text.getBytes(UTF_8).length > DrillOrder.MAX_TEXT_BYTES) {
                return Optional.of("'" + Plain.line(text) + "' is too long: at most " + DrillOrder.MAX_TEXT_BYTES
                        + " bytes of UTF-8");
            }
        }
        return Optional.empty();
    }

    /** Reads durations. */
    static final class Times implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return Durations.parse(text)
                    .filter(d -> !d.isNegative())
                    .orElseThrow(() -> new TypeConversionException("'" + text + "' is no time; one looks like 15m"));
        }
    }

    /** {@code list}. */
    @Command(
            name = "list",
            description = "Shows drills that run or are to come, other centres' before this one's own.",
            mixinStandardHelpOptions = true)
    static final class Standing implements Callable<Integer> {

        @ParentCommand
        private DrillCommand drill = new DrillCommand();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            return drill.parent.source().open(spec.commandLine().getErr(), (ledger, registry) -> {
                List<String> drills = CentreCommand.openLines(ledger, registry).drills(new SystemClock().wallTime());
                drills.forEach(out::println);
                if (drills.isEmpty()) {
                    out.println("no drill runs or is to come");
                }
                out.flush();
                return Exit.OK;
            });
        }
    }

    /** {@code end}. */
    @Command(
            name = "end",
            description = "Ends a drill before its time, on every device that the centre can reach.",
            mixinStandardHelpOptions = true)
    static final class End implements Callable<Integer> {

        private static final int PAGE = 500;

        @ParentCommand
        private DrillCommand drill = new DrillCommand();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "ID", description = "the drill's name, as 'drill' showed it")
        private @Nullable String order;

        @Option(names = "--by", required = true, paramLabel = "NAME", description = "who ends it")
        private String by = "";

        @Override
        public Integer call() {
            PrintWriter err = spec.commandLine().getErr();
            AtomicReference<Optional<DrillPlan>> found = new AtomicReference<>(Optional.empty());
            int opened = drill.parent.source().open(err, (ledger, registry) -> {
                found.set(find(ledger));
                return Exit.OK;
            });
            if (opened != Exit.OK) {
                return opened;
            }
            if (found.get().isEmpty()) {
                err.println("no drill " + order + " in this ledger");
                return Exit.INVALID;
            }
            return drill.parent.deed(spec, new Submission.EndDrill(found.get().get(), Plain.line(by)));
        }

        private Optional<DrillPlan> find(LedgerView ledger) {
            long before = Long.MAX_VALUE;
            for (List<Entry> page = ledger.drills(before, PAGE); !page.isEmpty(); page = ledger.drills(before, PAGE)) {
                for (Entry entry : page) {
                    Optional<DrillPlan> plan =
                            DrillPlan.of(entry).filter(p -> p.order().equals(order));
                    if (plan.isPresent() && entry.type() == EntryType.DRILL_BEGUN) {
                        return plan;
                    }
                }
                before = page.getLast().number();
            }
            return Optional.empty();
        }
    }
}
