package dev.tocsin.simulator.cli;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.codec.UpdateMessages;
import dev.tocsin.sdk.config.FileTrouble;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.UpdateManifest;
import dev.tocsin.sdk.model.UpdatePhase;
import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.centre.Plain;
import dev.tocsin.simulator.centre.config.CentreConfig;
import dev.tocsin.simulator.centre.rollout.Progress;
import dev.tocsin.simulator.centre.rollout.Rollout;
import dev.tocsin.simulator.centre.sqlite.SqliteRollouts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.InvalidKeyException;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code tocsin rollout}: updates of a fleet in stages, beside the running centre. */
@Command(
        name = "rollout",
        description = {
            "Brings a signed program to a fleet, stage by stage, and stops where too many devices fail.",
            "The running centre offers it to each device of the stage when that reports, and serves it block by block."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  tocsin rollout start tocsin-1.1.0.jar --schools school-007 --by Zhang",
            "  tocsin rollout start tocsin-1.1.0.jar --stages 1,10,50,100 --stop-after 3 --by Zhang",
            "  tocsin rollout status",
            "  tocsin rollout stop 12",
        },
        exitCodeListHeading = Exit.LIST_HEADING,
        exitCodeList = {
            " 0:done; status: no rollout stopped",
            " 1:status: a rollout has stopped",
            " 2:an option, a name or a file cannot be used",
            "69:the disk does not take it"
        })
final class RolloutCommand {

