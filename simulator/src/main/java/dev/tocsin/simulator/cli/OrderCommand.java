package dev.tocsin.simulator.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tocsin.sdk.config.Durations;
import dev.tocsin.sdk.config.TomlTable;
import dev.tocsin.sdk.model.DeviceOrder;
import dev.tocsin.sdk.model.OrderKind;
import dev.tocsin.sdk.model.OrderResult;
import dev.tocsin.sdk.model.OrderTask;
import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.centre.Plain;
import dev.tocsin.simulator.centre.console.EntryLines;
import dev.tocsin.simulator.centre.ledger.Ledger;
import dev.tocsin.simulator.centre.ledger.LedgerView;
import dev.tocsin.simulator.centre.ledger.OrderPlan;
import dev.tocsin.simulator.centre.ledger.OrderStanding;
import dev.tocsin.simulator.centre.ledger.Outcome;
import dev.tocsin.simulator.centre.ledger.Submission;
import dev.tocsin.simulator.centre.registry.RegisteredDevice;
import dev.tocsin.simulator.centre.registry.Registry;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin order}: has a device do something, beside the running centre. */
@Command(
        name = "order",
        description = {
            "Has one device do something, in a person's name. The running centre hands it over at once where it can reach the"
                    + " device, else in the answer to its next heartbeat; the device answers under its signature.",
            "What this centre may order is in the device's own configuration; 'tocsin orders' shows what came of it.",
            "",
            "  settings heartbeat=30s keep-alive=25s   rolled back unless the device reaches its centres",
            "  settings heartbeat=default keep-alive=off",
            "  locate                                  the lamp blinks long, long, short",
            "  self-test                               lamps, inputs, a TEST alarm to every centre",
            "  reboot                                  refused while an alarm is out",
            "  bypass SENSOR --for 1h                  what it raises is marked TEST; never a panic button",
            "  bypass SENSOR --end"
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  tocsin order school-007/button-3 locate --for 2m --by Li --config education.yaml",
            "  tocsin order school-007/button-3 settings heartbeat=30s --by Li --wait 5m --config education.yaml",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:ordered; with --wait: done",
            " 1:with --wait: refused, failed or expired",
            " 2:an option or a file cannot be used, or there is no such device",
            " 3:with --wait: no result yet",
            "69:the machine does not do what is needed: the disk"
        })
final class OrderCommand implements Callable<Integer> {

    private static final Duration LOOK = Duration.ofMillis(200);

    /** How long each waits for its device unless told otherwise: nobody looks for a lamp tomorrow. */
    private static final Map<OrderKind, Duration> WAITS = Map.of(OrderKind.LOCATE, Duration.ofMinutes(10));

    private static final Duration USUAL_WAIT = Duration.ofHours(24);

