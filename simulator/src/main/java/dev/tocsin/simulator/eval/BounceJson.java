package dev.tocsin.simulator.eval;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a bounce evaluation as JSON. The names are an interface to other programs: add, never rename. */
public final class BounceJson {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private BounceJson() {}

    /** Writes it to a file. Blocks. */
    public static void write(BounceEvaluation evaluation, Path file) throws IOException {
        Files.writeString(file, text(evaluation));
    }

    /** The text. */
    static String text(BounceEvaluation evaluation) throws IOException {
        ObjectNode top = node(evaluation.all());
        top.put("skipped", evaluation.skipped());
        ArrayNode by = top.putArray("by");
        evaluation.by().forEach((session, score) -> {
            ObjectNode node = JSON.createObjectNode();
            node.put("session", session);
            node.setAll(node(score));
            by.add(node);
        });
        ObjectNode glitches = top.putObject("glitches");
        glitches.put("count", evaluation.glitches().count());
        glitches.put("alarms", evaluation.glitches().alarms());
        return JSON.writeValueAsString(top) + "\n";
    }

    private static ObjectNode node(BounceEvaluation.Score score) {
        ObjectNode node = JSON.createObjectNode();
        node.put("traces", score.traces());
        node.put("expected", score.expected());
        node.put("recognised", score.recognised());
        node.put("missed", score.missed());
        node.put("doubled", score.doubled());
        ObjectNode decision = node.putObject("decision_ms");
        decision.put("p50", rounded(score.decision().p50Ms()));
        decision.put("p99", rounded(score.decision().p99Ms()));
        decision.put("max", rounded(score.decision().maxMs()));
        return node;
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
