package dev.tocsin.simulator.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tocsin.simulator.check.Digest;
import dev.tocsin.simulator.check.Distribution;
import dev.tocsin.simulator.check.En50136;
import dev.tocsin.simulator.check.Fate;
import dev.tocsin.simulator.check.Judge;
import dev.tocsin.simulator.check.Lapse;
import dev.tocsin.simulator.check.Latencies;
import dev.tocsin.simulator.check.Outcome;
import dev.tocsin.simulator.check.Promise;
import dev.tocsin.simulator.check.Sighting;
import dev.tocsin.simulator.check.Sightings;
import dev.tocsin.simulator.check.Tally;
import dev.tocsin.simulator.check.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/** Writes {@code result.json}. The names are an interface to other programs: add, never rename. */
public final class ResultJson {

    /** Most sentences about single things that are wrong; the tally counts all. */
    static final int MAX_WRONGS = 100;

    private static final String NOT_DETERMINISTIC = "not_deterministic";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ResultJson() {}

    /** Writes it to a file. Blocks. */
    public static void write(RunReport report, Path file) throws IOException {
        Files.writeString(file, text(report));
    }

    /** The text. */
    static String text(RunReport report) throws IOException {
        return JSON.writeValueAsString(node(report)) + "\n";
    }

    /** Writes the totals of many seeds to a file. Blocks. */
    public static void write(SeedsReport report, Path file) throws IOException {
        Files.writeString(file, text(report));
    }

    /** The text. */
    static String text(SeedsReport report) throws IOException {
        return JSON.writeValueAsString(node(report)) + "\n";
    }

    /** Many seeds: the same names with the totals, and what only many have. */
    static ObjectNode node(SeedsReport r) {
        ObjectNode top = node(r.shown());
        top.put("seed", r.firstSeed());
        top.put("verdict", r.verdict().word());
        top.remove("cut_short");
        r.cutShort().ifPresent(why -> top.put("cut_short", why));
        top.put("digest", r.digest());
        top.put("digest_of", "the digests of all runs, in the order of their seeds");
        top.put("simulated_s", rounded(r.sums().simulatedS()));
        top.put("wall_s", rounded(r.wallS()));
        top.put("devices", r.sums().devices());
        top.put("exchanges", r.sums().exchanges());
        top.set("input", node(r.input()));
        top.withObject("/playing").put("moves", r.sums().moves());
        top.set("alarms", alarms(r.sums().alarms(), r.sums().toldAgain()));
        top.remove("told_again");
        top.set("others", node(r.sums().others()));
        top.set("detections", node(r.sums().sightings()));
        top.remove("lapses");
        top.set("latency_ms", node(r.latencies()));
        top.remove("latency_no_fault_ms");
        r.unfaulted().ifPresent(l -> top.set("latency_no_fault_ms", node(l)));
        top.remove("en50136");
        top.set("expectations", expectations(r.outcomes()));
        top.set("unexamined", unexamined(r.unexamined()));
        top.set("wrong", texts(r.wrongs()));
        top.set("exercised", exercised(r.exercised()));
        top.put("runs_asked", r.asked());
        ArrayNode runs = top.putArray("runs");
        for (SeedRun run : r.runs()) {
            runs.addObject()
                    .put("seed", run.seed())
                    .put("verdict", run.verdict().word())
                    .put("digest", run.digest());
        }
        ArrayNode unequal = top.putArray(NOT_DETERMINISTIC);
        r.unequal().forEach(unequal::add);
        return top;
    }