    private static final int SHOWN_FAILURES = 10;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "the centre's configuration; default: centre.yaml in this folder")
    private Path config = Path.of(LedgerSource.DEFAULT_CONFIG);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private interface Task {
        int run(SqliteRollouts rollouts, Path ledger) throws IOException;
    }

    private int open(Task task) {
        PrintWriter err = spec.commandLine().getErr();
        Optional<CentreConfig.Files> files = LedgerSource.orPrint(CentreConfig.files(config), err);
        if (files.isEmpty()) {
            return Exit.INVALID;
        }
        Path ledger = files.get().ledger();
        try (SqliteRollouts rollouts = SqliteRollouts.open(SqliteRollouts.beside(ledger))) {
            return task.run(rollouts, ledger);
        } catch (IOException e) {
            err.println(FileTrouble.of(e));
            return Exit.UNAVAILABLE;
        } catch (UncheckedIOException e) {
            err.println(e.getMessage());
            return Exit.UNAVAILABLE;
        }
    }

    private int wrong(String why) {
        spec.commandLine().getErr().println(why);
        return Exit.INVALID;
    }

    private int say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
        return Exit.OK;
    }

    @Command(
            name = "start",
            description =
                    "Starts a rollout of a program that 'package sign' signed: FILE, with FILE.manifest beside it.",
            mixinStandardHelpOptions = true)
    int start(
            @Parameters(paramLabel = "FILE", description = "the program") Path file,
            @Option(
                            names = "--stages",
                            paramLabel = "PERCENT",
                            split = ",",
                            defaultValue = "1,10,50,100",
                            description = "how much of the fleet, stage by stage; default: ${DEFAULT-VALUE}")
                    List<Integer> stages,
            @Option(
                            names = {"--schools", "--devices"},
                            paramLabel = "GLOB",
                            defaultValue = "*",
                            description = "a school, or ids of devices; * stands for anything; default: all")
                    String devices,
            @Option(
                            names = "--stop-after",
                            paramLabel = "N",
                            defaultValue = "3",
                            description = "at so many devices that failed it stops; default: ${DEFAULT-VALUE}")
                    int stopAfter,
            @Option(
                            names = "--key",
                            paramLabel = "FILE",
                            description =
                                    "public half (PEM) of the key that 'package sign --key' signed with, as devices have"
                                            + " it under [updates] keys; default: the centre signed it itself")
                    Optional<Path> key,
            @Option(names = "--by", required = true, paramLabel = "NAME", description = "who starts it") String by) {
        Optional<CentreConfig> centre = LedgerSource.orPrint(
                CentreConfig.load(config), spec.commandLine().getErr());
        if (centre.isEmpty()) {
            return Exit.INVALID;
        }
        Bytes payload;
        SignedEnvelope envelope;
        UpdateManifest manifest;
        Path beside = PackageCommand.manifestOf(file);
        try {
            payload = Bytes.wrap(Files.readAllBytes(file));
            envelope =
                    SignedEnvelope.read(Bytes.wrap(Files.readAllBytes(beside))).orThrow();
            if (!(UpdateMessages.readManifest(envelope) instanceof Decoded.Ok<UpdateManifest>(UpdateManifest m))) {
                return wrong(beside + ": not a manifest");
            }
            manifest = m;
        } catch (IOException e) {
            return wrong(file + ": " + FileTrouble.of(e) + "; sign it first: tocsin package sign " + file);
        } catch (IllegalArgumentException e) {
            return wrong(beside + ": " + e.getMessage());
        }
        String id = centre.get().settings().id();
        if (!manifest.centre().equals(id)) {
            return wrong(beside + ": it names " + manifest.centre() + ", and no device would take it from " + id);
        }
        if (key.isPresent()) {
            try {
                if (!envelope.isSignedBy(Keys.verifier(Files.readString(key.get())))) {
                    return wrong(beside + ": it is not signed with the key of " + key.get());
                }
            } catch (IOException e) {
                return wrong(key.get() + ": " + FileTrouble.of(e));
            } catch (InvalidKeyException e) {
                return wrong(key.get() + ": " + e.getMessage());
            }
        } else if (!envelope.keyId().equals(centre.get().signer().keyId())) {
            return wrong(
                    beside + ": " + id + " did not sign it, and no device would take it; with an update key: --key");
        }
        if (!manifest.payloadSha256().equals(payload.sha256())) {
            return wrong(file + " is not what was signed: sign it again");
        }
        String glob = devices.contains("/") || devices.equals("*") ? devices : devices + "/*";
        Rollout rollout;
        try {
            rollout = new Rollout(
                    manifest.sequence(),
                    manifest.version().text(),
                    envelope.bytes(),
                    manifest.payloadSha256(),
                    glob,
                    stages,
                    stopAfter,
                    Plain.line(by),
                    new SystemClock().wallTime(),
                    Rollout.State.RUNNING,
                    0,
                    "");
        } catch (IllegalArgumentException e) {
            return wrong(String.valueOf(e.getMessage()));
        }
        return open((rollouts, ledger) -> {
            List<Rollout> all = rollouts.rollouts();
            Optional<Rollout> running = all.stream()
                    .filter(r -> r.state() == Rollout.State.RUNNING && !isOver(r, rollouts))
                    .findFirst();
            if (running.isPresent()) {
                return wrong("rollout " + running.get().sequence() + " runs; stop it first: tocsin rollout stop "
                        + running.get().sequence());
            }
            if (!all.isEmpty() && all.getLast().sequence() >= rollout.sequence()) {
                return wrong("sequence " + rollout.sequence() + " has been used: sign it again with "
                        + (all.getLast().sequence() + 1) + " or higher");
            }
            Path folder = Files.createDirectories(SqliteRollouts.payloads(ledger));
            Path part = folder.resolve(rollout.sha256().hex() + ".part");
            Files.write(part, payload.toArray());
            Files.move(
                    part,
                    folder.resolve(rollout.sha256().hex()),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            rollouts.begin(rollout);
            return say("rollout " + rollout.sequence() + " started: " + line(rollout, List.of()));
        });
    }

    private static boolean isOver(Rollout rollout, SqliteRollouts rollouts) {
        List<Progress> devices = rollouts.progress(rollout.sequence());
        return rollout.stage() + 1 == rollout.stages().size()
                && !devices.isEmpty()
                && devices.stream().allMatch(p -> p.phase().isOver());
    }

    @Command(
            name = "status",
            description = "Shows rollouts, the newest first, and the devices that failed.",
            mixinStandardHelpOptions = true)
    int status() {
        return open((rollouts, ledger) -> {
            List<Rollout> all = rollouts.rollouts();
            if (all.isEmpty()) {
                return say("no rollout yet");
            }
            for (Rollout rollout : all.reversed()) {
                List<Progress> devices = rollouts.progress(rollout.sequence());
                say("rollout " + rollout.sequence() + ": " + line(rollout, devices));
                devices.stream()
                        .filter(Progress::isFailure)
                        .limit(SHOWN_FAILURES)
                        .forEach(p -> say("  " + p.device() + " " + word(p.phase()) + ": " + Plain.line(p.why())));
            }
            return all.getLast().state() == Rollout.State.STOPPED ? Exit.VIOLATED : Exit.OK;
        });
    }

    @Command(
            name = "stop",
            description = "Stops a rollout: nobody is offered or served it any more. Who runs it keeps it.",
            mixinStandardHelpOptions = true)
    int stop(@Parameters(paramLabel = "N", description = "its number, as 'status' shows it") long number) {
        return move(number, Rollout.State.STOPPED, "stopped by hand", 0);
    }

    @Command(
            name = "resume",
            description = "Goes on with a rollout that stopped, at the stage it was at.",
            mixinStandardHelpOptions = true)
    int resume(
            @Parameters(paramLabel = "N", description = "its number, as 'status' shows it") long number,
            @Option(
                            names = "--stop-after",
                            paramLabel = "N",
                            defaultValue = "0",
                            description = "at so many devices that failed in all it stops again; default: as before")
                    int stopAfter) {
        return move(number, Rollout.State.RUNNING, "", stopAfter);
    }

    private int move(long number, Rollout.State state, String why, int stopAfter) {
        return open((rollouts, ledger) -> {
            Optional<Rollout> found = rollouts.find(number);
            if (found.isEmpty()) {
                return wrong("no rollout " + number + "; 'tocsin rollout status' shows them");
            }
            Rollout r = found.get();
            if (r.state() == state) {
                return wrong(
                        "rollout " + number + (state == Rollout.State.STOPPED ? " has stopped" : " runs") + " already");
            }
            List<Progress> devices = rollouts.progress(number);
            int limit = stopAfter > 0 ? stopAfter : r.maxFailures();
            long failures = devices.stream().filter(Progress::isFailure).count();
            if (state == Rollout.State.RUNNING && failures >= limit) {
                return wrong(failures + " devices failed: to go on all the same say --stop-after " + (failures + 1)
                        + " or more");
            }
            Rollout moved = r.bearing(limit).at(state, r.stage(), why);
            rollouts.move(moved);
            return say("rollout " + number + ": " + line(moved, devices));
        });
    }

    private static String line(Rollout r, List<Progress> devices) {
        String counts = devices.stream()
                .collect(Collectors.groupingBy(
                        Progress::phase, () -> new EnumMap<>(UpdatePhase.class), Collectors.counting()))
                .entrySet()
                .stream()
                .map(e -> e.getValue() + " " + word(e.getKey()))
                .collect(Collectors.joining(", "));
        return "version " + r.version() + " to " + Plain.line(r.devices()) + ", "
                + (r.state() == Rollout.State.RUNNING ? "runs" : "stopped") + " at "
                + r.stages().get(r.stage())
                + " % (stage " + (r.stage() + 1) + " of " + r.stages().size() + "), stops at " + r.maxFailures()
                + " failures; " + (counts.isEmpty() ? "no device of its class has asked yet" : counts)
                + (r.why().isEmpty() ? "" : "; " + Plain.line(r.why()));
    }

    private static String word(UpdatePhase phase) {
        return switch (phase) {
            case IDLE -> "offered";
            case FETCHING -> "fetching";
            case RESTARTING -> "restarting";
            case TRYING -> "trying";
            case CONFIRMED -> "confirmed";
            case ROLLED_BACK -> "rolled back";
            case REFUSED -> "refused";
        };
    }
}
