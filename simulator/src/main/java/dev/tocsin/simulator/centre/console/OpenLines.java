package dev.tocsin.simulator.centre.console;

import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.simulator.centre.Plain;
import dev.tocsin.simulator.centre.ledger.AnnouncedDrills;
import dev.tocsin.simulator.centre.ledger.DrillPlan;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.EntryType;
import dev.tocsin.simulator.centre.ledger.HeldNotice;
import dev.tocsin.simulator.centre.ledger.LedgerView;
import dev.tocsin.simulator.centre.ledger.OrderedDrills;
import dev.tocsin.simulator.centre.registry.RegisteredDevice;
import dev.tocsin.simulator.centre.registry.Registry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a duty officer has to know now, as lines: drills that stand, devices that are silent, alarms that are open. */
public final class OpenLines {

    private static final int HISTORY = 1_000;

    private final LedgerView ledger;
    private final Registry registry;
    private final EntryLines lines;

    /**
     * Lines about a ledger.
     *
     * @param registry whose devices are looked for among the silent
     */
    public OpenLines(LedgerView ledger, Registry registry, EntryLines lines) {
        this.ledger = ledger;
        this.registry = registry;
        this.lines = lines;
    }

    /** Drills that run or are to come: those of other centres, then this one's own. */
    public List<String> drills(Instant now) {
        List<String> told = new ArrayList<>();
        AnnouncedDrills.standing(ledger, now).stream()
                .map(HeldNotice::entry)
                .map(lines::line)
                .forEach(told::add);
        for (Entry entry : OrderedDrills.standing(ledger, now)) {
            boolean runs = DrillPlan.of(entry)
                    .filter(plan -> !now.isBefore(plan.begins()))
                    .isPresent();
            told.add(lines.line(entry) + (runs ? "  runs" : "  to come"));
        }
        return told;
    }

    /** Devices of the registry that have fallen silent. */
    public List<String> offline() {
        return registry.devices().stream()
                .map(RegisteredDevice::id)
                .flatMap(id -> ledger.supervision(id).stream())
                .filter(entry -> entry.type() == EntryType.OFFLINE)
                .map(lines::line)
                .toList();
    }

    /** Alarms that nobody has closed, newest first: who accepted each, and whether it is over on the spot. */
    public List<String> alarms(int limit) {
        return ledger.open(limit).stream()
                .map(alarm -> lines.line(alarm) + over(alarm) + accepted(alarm))
                .toList();
    }

    private String accepted(Entry alarm) {
        return alarm.fact()
                .alarm()
                .flatMap(id -> ledger.history(id, HISTORY).stream()
                        .filter(e -> e.type() == EntryType.ACCEPTED
                                && e.fact().envelopeSha256().equals(alarm.fact().envelopeSha256()))
                        .findFirst())
                .map(e -> "  accepted by " + Plain.line(e.fact().by()))
                .orElse("  NOT ACCEPTED");
    }

    private String over(Entry alarm) {
        return ledger.restored(alarm.fact().device(), alarm.number(), HISTORY).stream()
                .filter(entry -> ends(entry, alarm))
                .findFirst()
                .map(entry -> (isFault(entry) ? "  right again at " : "  reset on the spot at ") + lines.time(entry))
                .orElse("");
    }

    /** A fault that is right again names its cause in the same words; all else names the alarm. */
    private static boolean ends(Entry restored, Entry alarm) {
        if (isFault(restored)) {
            return isFault(alarm) && text(restored).equals(text(alarm));
        }
        return restored.fact()
                .about()
                .filter(about -> alarm.fact().alarm().filter(about::equals).isPresent()
                        || alarm.fact().about().filter(about::equals).isPresent())
                .isPresent();
    }

    private static boolean isFault(Entry entry) {
        return entry.fact().kind().filter(kind -> kind == AlarmKind.FAULT).isPresent();
    }

    private static Optional<String> text(Entry entry) {
        return EntryLines.alarm(entry.fact()).map(Alarm::text);
    }
}
