package dev.tocsin.simulator.eval;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tocsin.simulator.eval.FallEvaluation.Delay;
import dev.tocsin.simulator.eval.FallEvaluation.Group;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;

/** Writes an evaluation of falls as JSON. The names are an interface to other programs: add, never rename. */
public final class FallsJson {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private FallsJson() {}

    /** Writes it to a file. Blocks. */
    public static void write(FallsRun run, Path file) throws IOException {
        Files.writeString(file, text(run));
    }

    /** The text. */
    static String text(FallsRun run) throws IOException {
        FallEvaluation e = run.evaluation();
        ObjectNode top = JSON.createObjectNode();
        top.put("caveat", FallEvaluation.CAVEAT);
        put(top, e.all());
        ArrayNode by = top.putArray("by");
        e.byDataset().forEach((dataset, score) -> put(by.addObject().put("dataset", dataset), score));
        ArrayNode placements = top.putArray("by_placement");
        e.byPlacement().forEach((placement, score) -> put(placements.addObject().put("placement", placement), score));
        groups(top.putArray("by_activity"), "activity", e.byActivity());
        groups(top.putArray("by_subject"), "subject", e.bySubject());
        ObjectNode delay = delay(top, "delay_s", e.afterImpact());
        delay.put("from", "greatest |a| within the label");
        delay(delay, "after_start", e.afterStart());
        put(top, "false_per_hour", e.falsePerHour());
        top.put("adl_hours", rounded(e.dailyHours()));
        top.put("false_alarms", e.falseAlarms());
        top.put("alarms_beside_falls", e.besideFalls());
        top.put("told_again", e.toldAgain());
        top.put("restored", e.restored());
        top.put("late_blocks", e.lateBlocks());
        top.put("skipped", e.skipped());
        ArrayNode mistakes = top.putArray("mistakes");
        e.mistakes().forEach(mistake -> put(mistakes.addObject(), mistake));
        ArrayNode tunings = top.putArray("leave_subjects_out");
        run.tunings().forEach(tuning -> put(tunings.addObject(), tuning));
        return JSON.writeValueAsString(top) + "\n";
    }

    private static void put(ObjectNode node, FallEvaluation.Mistake mistake) {
        FallManifest.Row row = mistake.row();
        node.put("what", mistake.alarm().isPresent() ? "false-alarm" : "miss");
        node.put("file", row.file());
        node.put("dataset", row.dataset());
        node.put("activity", row.activity());
        node.put("subject", row.subject());
        mistake.alarm().ifPresent(alarm -> {
            node.put("impact_s", rounded(alarm.edgeNs() / 1e9));
            node.put("decided_s", rounded(alarm.decidedNs() / 1e9));
            node.put("why", alarm.text());
        });
    }

    private static void put(ObjectNode node, FallTuning tuning) {
        node.put("placement", tuning.placement());
        node.put("grid", FallTuning.GRID);
        node.put("combinations", tuning.combinations());
        put(node.putObject("left_out"), FallTuning.sum(tuning.leftOut()));
        put(node.putObject("shipped"), FallTuning.sum(tuning.shipped()));
        ObjectNode chosen = node.putObject("chosen");
        tuning.chosen().forEach(chosen::put);
        groups(node.putArray("by_subject"), "subject", tuning.leftOut());
    }

    private static void groups(ArrayNode array, String name, SortedMap<Group, FallScore> scores) {
        scores.forEach((group, score) ->
                put(array.addObject().put("dataset", group.dataset()).put(name, group.name()), score));
    }

    private static void put(ObjectNode node, FallScore score) {
        node.put("falls", score.falls());
        node.put("adl", score.adl());
        node.put("tp", score.tp());
        node.put("fn", score.fn());
        node.put("fp", score.fp());
        node.put("tn", score.tn());
        put(node, "sensitivity", score.sensitivity());
        put(node, "specificity", score.specificity());
    }

    private static ObjectNode delay(ObjectNode node, String name, Optional<Delay> delay) {
        ObjectNode of = node.putObject(name);
        put(of, "median", delay.map(d -> OptionalDouble.of(d.medianS())).orElse(OptionalDouble.empty()));
        put(of, "p95", delay.map(d -> OptionalDouble.of(d.p95S())).orElse(OptionalDouble.empty()));
        put(of, "max", delay.map(d -> OptionalDouble.of(d.maxS())).orElse(OptionalDouble.empty()));
        return of;
    }

    private static void put(ObjectNode node, String name, OptionalDouble value) {
        if (value.isPresent()) {
            node.put(name, rounded(value.getAsDouble()));
        } else {
            node.putNull(name);
        }
    }

    private static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}
