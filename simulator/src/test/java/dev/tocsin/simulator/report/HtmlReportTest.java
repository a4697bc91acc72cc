package dev.tocsin.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.simulator.check.Breach;
import dev.tocsin.simulator.check.Fate;
import dev.tocsin.simulator.check.Findings;
import dev.tocsin.simulator.check.Latencies;
import dev.tocsin.simulator.check.Outcome;
import dev.tocsin.simulator.check.Promise;
import dev.tocsin.simulator.check.Seen;
import dev.tocsin.simulator.check.Tally;
import dev.tocsin.simulator.check.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

/** The page as text. What it looks like is checked by .ci/report, with a browser. */
class HtmlReportTest {

    private static final String NASTY = "</script><script>alert('临沧')</script><!-- \" ' & {{data}} $1 \\ \u2028";
    private static final Pattern BLOCK = Pattern.compile("<script[^>]*>(.*?)</script>", Pattern.DOTALL);
    private static final List<String> OWN_SCRIPTS =
            List.of("base.js", "head.js", "plots.js", "timeline.js", "schools.js", "lapses.js", "page.js");

    private static RunReport report(String name) {
        List<Fate> presses = List.of(
                Fates.delivered(name + "/a", 100, 20, 30),
                Fates.delivered(name + "/b", 200, 25, 3000),
                Fates.unknownToPolice(name + "/b", 300, 20));
        return new RunReport(
                name,
                "real",
                Long.MAX_VALUE,
                Verdict.VIOLATED,
                "c0ffee",
                12.3456,
                20,
                new RunReport.FleetFacts(2, Fates.CENTRES, false, 30, 1),
                new Input(0, 3, name),
                new RunReport.Playing(40, Latencies.of(presses).decision()),
                6,
                new Findings(
                        new Tally(3, 3, 0, 2, 1, 0, 0, 0),
                        new Tally(1, 1, 0, 1, 0, 0, 0, 0),
                        presses,
                        List.of(),
                        List.of(new Breach(Promise.NOTHING_LOST, name + " is missing")),
                        new TreeMap<>(),
                        Seen.NOTHING),
                Latencies.of(presses),
                List.of(new Outcome("delivery", Verdict.VIOLATED, name)),
                Optional.empty(),
                new TreeMap<>(Map.of("power-cut", 4L)),
                Fates.scene(List.of(name + "/a", name + "/b")));
    }

    private static String page(String name) throws IOException {
        return HtmlReport.text(report(name), new Provenance("tocsin 0", Optional.of("abc"), "./tocsin run " + name));
    }

    private static List<String> blocks(String page) {
        return BLOCK.matcher(page).results().map(m -> m.group(1)).toList();
    }

    private static JsonNode data(String page) throws IOException {
        return new ObjectMapper().readTree(blocks(page).getFirst());
    }

    @Test
    void its_figures_are_those_of_result_json() throws IOException {
        assertThat(data(page("small")).get("result"))
                .isEqualTo(new ObjectMapper().readTree(ResultJson.text(report("small"))));
    }

    @Test
    void it_has_a_curve_for_each_stage_and_centre_that_ends_at_the_longest() throws IOException {
        JsonNode data = data(page("small"));
        assertThat(data.get("plots")).hasSize(6);
        JsonNode fromEducation = data.at("/plots/4/curves/1");
        assertThat(fromEducation.get("name").asText()).isEqualTo("from education");
        assertThat(fromEducation.get("ms")).hasSize(3);
        assertThat(fromEducation.at("/ms/2").asDouble())
                .isEqualTo(data.at("/result/latency_ms/press_to_receipt/by_centre/education/max")
                        .asDouble());
        assertThat(fromEducation.at("/share/2").asDouble()).isEqualTo(1);
    }

    @Test
    void it_has_timelines_lanes_schools_and_the_yardstick() throws IOException {
        JsonNode data = data(page("small"));
        assertThat(data.get("timelines")).hasSize(3);
        assertThat(data.at("/timelines/0/missing/0").asText()).isEqualTo("police");
        assertThat(data.at("/timelines/0/events/0/what").asText()).isEqualTo("edge");
        assertThat(data.get("lanes")).hasSize(7);
        assertThat(data.at("/schools/0/state").asText()).isEqualTo("partly");
        assertThat(data.at("/yardstick/source").asText()).contains("per public summaries");
        assertThat(data.at("/yardstick/measured_s/max").isMissingNode())
                .as("never, as JSON has it")
                .isTrue();
        assertThat(data.at("/result/en50136")).isEqualTo(data.get("yardstick"));
        assertThat(data.get("seed").asText()).isEqualTo("9223372036854775807");
    }

    @Test
    void no_text_in_the_data_can_end_its_block_or_fill_a_slot() throws IOException {
        String page = page(NASTY);
        assertThat(blocks(page)).hasSize(2);
        assertThat(data(page).at("/result/scenario").asText()).isEqualTo(NASTY);
        assertThat(data(page).at("/schools/0/name").asText()).isEqualTo(NASTY);
        assertThat(page).doesNotContain("<script>alert");
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", NASTY})
    void it_is_well_formed(String name) throws Exception {
        String bare = page(name)
                .replaceFirst("<!DOCTYPE html>", "")
                .replaceAll("(?s)(<(script|style)[^>]*>).*?</\\2>", "$1</$2>");
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(bare)));
        assertThat(document.getElementsByTagName("script").getLength()).isEqualTo(2);
        assertThat(document.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo(name + ": violated");
    }

    @Test
    void it_loads_nothing_and_forbids_itself_to() throws IOException {
        String page = page("small");
        assertThat(page).contains("http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';");
        Pattern loads = Pattern.compile(
                "(?i)<link|<iframe|<img|\\b(src|href|action)\\s*=|url\\(\\s*[\"']?(?!#)|@import|\\bimport\\s*\\(|fetch\\(|XMLHttpRequest|WebSocket|importScripts");
        assertThat(loads.matcher(page).results().map(MatchResult::group)).isEmpty();
    }

    @Test
    void the_plotting_library_is_the_published_one_with_its_licence() throws IOException {
        assertThat(Bytes.wrap(resource("uplot/uPlot.iife.min.js").getBytes(StandardCharsets.UTF_8))
                        .sha256()
                        .hex())
                .as("uPlot 1.6.32 as npm has it")
                .isEqualTo("19c8d4c6ad88929a79f4ae49d6f7161566dfd0ba3d15cc495e974f787eb78f1f");
        assertThat(page("small")).contains("The MIT License (MIT)").contains("Copyright (c) 2022 Leon Sorokin");
    }

    @Test
    void own_scripts_put_text_into_the_page_as_text_only() throws IOException {
        for (String script : OWN_SCRIPTS) {
            assertThat(resource(script)).doesNotContain("HTML", "document.write", "eval(");
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
