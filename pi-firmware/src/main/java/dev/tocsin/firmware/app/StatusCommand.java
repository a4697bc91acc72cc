package dev.tocsin.firmware.app;

import dev.tocsin.sdk.config.Loaded;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin-firmware status}: what the firmware that runs as this device says of itself. */
@Command(
        name = "status",
        description = {
            "Says how the firmware that runs here is: armed or not, its lamp, the last receipt of each centre, what is not"
                    + " delivered, and its faults.",
            "It asks nobody and disturbs nothing; doctor looks further."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:it runs and is armed, without a fault",
            " 1:it runs, with a fault or a refusal, or is not armed",
            " 2:the configuration cannot be used",
            " 3:it does not run, or has not said so for a minute"
        })
final class StatusCommand implements Callable<Integer> {

    private static final int EXIT_FAULT = 1;
    private static final int EXIT_NOT_RUNNING = 3;
    private static final Duration STALE = Duration.ofSeconds(60);

    @Mixin
    private ForPeople options = new ForPeople();

    @Option(names = "--json", description = "as JSON, on one line")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        return switch (FirmwareConfig.load(options.config())) {
            case Loaded.Bad<FirmwareConfig>(var problems) -> {
                problems.forEach(spec.commandLine().getErr()::println);
                yield Main.EXIT_INVALID;
            }
            case Loaded.Ok<FirmwareConfig>(FirmwareConfig c) -> tell(c);
        };
    }

    private int tell(FirmwareConfig c) {
        Words words = new Words(options.locale());
        PrintWriter out = spec.commandLine().getOut();
        Optional<Status> found = StatusFile.find(c);
        if (found.isEmpty()) {
            out.println(
                    json
                            ? "{\"running\":false}"
                            : words.say("status.none", c.device().settings().device()));
            return EXIT_NOT_RUNNING;
        }
        Status s = found.get();
        Instant now = Instant.now();
        Duration age = Duration.between(s.written(), now);
        boolean stale = age.compareTo(STALE) > 0;
        if (json) {
            out.println(json(s, age));
        } else {
            print(s, now, words, out);
            if (stale) {
                out.println(words.say("status.stale", age.toSeconds()));
            }
        }
        out.flush();
        boolean well = s.armed()
                && s.faults().isEmpty()
                && s.centres().stream().allMatch(centre -> centre.refusal().isEmpty());
        return stale ? EXIT_NOT_RUNNING : well ? 0 : EXIT_FAULT;
    }

    private static void print(Status s, Instant now, Words words, PrintWriter out) {
        out.println(words.say(s.armed() ? "status.armed" : "status.unarmed", s.device()));
        out.println(words.say("status.lamp", s.lamp()));
        out.println(words.say("status.undelivered", s.undelivered()));
        for (Status.Centre c : s.centres()) {
            if (c.lastReceipt().isEmpty()) {
                out.println(words.say("status.no-receipt", c.id(), c.waiting()));
            } else {
                out.println(words.say(
                        "status.receipt",
                        c.id(),
                        c.lastReceipt(),
                        c.ledgerNumber(),
                        words.span(Duration.between(c.receiptAt(), now)),
                        c.waiting()));
            }
            if (!c.refusal().isEmpty()) {
                out.println(words.say("status.refusal", c.id(), c.refusal()));
            }
        }
        s.faults().forEach(fault -> out.println(words.say("status.fault", fault)));
        out.println(words.say("status.since", s.software(), words.span(Duration.between(s.started(), now)), s.pid()));
    }

    private static String json(Status s, Duration age) {
        String centres = s.centres().stream()
                .map(c -> "{\"id\":" + Json.text(c.id()) + ",\"waiting\":" + c.waiting() + ",\"last_receipt\":"
                        + Json.text(c.lastReceipt()) + ",\"receipt_at\":"
                        + (c.lastReceipt().isEmpty()
                                ? "null"
                                : Json.text(c.receiptAt().toString()))
                        + ",\"ledger_number\":" + c.ledgerNumber() + ",\"refusal\":" + Json.text(c.refusal()) + "}")
                .collect(Collectors.joining(",", "[", "]"));
        return "{\"running\":true,\"device\":" + Json.text(s.device()) + ",\"software\":" + Json.text(s.software())
                + ",\"pid\":" + s.pid() + ",\"started\":"
                + Json.text(s.started().toString()) + ",\"age_s\":"
                + age.toSeconds() + ",\"armed\":" + s.armed() + ",\"lamp\":" + Json.text(s.lamp())
                + ",\"undelivered\":" + s.undelivered() + ",\"faults\":" + Json.texts(s.faults()) + ",\"centres\":"
                + centres + "}";
    }
}
