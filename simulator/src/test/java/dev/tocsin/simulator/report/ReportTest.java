package dev.tocsin.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tocsin.simulator.check.Breach;
import dev.tocsin.simulator.check.Distribution;
import dev.tocsin.simulator.check.Findings;
import dev.tocsin.simulator.check.Lapse;
import dev.tocsin.simulator.check.Latencies;
import dev.tocsin.simulator.check.Outcome;
import dev.tocsin.simulator.check.Promise;
import dev.tocsin.simulator.check.Seen;
import dev.tocsin.simulator.check.Tally;
import dev.tocsin.simulator.check.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** The shapes that other programs read. */
class ReportTest {

    private static final Distribution SOME = new Distribution(3, 1.5, 2.25, 3.125, 4, 5.0006);

    private final RunReport report = played(SOME);

    private static RunReport played(Distribution lateness) {
        return new RunReport(
                "small",
                "real",
                7,
                Verdict.VIOLATED,
                "c0ffee",
                12.3456,
                20,
                new RunReport.FleetFacts(2, List.of("police", "education"), false, 30, 1),
                new Input(0, 3, "no recordings"),
                new RunReport.Playing(40, lateness),
                6,
                new Findings(
                        new Tally(3, 3, 0, 2, 1, 0, 0, 0),
                        new Tally(1, 1, 0, 1, 0, 0, 0, 0),
                        List.of(),
                        List.of(),
                        List.of(new Breach(Promise.NOTHING_LOST, "A@a is missing <somewhere>")),
                        new TreeMap<>(),
                        Seen.NOTHING),
                new Latencies(SOME, SOME, SOME, SOME, SOME, SOME, SOME, centres(), centres(), centres()),
                List.of(
                        new Outcome("delivery", Verdict.VIOLATED, "lost 1 & found 2"),
                        new Outcome("latency", Verdict.INCONCLUSIVE, "3 samples, 100 are needed"),
                        new Outcome("ledgers-sound", Verdict.HELD, "police: 3 entries")),
                Optional.empty(),
                new TreeMap<>(Map.of("power-cut", 4L)),
                Fates.scene(List.of("school-1/a")));
    }

    private static SortedMap<String, Distribution> centres() {
        return new TreeMap<>(Map.of("police", SOME, "education", Distribution.NONE));
    }

    @Test
    void result_json_has_the_promised_names() throws IOException {
        JsonNode json = new ObjectMapper().readTree(ResultJson.text(report));
        assertThat(json.fieldNames())
                .toIterable()
                .contains(
                        "scenario",
                        "seed",
                        "world",
                        "verdict",
                        "digest",
                        "simulated_s",
                        "wall_s",
                        "devices",
                        "exchanges",
                        "alarms",
                        "latency_ms",
                        "expectations");
        assertThat(json.get("alarms").fieldNames())
                .toIterable()
                .containsExactly(
                        "raised",
                        "durable",
                        "undurable",
                        "delivered",
                        "lost",
                        "duplicated",
                        "conflicts",
                        "forged_accepted",
                        "spoilt",
                        "told_again");
        for (String latency : List.of(
                "press_to_decision",
                "press_to_signed",
                "press_to_datagram",
                "press_to_ledger",
                "press_to_receipt",
                "press_to_first_receipt",
                "decision_to_kept")) {
            assertThat(json.get("latency_ms").get(latency).fieldNames())
                    .toIterable()
                    .contains("count", "p50", "p95", "p99", "p999", "max");
        }
        assertThat(json.get("expectations").get(0).fieldNames()).toIterable().contains("id", "held", "detail");
    }

    @Test
    void result_json_tells_of_lapsed_certificates_in_seconds_from_then_on() {
        long s = 1_000_000_000L;
        Lapse heard = new Lapse(
                "a",
                100 * s,
                true,
                OptionalLong.of(130 * s),
                List.of(),
                Optional.of(new Lapse.FirstPress(106 * s, OptionalLong.of(107 * s), true)));
        Lapse silent = new Lapse("b", 50 * s, false, OptionalLong.empty(), List.of(), Optional.empty());
        assertThat(ResultJson.lapses(List.of(heard, silent)))
                .hasToString("[{\"device\":\"a\",\"since\":\"power\",\"first_press_s\":6.0,\"first_press_filed_s\":7.0,"
                        + "\"first_press_flagged\":true,\"renewed_s\":30.0},{\"device\":\"b\",\"since\":\"end\"}]");
    }