    /** All of it, as other programs and the page read it. */
    static ObjectNode node(RunReport r) {
        ObjectNode top = JSON.createObjectNode();
        top.put("scenario", r.scenario());
        top.put("seed", r.seed());
        top.put("world", r.world());
        top.put("verdict", r.verdict().word());
        r.cutShort().ifPresent(why -> top.put("cut_short", why));
        top.put("digest", r.digest());
        top.put("digest_of", r.world().equals("virtual") ? Digest.COVERS_VIRTUAL : Digest.COVERS);
        top.put("simulated_s", rounded(r.simulatedS()));
        top.put("wall_s", rounded(r.wallS()));
        top.put("devices", r.fleet().devices());
        top.set("centres", texts(r.fleet().centres()));
        top.put("centres_as_processes", r.fleet().centresAsProcesses());
        top.put("threads", r.fleet().threads());
        top.put("threads_grown", r.fleet().threadsGrown());
        top.put("exchanges", r.exchanges());
        top.put(
                "exchanges_of",
                "signed events that a centre answered with a verified receipt; heartbeats are not counted");
        top.set("input", node(r.input()));
        ObjectNode playing = top.putObject("playing");
        playing.put("moves", r.playing().moves());
        playing.set("late_ms", node(r.playing().lateness()));
        top.set("alarms", alarms(r.findings().alarms(), r.findings().toldAgain()));
        top.put("alarms_of", "presses of the panic button");
        top.put(
                "told_again_of",
                "decisions beyond the first within one press: a contact that bounces for long is seen to close again");
        top.set("told_again", toldAgain(r.findings().presses()));
        top.set("others", node(r.findings().others()));
        top.put("others_of", "resets, presses told again by a bouncing contact, what sensors saw, faults");
        top.set("detections", node(r.findings().seen().sightings()));
        if (!r.findings().seen().lapses().isEmpty()) {
            top.set("lapses", lapses(r.findings().seen().lapses()));
        }
        top.set("latency_ms", node(r.latencies()));
        r.unfaulted().ifPresent(l -> top.set("latency_no_fault_ms", node(l)));
        top.set("en50136", yardstick(r));
        top.set("expectations", expectations(r.outcomes()));
        top.set("unexamined", unexamined(r.unexamined()));
        List<String> wrongs = r.findings().wrongs();
        top.set("wrong", texts(wrongs.subList(0, Math.min(MAX_WRONGS, wrongs.size()))));
        if (!r.exercised().isEmpty()) {
            top.set("exercised", exercised(r.exercised()));
        }
        ArrayNode unequal = top.putArray(NOT_DETERMINISTIC);
        if (r.isUnequal()) {
            unequal.add(r.seed());
        }
        return top;
    }

    /** The run beside EN 50136-1. */
    static ObjectNode yardstick(RunReport r) {
        En50136 yardstick = En50136.of(r.findings(), r.route(), r.scene().supervision());
        ObjectNode node = JSON.createObjectNode();
        node.put("source", En50136.SOURCE);
        node.put("samples", yardstick.samples());
        yardstick.reporting().ifPresent(known -> node.put("reporting_measured", known.measured()));
        ObjectNode measured = node.putObject("measured_s");
        for (En50136.Figure figure : En50136.Figure.values()) {
            yardstick.measuredS(figure).filter(Double::isFinite).ifPresent(s -> measured.put(word(figure), rounded(s)));
        }
        if (yardstick.availability().isKnown()) {
            node.put("availability_percent", yardstick.availability().percent());
        }
        ArrayNode categories = node.putArray("categories");
        for (En50136.Category category : En50136.Category.values()) {
            ObjectNode c = categories.addObject().put("name", category.name());
            ObjectNode limits = c.putObject("limits_s");
            ObjectNode reached = c.putObject("reached");
            for (En50136.Figure figure : En50136.Figure.values()) {
                limits.put(word(figure), category.limitS(figure));
                yardstick.reaches(category, figure).ifPresent(held -> reached.put(word(figure), held));
            }
        }
        return node;
    }

