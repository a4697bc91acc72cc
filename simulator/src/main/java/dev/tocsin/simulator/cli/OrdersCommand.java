package dev.tocsin.simulator.cli;

import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.centre.Plain;
import dev.tocsin.simulator.centre.ledger.OrderStanding;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin orders}: what was ordered, and what came of it. */
@Command(
        name = "orders",
        description = {
            "Shows what this centre ordered, newest first, and what came of it: pending (the device has not answered), under way,"
                    + " done, failed, refused, expired.",
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {" 0:shown", " 2:an option or a file cannot be used"})
final class OrdersCommand implements Callable<Integer> {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    @Mixin
    private LedgerSource source = new LedgerSource();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "DEVICE", description = "only those to this device")
    private String device = "";

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "how many; default: 50")
    private int limit = 50;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        int most = CentreCommand.atLeastOne(spec, limit);
        return source.open(spec.commandLine().getErr(), (ledger, registry) -> {
            Instant now = new SystemClock().wallTime();
            List<OrderStanding> orders = OrderStanding.all(ledger).reversed().stream()
                    .filter(o -> device.isEmpty() || o.plan().device().equals(device))
                    .limit(most)
                    .toList();
            orders.forEach(o -> out.println(line(o, now)));
            if (orders.isEmpty()) {
                out.println("nothing was ordered");
            }
            out.flush();
            return Exit.OK;
        });
    }

    private static String line(OrderStanding o, Instant now) {
        return String.join(
                "  ",
                TIME.format(o.ordered().atZone(ZoneId.systemDefault())),
                Plain.line(o.plan().device()),
                "order " + o.plan().number(),
                o.word(now),
                Plain.line(o.plan().words()),
                "by " + Plain.line(o.plan().by()) + (o.text().isEmpty() ? "" : " - " + Plain.line(o.text())));
    }
}