    @Test
    void result_json_has_the_values() throws IOException {
        JsonNode json = new ObjectMapper().readTree(ResultJson.text(report));
        assertThat(json.at("/world").asText()).isEqualTo("real");
        assertThat(json.at("/verdict").asText()).isEqualTo("violated");
        assertThat(json.at("/simulated_s").asDouble()).isEqualTo(12.346);
        assertThat(json.at("/alarms/lost").asInt()).isEqualTo(1);
        assertThat(json.at("/latency_ms/press_to_receipt/max").asDouble()).isEqualTo(5.001);
        assertThat(json.at("/latency_ms/press_to_receipt/by_centre/police/count")
                        .asInt())
                .isEqualTo(3);
        assertThat(json.at("/expectations/0/held").asBoolean(true)).isFalse();
        assertThat(json.at("/expectations/2/held").asBoolean()).isTrue();
        assertThat(json.at("/input/kind").asText()).isEqualTo("synthetic");
        assertThat(json.at("/digest_of").asText()).contains("does not depend on time");
    }

    @Test
    void junit_xml_has_a_test_case_for_each_expectation() throws Exception {
        Element suite = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(JUnitXml.text(report).getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
        assertThat(suite.getAttribute("tests")).isEqualTo("10");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getAttribute("skipped")).isEqualTo("8"); // seven promises of which there was nothing to see
        assertThat(suite.getElementsByTagName("testcase").getLength()).isEqualTo(10);
        Element failure = (Element) suite.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).isEqualTo("lost 1 & found 2");
        assertThat(failure.getTextContent()).isEqualTo("A@a is missing <somewhere>");
    }

    @Test
    void the_summary_names_synthetic_contacts_and_what_is_wrong() {
        String text = String.join("\n", Summary.of(report));
        assertThat(text)
                .contains("contacts synthetic: no recordings")
                .contains("lost 1")
                .contains("A@a is missing")
                .contains("violated");
    }

    @Test
    void figures_without_a_sample_are_a_dash_and_a_busy_machine_is_named() {
        assertThat(Summary.of(report))
                .contains("  education              0         -         -         -         -         -")
                .noneMatch(line -> line.contains("too busy"));
        Distribution late = new Distribution(40, 20, 80, 130, 140, 150);
        assertThat(Summary.of(played(late))).anyMatch(line -> line.contains("this machine was too busy"));
    }

    private SeedsReport seeds() {
        return new SeedsReport(
                report,
                9,
                Verdict.VIOLATED,
                "beef",
                33.3333,
                SeedsReport.Sums.NONE.plus(report).plus(report),
                report.latencies(),
                Optional.empty(),
                List.of(new Outcome("delivery", Verdict.VIOLATED, "violated in 1 of 2 runs")),
                List.of("seed 7: A@a is missing <somewhere>"),
                List.of(
                        new SeedRun(6, Verdict.HELD, "c0ffee", ""),
                        new SeedRun(7, Verdict.VIOLATED, "decaf", "delivery violated: lost 1 & found 2")),
                new TreeMap<>(Map.of("power-cut", 8L)),
                List.of(6L),
                Optional.empty());
    }

    @Test
    void result_json_of_many_seeds_keeps_its_names_and_has_the_totals() throws IOException {
        JsonNode one = new ObjectMapper().readTree(ResultJson.text(report));
        JsonNode all = new ObjectMapper().readTree(ResultJson.text(seeds()));
        assertThat(all.fieldNames()).toIterable().contains("runs", "exercised", "not_deterministic", "runs_asked");
        one.fieldNames()
                .forEachRemaining(name -> assertThat(
                                all.has(name) || Set.of("told_again", "en50136").contains(name))
                        .as(name)
                        .isTrue());
        assertThat(all.at("/alarms/raised").asInt()).isEqualTo(6);
        assertThat(all.at("/alarms/lost").asInt()).isEqualTo(2);
        assertThat(all.at("/exchanges").asInt()).isEqualTo(12);
        assertThat(all.at("/seed").asInt()).isEqualTo(6);
        assertThat(all.at("/digest").asText()).isEqualTo("beef");
        assertThat(all.at("/wall_s").asDouble()).isEqualTo(33.333);
        assertThat(all.at("/runs/1/verdict").asText()).isEqualTo("violated");
        assertThat(all.at("/runs/1/digest").asText()).isEqualTo("decaf");
        assertThat(all.at("/exercised/power-cut").asInt()).isEqualTo(8);
        assertThat(all.at("/not_deterministic/0").asInt()).isEqualTo(6);
    }

    @Test
    void junit_xml_of_many_seeds_has_a_test_case_for_each() throws Exception {
        Element suite = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(JUnitXml.text(seeds()).getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
        assertThat(suite.getAttribute("tests")).isEqualTo("2");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        Element failed = (Element) suite.getElementsByTagName("testcase").item(1);
        assertThat(failed.getAttribute("name")).isEqualTo("seed 7");
        assertThat(failed.getElementsByTagName("failure").item(0).getTextContent())
                .isEqualTo("seed 7: A@a is missing <somewhere>");
    }

    @Test
    void the_page_of_many_seeds_is_that_of_the_one_shown_with_a_table_of_all() throws IOException {
        String page =
                HtmlReport.text(seeds(), new Provenance("tocsin 0", Optional.empty(), "./tocsin run small --seed 7"));
        assertThat(page)
                .contains("\"totals\":{\"verdict\":\"violated\"")
                .contains("{\"seed\":\"6\",\"verdict\":\"held\",\"digest\":\"c0ffee\"}")
                .contains("\"seed\":\"7\"");
    }

    @Test
    void a_promise_with_nothing_to_see_is_named_and_is_not_among_what_held() throws IOException {
        assertThat(Summary.of(report))
                .contains(
                        "@|bold nothing to see|@ promise-works-clockless  0 looked at: neither held nor violated here")
                .noneMatch(line -> line.contains("nothing to see|@ promise-nothing-lost"));
        JsonNode json = new ObjectMapper().readTree(ResultJson.text(report));
        assertThat(json.at("/unexamined")).hasSize(7);
        assertThat(json.at("/unexamined/6/id").asText()).isEqualTo("promise-works-clockless");
        assertThat(json.at("/unexamined/6/examined").asInt(1)).isZero();
        assertThat(json.at("/expectations")).hasSize(3);
        assertThat(Summary.of(seeds())).anyMatch(line -> line.contains("nothing to see|@ promise-fast"));
        assertThat(new ObjectMapper().readTree(ResultJson.text(seeds())).at("/unexamined"))
                .hasSize(8);
    }

    @Test
    void a_run_that_came_out_in_two_ways_is_violated_wherever_it_is_told() throws IOException {
        RunReport twice = report.with(new Outcome(RunReport.DETERMINISTIC, Verdict.VIOLATED, "one, then another"));
        assertThat(twice.isUnequal()).isTrue();
        assertThat(report.isUnequal()).isFalse();
        assertThat(new ObjectMapper()
                        .readTree(ResultJson.text(twice))
                        .at("/not_deterministic/0")
                        .asLong())
                .isEqualTo(7);
        assertThat(JUnitXml.text(twice)).contains("name=\"deterministic\"").contains("one, then another");
    }

    @Test
    void what_was_met_is_in_the_summary_and_in_result_json() throws IOException {
        assertThat(Summary.of(report)).contains("met       power-cut 4");
        assertThat(new ObjectMapper()
                        .readTree(ResultJson.text(report))
                        .at("/exercised/power-cut")
                        .asInt())
                .isEqualTo(4);
        assertThat(Summary.of(seeds())).contains("seeds     held 1, violated 1, inconclusive 0");
    }
}