    @Mixin
    private LedgerSource source = new LedgerSource();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "DEVICE", description = "the device's id")
    private String device = "";

    @Parameters(index = "1", paramLabel = "WHAT", description = "settings, locate, self-test, reboot or bypass")
    private String what = "";

    @Parameters(
            index = "2..*",
            arity = "0..*",
            paramLabel = "DETAIL",
            description = "key=value of settings; a sensor's name")
    private List<String> more = List.of();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = DrillCommand.Times.class,
            description = "how long; locate: at most 10m, default 2m; bypass: at most 8h")
    private @Nullable Duration lasts;

    @Option(names = "--end", description = "bypass: ends it before its time")
    private boolean end;

    @Option(
            names = "--probation",
            paramLabel = "TIME",
            converter = DrillCommand.Times.class,
            description =
                    "settings: rolled back unless the centres are reached within this time; 10s to 1h, default 5m")
    private Duration probation = OrderTask.Adjust.USUAL_PROBATION;

    @Option(
            names = "--if-version",
            paramLabel = "N",
            description = "settings: only if the device's settings are of this version, as a result named it")
    private long base;

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            converter = DrillCommand.Times.class,
            description = "not begun any later; default: 24h, of locate 10m")
    private @Nullable Duration expires;

    @Option(names = "--by", required = true, paramLabel = "NAME", description = "who orders it")
    private String by = "";

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            converter = DrillCommand.Times.class,
            description = "wait so long for the device's result, and show it")
    private Duration wait = Duration.ZERO;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        OrderTask task = task();
        task.objection().ifPresent(why -> {
            throw misuse(why);
        });
        Duration left = expires == null ? WAITS.getOrDefault(task.kind(), USUAL_WAIT) : expires;
        if (left.isZero() || left.compareTo(DeviceOrder.MAX_WAIT) > 0) {
            throw misuse("--expires is out of range: more than nothing, at most 100d");
        }
        if (by.isBlank() || by.getBytes(UTF_8).length > DeviceOrder.MAX_TEXT_BYTES) {
            throw misuse("--by is empty or too long; give the name of who orders it: it goes on record");
        }
        if (source.namesLedger()) {
            err.println("an order is given with --config: it says whom this centre knows");
            return Exit.INVALID;
        }
        return source.open(err, (ledger, registry) -> {
            if (!isKnown(registry, err)) {
                return Exit.INVALID;
            }
            Instant until = new SystemClock().wallTime().plus(left).truncatedTo(ChronoUnit.SECONDS);
            return give(ledger, registry, new Submission.GiveOrder(device, task, until, Plain.line(by)));
        });
    }

    private boolean isKnown(Registry registry, PrintWriter err) {
        Optional<RegisteredDevice> known = registry.byId(device);
        if (known.isEmpty()) {
            String hint = TomlTable.hintFor(
                    device,
                    registry.devices().stream().map(RegisteredDevice::id).toList());
            err.println("no device " + Plain.line(device) + " in the registry"
                    + (hint.startsWith("did you mean") ? "; " + hint : ""));
        } else if (known.get().revoked()) {
            err.println(device + " is revoked: this centre talks to it no more");
        }
        return known.filter(d -> !d.revoked()).isPresent();
    }

    private int give(Ledger ledger, Registry registry, Submission.GiveOrder order) {
        PrintWriter out = spec.commandLine().getOut();
        CompletableFuture<Outcome> done = new CompletableFuture<>();
        ledger.submit(order, done::complete);
        return switch (done.join()) {
            case Outcome.Committed(var entry, boolean before) -> {
                out.println(new EntryLines(Ansi.AUTO.enabled(), ZoneId.systemDefault(), registry).line(entry));
                out.flush();
                yield wait.isZero()
                        ? Exit.OK
                        : OrderPlan.of(entry)
                                .map(plan -> waitFor(ledger, plan, out))
                                .orElse(Exit.INTERNAL);
            }
            case Outcome.Failed(String why) -> {
                spec.commandLine().getErr().println(why);
                yield Exit.UNAVAILABLE;
            }
            case Outcome.Busy b -> Exit.UNAVAILABLE;
            case Outcome.Unchanged u -> Exit.INTERNAL;
            case Outcome.NoSuchAlarm n -> Exit.INTERNAL;
        };
    }

    private int waitFor(LedgerView ledger, OrderPlan plan, PrintWriter out) {
        long endNs = new SystemClock().nanoTime() + wait.toNanos();
        String told = "";
        while (true) {
            Optional<OrderStanding> order = OrderStanding.all(ledger).stream()
                    .filter(o ->
                            o.plan().device().equals(plan.device()) && o.plan().number() == plan.number())
                    .findFirst();
            Instant now = new SystemClock().wallTime();
            String line = order.filter(o -> o.state().isPresent())
                    .map(o -> o.word(now) + ": " + Plain.line(o.text()))
                    .orElse("");
            if (!line.equals(told)) {
                out.println(line);
                out.flush();
                told = line;
            }
            Optional<OrderResult.State> state = order.flatMap(OrderStanding::state);
            if (state.filter(OrderResult.State::isFinal).isPresent()) {
                return state.get() == OrderResult.State.DONE ? Exit.OK : Exit.VIOLATED;
            }
            if (state.isEmpty() && !now.isBefore(plan.expires())) {
                out.println("expired: the device gave no result in time");
                return Exit.VIOLATED;
            }
            if (new SystemClock().nanoTime() - endNs >= 0) {
                out.println("no result yet; 'tocsin orders' will show it");
                return Exit.INCONCLUSIVE;
            }
            if (!pause()) {
                return Exit.INCONCLUSIVE;
            }
        }
    }

    /** Whether to go on. */
    private static boolean pause() {
        try {
            return !new CountDownLatch(1).await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private OrderTask task() {
        Optional<OrderKind> kind = OrderKind.of(what);
        if (kind.isEmpty()) {
            throw misuse("'" + what + "' is nothing that can be ordered; "
                    + TomlTable.hintFor(
                            what,
                            Stream.of(OrderKind.values())
                                    .filter(k -> k != OrderKind.DRILL)
                                    .map(OrderKind::word)
                                    .toList()));
        }
        OrderTask task = switch (kind.get()) {
            case DRILL -> throw misuse("a drill is ordered with 'tocsin centre drill'");
            case SETTINGS -> settings();
            case LOCATE -> new OrderTask.Locate(lasts == null ? Duration.ofMinutes(2) : lasts);
            case SELF_TEST -> new OrderTask.SelfTest();
            case REBOOT -> new OrderTask.Reboot();
            case BYPASS -> bypass();
        };
        boolean takesMore = task instanceof OrderTask.Adjust || task instanceof OrderTask.Bypass;
        if (!takesMore && !more.isEmpty()) {
            throw misuse(what + " takes no '" + more.getFirst() + "'");
        }
        return task;
    }

    private OrderTask settings() {
        Optional<Duration> heartbeat = Optional.empty();
        Optional<Duration> keepAlive = Optional.empty();
        for (String word : more) {
            String[] pair = word.split("=", 2);
            String value = pair.length < 2 ? "" : pair[1];
            switch (pair[0]) {
                case "heartbeat" ->
                    heartbeat = Optional.of(value.equals("default") ? Duration.ZERO : time(word, value));
                case "keep-alive" ->
                    keepAlive = Optional.of(
                            value.equals("off")
                                    ? Duration.ZERO
                                    : value.equals("on") ? OrderTask.Adjust.USUAL_KEEP_ALIVE : time(word, value));
                default ->
                    throw misuse("'" + word + "' is no setting; "
                            + TomlTable.hintFor(pair[0], List.of("heartbeat", "keep-alive")));
            }
        }
        if (more.isEmpty()) {
            throw misuse("settings need heartbeat=TIME or keep-alive=TIME, like heartbeat=30s keep-alive=off");
        }
        return new OrderTask.Adjust(base, heartbeat, keepAlive, probation);
    }

    private Duration time(String word, String value) {
        return Durations.parse(value)
                .filter(d -> !d.isZero())
                .orElseThrow(() -> misuse("'" + word + "' has no time; one looks like 30s"));
    }

    private OrderTask bypass() {
        if (more.size() != 1 || more.getFirst().isBlank() || more.getFirst().contains(" ")) {
            throw misuse("bypass needs the name of one sensor, as in the device's configuration");
        }
        if (end == (lasts != null)) {
            throw misuse("bypass needs --for TIME, or --end");
        }
        return new OrderTask.Bypass(more.getFirst(), lasts == null ? Duration.ZERO : lasts);
    }

    private ParameterException misuse(String why) {
        return new ParameterException(spec.commandLine(), why);
    }
}
