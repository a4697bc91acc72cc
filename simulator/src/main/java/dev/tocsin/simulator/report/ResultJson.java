package dev.tocsin.simulator.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tocsin.simulator.check.Digest;
import dev.tocsin.simulator.check.Distribution;
import dev.tocsin.simulator.check.Fate;
import dev.tocsin.simulator.check.Latencies;
import dev.tocsin.simulator.check.Outcome;
import dev.tocsin.simulator.check.Tally;
import dev.tocsin.simulator.check.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/** Writes {@code result.json}. The names are an interface to other programs: add, never rename. */
public final class ResultJson {

    /** Most sentences about single things that are wrong; the tally counts all. */
    static final int MAX_WRONGS = 100;

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

    /** All of it, as other programs and the page read it. */
    static ObjectNode node(RunReport r) {
        ObjectNode top = JSON.createObjectNode();
        top.put("scenario", r.scenario());
        top.put("seed", r.seed());
        top.put("world", r.world());
        top.put("verdict", r.verdict().word());
        r.cutShort().ifPresent(why -> top.put("cut_short", why));
        top.put("digest", r.digest());
        top.put("digest_of", Digest.COVERS);
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
        ObjectNode input = top.putObject("input");
        input.put("kind", r.input().kind());
        input.put("recorded", r.input().recorded());
        input.put("synthetic", r.input().synthetic());
        input.put("note", r.input().note());
        ObjectNode playing = top.putObject("playing");
        playing.put("moves", r.playing().moves());
        playing.set("late_ms", node(r.playing().lateness()));
        ObjectNode alarms = node(r.findings().alarms());
        alarms.put("told_again", r.findings().toldAgain());
        top.set("alarms", alarms);
        top.put("alarms_of", "presses of the panic button");
        top.put(
                "told_again_of",
                "decisions beyond the first within one press: a contact that bounces for long is seen to close again");
        top.set("told_again", toldAgain(r.findings().presses()));
        top.set("others", node(r.findings().others()));
        top.put("others_of", "resets, presses told again by a bouncing contact, faults");
        top.set("latency_ms", node(r.latencies()));
        r.unfaulted().ifPresent(l -> top.set("latency_no_fault_ms", node(l)));
        ArrayNode expectations = top.putArray("expectations");
        for (Outcome outcome : r.outcomes()) {
            ObjectNode node = expectations.addObject();
            node.put("id", outcome.id());
            node.put("held", outcome.verdict() == Verdict.HELD);
            node.put("verdict", outcome.verdict().word());
            node.put("detail", outcome.detail());
        }
        List<String> wrongs = r.findings().wrongs();
        top.set("wrong", texts(wrongs.subList(0, Math.min(MAX_WRONGS, wrongs.size()))));
        return top;
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
        return node;
    }

    private static ObjectNode node(Latencies latencies) {
        ObjectNode node = JSON.createObjectNode();
        node.set("press_to_decision", node(latencies.decision()));
        ObjectNode datagram = node(latencies.datagram());
        datagram.set("by_centre", node(latencies.datagramTo()));
        node.set("press_to_datagram", datagram);
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
