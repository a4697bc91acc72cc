package dev.tocsin.simulator.cli;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.simulator.centre.Partners;
import dev.tocsin.simulator.centre.console.EntryLines;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.Head;
import dev.tocsin.simulator.centre.ledger.LedgerCheck;
import dev.tocsin.simulator.centre.ledger.LedgerView;
import dev.tocsin.simulator.centre.registry.Registry;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code tocsin ledger}: reads a centre's ledger, while the centre runs or not. */
@Command(
        name = "ledger",
        description = "Checks and shows a centre's ledger, while the centre runs or not.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {LedgerCommand.Verify.class, LedgerCommand.Show.class},
        footer = {
            "",
            "Examples:",
            "  tocsin ledger verify --config police.yaml",
            "  tocsin ledger verify --ledger police.db",
            "  tocsin ledger show --ledger police.db --from 100",
        })
public final class LedgerCommand implements Runnable {

    @Mixin
    private LedgerSource source = new LedgerSource();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do with the ledger: verify or show");
    }

    /** {@code verify}. */
    @Command(
            name = "verify",
            description = {
                "Computes the chain of hashes again, from the first entry to the last, and compares every alarm and notice"
                        + " with its signed bytes; with --config also every signature, with the keys of the registry and of"
                        + " other centres.",
                "Names the first entry that is wrong. Entries cut off at the end leave a chain that is right in itself:"
                        + " compare the last number and hash with those noted earlier, or in a device's receipt."
            },
            mixinStandardHelpOptions = true,
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                " 0:the ledger is as it was written",
                " 1:something was changed after it was written",
                " 2:an option or a file cannot be used"
            })
    static final class Verify implements Callable<Integer> {

        @ParentCommand
        private LedgerCommand parent = new LedgerCommand();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            PrintWriter err = spec.commandLine().getErr();
            return parent.source.open(
                    err,
                    (ledger, registry) -> parent.source
                            .partners(err)
                            .map(partners -> verify(out, ledger, registry, partners))
                            .orElse(Exit.INVALID));
        }

        private static int verify(PrintWriter out, LedgerView ledger, Registry registry, Partners partners) {
            return switch (LedgerCheck.run(ledger, id -> registry.keyOfOld(id).or(() -> partners.key(id)))) {
                case LedgerCheck.Result.Sound(Head head, long signatures, long unknownKeys) -> {
                    out.println("sound: " + head.number() + " entries, last hash "
                            + head.hash().hex() + ", " + signatures + " signatures verified, " + unknownKeys
                            + " not (key unknown here)");
                    yield Exit.OK;
                }
                case LedgerCheck.Result.Broken(long number, String why) -> {
                    out.println("broken: entry " + number + ": " + why);
                    yield Exit.VIOLATED;
                }
            };
        }
    }

    /** {@code show}. */
    @Command(
            name = "show",
            description = "Shows entries, oldest first.",
            mixinStandardHelpOptions = true,
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {" 0:shown", " 2:an option or a file cannot be used"})
    static final class Show implements Callable<Integer> {

        @ParentCommand
        private LedgerCommand parent = new LedgerCommand();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(
                names = "--from",
                paramLabel = "NUMBER",
                defaultValue = "1",
                description = "the first entry; default: 1")
        private long from = 1;

        @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "how many; default: 100")
        private int limit = 100;

        @Option(
                names = "--alarm",
                paramLabel = "ID",
                converter = CentreCommand.AlarmIds.class,
                description = "only what is about this alarm")
        private @Nullable AlarmId alarm;

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            int most = CentreCommand.atLeastOne(spec, limit);
            return parent.source.open(spec.commandLine().getErr(), (ledger, registry) -> {
                EntryLines lines = new EntryLines(Ansi.AUTO.enabled(), ZoneId.systemDefault(), registry);
                List<Entry> entries = alarm == null ? ledger.entries(from, most) : ledger.history(alarm, most);
                entries.forEach(entry -> out.println(lines.line(entry)));
                out.flush();
                return Exit.OK;
            });
        }
    }
}
