package dev.tocsin.simulator.report;

import dev.tocsin.simulator.check.Distribution;
import dev.tocsin.simulator.check.Judge;
import dev.tocsin.simulator.check.Latencies;
import dev.tocsin.simulator.check.Outcome;
import dev.tocsin.simulator.check.Promise;
import dev.tocsin.simulator.check.Sightings;
import dev.tocsin.simulator.check.Tally;
import dev.tocsin.simulator.check.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** A report as lines for people, with picocli's colour markup ({@code @|green …|@}). */
public final class Summary {

    private static final int MAX_WRONGS_SHOWN = 10;

    /** A hand that is this late at its 99th percentile has waited for a processor. */
    private static final double BUSY_MS = 100;

    private Summary() {}

    /** The lines. */
    public static List<String> of(RunReport r) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "%s, seed %d, %s world: %d devices, %d centres, %.1f s of scenario, %.1f s in all",
                r.scenario(),
                r.seed(),
                r.world(),
                r.fleet().devices(),
                r.fleet().centres().size(),
                r.simulatedS(),
                r.wallS()));
        lines.add("contacts " + r.input().kind()
                + (r.input().note().isEmpty() ? "" : ": " + plain(r.input().note())));
        lines.add("");
        lines.addAll(table(r.latencies()));
        if (r.world().equals("real")) {
            lines.add(row("hand late by", r.playing().lateness()));
        }
        if (r.playing().lateness().p99Ms() > BUSY_MS) {
            lines.add("@|yellow this machine was too busy: the hand itself was late, and times above are its, not the"
                    + " devices', own|@");
        }
        lines.add("");
        lines.addAll(tallies(
                r.findings().alarms(), r.findings().others(), r.findings().toldAgain()));
        lines.addAll(sightings(r.findings().seen().sightings()));
        lines.addAll(exercised(r.exercised()));
        lines.add("");
        lines.addAll(wrongs(r.findings().wrongs()));
        r.outcomes().forEach(o -> lines.add(outcome(o)));
        r.unexamined().forEach(p -> lines.add(unexamined(p)));
        r.cutShort().ifPresent(why -> lines.add(cutShort(why)));
        lines.add("");
        lines.add(mark(r.verdict(), r.verdict().word()) + "  digest " + r.digest());
        return lines;
    }

    /** The lines about many seeds. */
    public static List<String> of(SeedsReport r) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "%s, %d of %d seeds from %d on, %s world: up to %d devices, %.1f h of scenarios, %.1f s in all",
                r.shown().scenario(),
                r.runs().size(),
                r.asked(),
                r.firstSeed(),
                r.shown().world(),
                r.sums().devices(),
                r.sums().simulatedS() / 3600,
                r.wallS()));
        lines.add("contacts " + r.input().kind()
                + (r.input().note().isEmpty() ? "" : ": " + plain(r.input().note())));
        lines.add("");
        lines.addAll(table(r.latencies()));
        lines.add("");
        lines.addAll(tallies(r.sums().alarms(), r.sums().others(), r.sums().toldAgain()));
        lines.addAll(sightings(r.sums().sightings()));
        lines.addAll(exercised(r.exercised()));
        lines.add("");
        lines.addAll(wrongs(r.wrongs()));
        r.outcomes().forEach(o -> lines.add(outcome(o)));
        r.unexamined().forEach(p -> lines.add(unexamined(p)));
        r.cutShort().ifPresent(why -> lines.add(cutShort(why)));
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "seeds     held %d, violated %d, inconclusive %d",
                r.count(Verdict.HELD),
                r.count(Verdict.VIOLATED),
                r.count(Verdict.INCONCLUSIVE)));
        lines.add(mark(r.verdict(), r.verdict().word()) + "  digest " + r.digest());
        return lines;
    }

    private static List<String> table(Latencies latencies) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format("%-18s%8s%10s%10s%10s%10s%10s", "ms", "count", "p50", "p95", "p99", "p99.9", "max"));
        lines.add(row("press → decision", latencies.decision()));
        lines.add(row("press → datagram", latencies.datagram()));
        if (latencies.ledger().count() > 0) {
            lines.add(row("press → ledger", latencies.ledger()));
        }
        lines.add(row("press → first rec.", latencies.firstReceipt()));
        lines.add(row("press → receipt", latencies.receipt()));
        latencies.receiptFrom().forEach((centre, d) -> lines.add(row("  " + centre, d)));
        lines.add(row("decision → kept", latencies.decisionToKept()));
        return lines;
    }

    private static List<String> tallies(Tally alarms, Tally others, long toldAgain) {
        return List.of(tally("presses", alarms) + ", told again " + toldAgain, tally("others", others));
    }

    private static List<String> sightings(Sightings sightings) {
        List<String> lines = new ArrayList<>();
        sightings
                .kinds()
                .forEach((kind, s) -> lines.add(String.format(
                        Locale.ROOT,
                        "%-9s %s expected %d, detected %d, missed %d, false %d",
                        lines.isEmpty() ? "sensors" : "",
                        kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        s.expected(),
                        s.detected(),
                        s.missed(),
                        s.falseAlarms())));
        return lines;
    }

    private static List<String> exercised(SortedMap<String, Long> counts) {
        return counts.isEmpty()
                ? List.of()
                : List.of("met       "
                        + counts.entrySet().stream()
                                .map(e -> e.getKey() + " " + e.getValue())
                                .collect(Collectors.joining(", ")));
    }

    private static List<String> wrongs(List<String> wrongs) {
        List<String> lines = new ArrayList<>();
        wrongs.stream().limit(MAX_WRONGS_SHOWN).forEach(wrong -> lines.add("@|red " + plain(wrong) + "|@"));
        int more = wrongs.size() - MAX_WRONGS_SHOWN;
        if (more > 0) {
            lines.add("… and " + more + " more");
        }
        return lines;
    }

    private static String cutShort(String why) {
        return "@|yellow cut short: " + plain(why) + "|@";
    }

    private static String row(String name, Distribution d) {
        if (d.count() == 0) {
            return String.format("%-18s%8d%10s%10s%10s%10s%10s", name, 0, "-", "-", "-", "-", "-");
        }
        return String.format(
                Locale.ROOT,
                "%-18s%8d%10.1f%10.1f%10.1f%10.1f%10.1f",
                name,
                d.count(),
                d.p50Ms(),
                d.p95Ms(),
                d.p99Ms(),
                d.p999Ms(),
                d.maxMs());
    }

    private static String tally(String name, Tally t) {
        return String.format(
                Locale.ROOT,
                "%-9s raised %d, durable %d, undurable %d, delivered %d, lost %d, duplicated %d, conflicts %d,"
                        + " forged accepted %d%s",
                name,
                t.raised(),
                t.durable(),
                t.undurable(),
                t.delivered(),
                t.lost(),
                t.duplicated(),
                t.conflicts(),
                t.forgedAccepted(),
                t.spoilt() == 0 ? "" : ", spoilt by the disk in both copies and told " + t.spoilt());
    }

    private static String outcome(Outcome o) {
        return String.format("%s %s  %s", mark(o.verdict(), o.verdict().word()), o.id(), plain(o.detail()));
    }

    private static String unexamined(Promise promise) {
        return "@|bold nothing to see|@ " + Judge.id(promise) + "  0 looked at: neither held nor violated here";
    }

    private static String mark(Verdict verdict, String text) {
        String style = switch (verdict) {
            case HELD -> "bold,green";
            case VIOLATED -> "bold,red";
            case INCONCLUSIVE -> "bold,yellow";
        };
        return "@|" + style + " " + text + "|@";
    }

    /** Without what would be read as markup. */
    private static String plain(String text) {
        return text.replace("@|", "@ |").replace("|@", "| @");
    }
}
