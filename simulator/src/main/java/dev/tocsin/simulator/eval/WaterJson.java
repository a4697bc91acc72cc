package dev.tocsin.simulator.eval;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes evaluations by the water as JSON. The names are an interface to other programs: add, never rename. */
public final class WaterJson {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private WaterJson() {}

    /** Writes it to a file. Blocks. */
    public static void write(LevelEvaluation evaluation, Path file) throws IOException {
        Files.writeString(file, text(evaluation));
    }

    /** Writes it to a file. Blocks. */
    public static void write(WaterEvaluation evaluation, Path file) throws IOException {
        Files.writeString(file, text(evaluation));
    }

    static String text(LevelEvaluation evaluation) throws IOException {
        ObjectNode top = JSON.createObjectNode();
        top.put("skipped", evaluation.skipped());
        var series = top.putArray("series");
        for (LevelEvaluation.Score score : evaluation.scores()) {
            ObjectNode node = series.addObject();
            node.put("file", score.series().file());
            node.put("rows", score.series().timesNs().length);
            node.put("hours", rounded(score.series().hours()));
            node.put("gaps", score.gaps());
            node.put("warning_m", score.settings().warningM());
            node.put("danger_m", score.settings().dangerM());
            node.put("fastest_m_per_h", score.settings().fastestMPerHour());
            node.put("frozen_told", score.frozenRecorded());
            node.setAll(count(score.recorded()));
            ObjectNode disturbed = node.putObject("disturbed");
            disturbed.put("spikes", score.spikes());
            disturbed.put("gaps", score.holes());
            disturbed.put("frozen", score.stretches());
            disturbed.put("frozen_told", score.frozenTold());
            disturbed.setAll(count(score.disturbed()));
        }
        return JSON.writeValueAsString(top) + "\n";
    }

    private static ObjectNode count(LevelEvaluation.Count count) {
        ObjectNode node = JSON.createObjectNode();
        node.put("crossings", count.crossings());
        node.put("found", count.found());
        node.put("standing", count.standing());
        node.put("late", count.late());
        node.put("missed", count.missed());
        node.put("false", count.wrong());
        node.put("longest_delay_rows", count.longestDelay());
        return node;
    }

    static String text(WaterEvaluation evaluation) throws IOException {
        ObjectNode top = JSON.createObjectNode();
        top.put("skipped", evaluation.skipped());
        var zones = top.putArray("zones");
        for (WaterEvaluation.Zone zone : evaluation.zones()) {
            ObjectNode node = zones.addObject();
            node.put("file", zone.file());
            node.put("readings", zone.readings());
            node.put("inside_m", zone.insideM());
            node.put("time_outs", zone.timeOuts());
            node.put("intrusions", zone.intrusions());
            node.put("unexplained", zone.unexplained());
            node.put("storms", zone.storms());
            node.put("from_time_outs", zone.fromTimeOuts());
        }
        ObjectNode swims = top.putObject("swimmers");
        swims.put("recordings", evaluation.swims().recordings());
        swims.put("hours", rounded(evaluation.swims().hours()));
        swims.put("probe", "modelled wet");
        swims.put("drowning_alarms", evaluation.swims().alarms());
        swims.put("drowning_alarms_while_swimming", evaluation.swims().whileSwimming());
        var modelled = top.putArray("from_models");
        for (WaterEvaluation.Modelled m : evaluation.modelled()) {
            ObjectNode node = modelled.addObject();
            node.put("event", m.event());
            node.put("events", m.events());
            node.put("found", m.found());
            node.put("missed", m.missed());
            node.put("early", m.early());
            ObjectNode delay = node.putObject("delay_s");
            delay.put("p50", rounded(m.delay().p50Ms() / 1_000));
            delay.put("p99", rounded(m.delay().p99Ms() / 1_000));
            delay.put("max", rounded(m.delay().maxMs() / 1_000));
        }
        var falsely = top.putArray("false_from_models");
        for (WaterEvaluation.Falsely f : evaluation.falsely()) {
            ObjectNode node = falsely.addObject();
            node.put("cause", f.cause());
            node.put("device_years", f.years());
            node.put("alarms", f.alarms());
            node.put("per_device_year", rounded(f.perDeviceYear()));
        }
        return JSON.writeValueAsString(top) + "\n";
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