    private static String word(En50136.Figure figure) {
        return figure.name().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode node(Input input) {
        ObjectNode node = JSON.createObjectNode();
        node.put("kind", input.kind());
        node.put("recorded", input.recorded());
        node.put("synthetic", input.synthetic());
        node.put("note", input.note());
        return node;
    }

    private static ObjectNode alarms(Tally tally, long toldAgain) {
        return node(tally).put("told_again", toldAgain);
    }

    private static ArrayNode expectations(List<Outcome> outcomes) {
        ArrayNode expectations = JSON.createArrayNode();
        for (Outcome outcome : outcomes) {
            ObjectNode node = expectations.addObject();
            node.put("id", outcome.id());
            node.put("held", outcome.verdict() == Verdict.HELD);
            node.put("verdict", outcome.verdict().word());
            node.put("detail", outcome.detail());
        }
        return expectations;
    }

    /** Beside the expectations, not among them: a promise with nothing to see neither held nor was violated. */
    private static ArrayNode unexamined(List<Promise> promises) {
        ArrayNode all = JSON.createArrayNode();
        promises.forEach(p -> all.addObject().put("id", Judge.id(p)).put("examined", 0));
        return all;
    }

    private static ObjectNode exercised(SortedMap<String, Long> counts) {
        ObjectNode node = JSON.createObjectNode();
        counts.forEach(node::put);
        return node;
    }

    private static ArrayNode toldAgain(List<Fate> presses) {
        ArrayNode all = JSON.createArrayNode();
        presses.stream().filter(p -> p.toldAgain() > 0).limit(MAX_WRONGS).forEach(p -> {
            ObjectNode node = all.addObject();
            node.put("press", p.name());
            node.put("times", p.toldAgain());
        });
        return all;
    }

    private static ObjectNode node(Tally tally) {
        ObjectNode node = JSON.createObjectNode();
        node.put("raised", tally.raised());
        node.put("durable", tally.durable());
        node.put("undurable", tally.undurable());
        node.put("delivered", tally.delivered());
        node.put("lost", tally.lost());
        node.put("duplicated", tally.duplicated());
        node.put("conflicts", tally.conflicts());
        node.put("forged_accepted", tally.forgedAccepted());
        node.put("spoilt", tally.spoilt());
        return node;
    }

    /** Devices that had power with a lapsed certificate; seconds from then on. */
    static ArrayNode lapses(List<Lapse> lapses) {
        ArrayNode all = JSON.createArrayNode();
        for (Lapse lapse : lapses) {
            ObjectNode node = all.addObject();
            node.put("device", lapse.device());
            node.put("since", lapse.returned() ? "power" : "end");
            lapse.first().ifPresent(press -> {
                node.put("first_press_s", secondsIn(lapse, press.atNs()));
                press.filedNs().ifPresent(ns -> node.put("first_press_filed_s", secondsIn(lapse, ns)));
                node.put("first_press_flagged", press.flagged());
            });
            lapse.renewedNs().ifPresent(ns -> node.put("renewed_s", secondsIn(lapse, ns)));
        }
        return all;
    }

    private static double secondsIn(Lapse lapse, long ns) {
        return rounded((ns - lapse.sinceNs()) / 1e9);
    }

    private static ObjectNode node(Sightings sightings) {
        ObjectNode node = node(sightings.sum());
        ObjectNode kinds = node.putObject("by_kind");
        sightings.kinds().forEach((kind, s) -> kinds.set(kind.name().toLowerCase(Locale.ROOT), node(s)));
        node.set("missed_names", texts(sightings.missed()));
        node.set("false_names", texts(sightings.falseAlarms()));
        return node;
    }

    private static ObjectNode node(Sighting s) {
        return JSON.createObjectNode()
                .put("expected", s.expected())
                .put("detected", s.detected())
                .put("missed", s.missed())
                .put("false", s.falseAlarms());
    }

    private static ObjectNode node(Latencies latencies) {
        ObjectNode node = JSON.createObjectNode();
        node.set("press_to_decision", node(latencies.decision()));
        node.set("press_to_signed", node(latencies.signed()));
        ObjectNode datagram = node(latencies.datagram());
        datagram.set("by_centre", node(latencies.datagramTo()));
        node.set("press_to_datagram", datagram);
        ObjectNode ledger = node(latencies.ledger());
        ledger.put(
                "of",
                "a sample for each press and centre, by the ledger's clock, whole milliseconds; virtual world only");
        ledger.set("by_centre", node(latencies.ledgerOf()));
        node.set("press_to_ledger", ledger);
        ObjectNode receipt = node(latencies.receipt());
        receipt.put("of", "a sample for each press and centre");
        receipt.set("by_centre", node(latencies.receiptFrom()));
        node.set("press_to_receipt", receipt);
        node.set("press_to_first_receipt", node(latencies.firstReceipt()));
        node.set("decision_to_kept", node(latencies.decisionToKept()));
        return node;
    }

    private static ObjectNode node(SortedMap<String, Distribution> byCentre) {
        ObjectNode node = JSON.createObjectNode();
        byCentre.forEach((centre, distribution) -> node.set(centre, node(distribution)));
        return node;
    }

    private static ObjectNode node(Distribution d) {
        ObjectNode node = JSON.createObjectNode();
        node.put("count", d.count());
        node.put("p50", rounded(d.p50Ms()));
        node.put("p95", rounded(d.p95Ms()));
        node.put("p99", rounded(d.p99Ms()));
        node.put("p999", rounded(d.p999Ms()));
        node.put("max", rounded(d.maxMs()));
        return node;
    }

    static ArrayNode texts(List<String> texts) {
        ArrayNode node = JSON.createArrayNode();
        texts.forEach(node::add);
        return node;
    }

    /** To three decimals: nobody measures more. */
    static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
