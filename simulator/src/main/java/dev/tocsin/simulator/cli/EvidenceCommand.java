package dev.tocsin.simulator.cli;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.config.FileTrouble;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.centre.console.EvidenceLines;
import dev.tocsin.simulator.centre.evidence.EvidenceStore;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.registry.Registry;
import dev.tocsin.simulator.centre.sqlite.SqliteEvidence;
import dev.tocsin.simulator.centre.sqlite.SqliteLedger;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code tocsin centre evidence}: what sensors measured around an alarm. */
@Command(
        name = "evidence",
        description = {
            "Shows what sensors measured around an alarm, and whether its device signed that.",
            "With --csv FILE it writes the samples; t_s counts from the moment at which the device was certain."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:shown",
            " 1:a signature is wrong, or something was changed after it was kept",
            " 2:an option, a file or an alarm id cannot be used, or there is no evidence"
        })
final class EvidenceCommand implements Callable<Integer> {

    @ParentCommand
    private CentreCommand parent = new CentreCommand();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "ID",
            converter = CentreCommand.AlarmIds.class,
            description = "the alarm's id, as 'list' shows it; an update has one of its own")
    private @Nullable AlarmId alarm;

    @Option(names = "--csv", paramLabel = "FILE", description = "where to write the samples")
    private @Nullable Path csv;

    @Option(names = "--sensor", paramLabel = "NAME", description = "only of this sensor")
    private @Nullable String sensor;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        AlarmId of = alarm;
        return of == null
                ? Exit.INVALID
                : parent.source()
                        .open(
                                err,
                                (ledger, registry) -> ledger.find(of)
                                        .map(entry -> show(entry, of, ledger, registry, err))
                                        .orElseGet(() -> {
                                            err.println("no alarm " + of
                                                    + " in this ledger; 'tocsin centre list' shows the open ones");
                                            return Exit.INVALID;
                                        }));
    }

    private int show(Entry entry, AlarmId of, SqliteLedger ledger, Registry registry, PrintWriter err) {
        return switch (SqliteEvidence.openExisting(SqliteEvidence.beside(ledger.path()), new SystemClock())) {
            case SqliteEvidence.Opening.Unusable(String why) -> {
                err.println(why);
                yield Exit.INVALID;
            }
            case SqliteEvidence.Opening.Opened(SqliteEvidence store) -> {
                try (store) {
                    yield show(entry, store.of(of), registry, err);
                }
            }
        };
    }

    private int show(Entry entry, List<EvidenceStore.Piece> pieces, Registry registry, PrintWriter err) {
        List<EvidenceLines> wanted = new ArrayList<>();
        int exit = Exit.OK;
        for (EvidenceStore.Piece piece : pieces) {
            Optional<EvidenceLines> lines = EvidenceLines.of(piece, registry);
            if (lines.isEmpty()) {
                err.println("a piece of evidence cannot be read: it was changed after it was kept");
                exit = Exit.VIOLATED;
            }
            lines.filter(l -> sensor == null || l.evidence().sensor().equals(sensor))
                    .ifPresent(wanted::add);
        }
        for (EvidenceLines lines : wanted) {
            lines.summary().forEach(spec.commandLine().getOut()::println);
            if (!lines.isGenuine() && registry.byId(entry.fact().device()).isPresent()) {
                exit = Exit.VIOLATED;
            }
        }
        spec.commandLine().getOut().flush();
        if (wanted.isEmpty() && exit == Exit.OK) {
            err.println("no evidence of this alarm" + (sensor == null ? "" : " from sensor " + sensor));
            return Exit.INVALID;
        }
        return csv == null || exit != Exit.OK ? exit : write(csv, wanted, decidedNs(entry), err);
    }

    private static int write(Path file, List<EvidenceLines> wanted, long zeroNs, PrintWriter err) {
        if (wanted.size() > 1) {
            err.println("there are " + wanted.size() + " pieces and one file: choose one with --sensor NAME");
            return Exit.INVALID;
        }
        try {
            Files.write(file, wanted.getFirst().csv(zeroNs));
            return Exit.OK;
        } catch (IOException e) {
            err.println(file + ": " + FileTrouble.of(e));
            return Exit.INVALID;
        }
    }

    /** When the device was certain, on its monotonic clock; 0 if the alarm cannot be read any more. */
    private static long decidedNs(Entry entry) {
        return SignedEnvelope.read(entry.fact().envelope()) instanceof Decoded.Ok<SignedEnvelope>(SignedEnvelope e)
                        && Messages.readAlarm(e) instanceof Decoded.Ok<Alarm>(Alarm read)
                ? read.stages().decidedNs()
                : 0;
    }
}
