package dev.tocsin.simulator.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.DialectId;
import dev.tocsin.sdk.config.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** The schema that editors get says what the readers say. */
class ScenarioSchemaTest {

    static final List<String> builtIn = BuiltIn.NAMES;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path DOCUMENT = Path.of("..", "docs", "scenarios.md");
    private static final Pattern YAML_BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    /** Nothing like any key, so that a reader names all that it knows. */
    private static final String STRANGE = "zzzzzzzzzzzzzzzz";

    /** Keys that readers know only to say that they cannot be played. */
    private static final Map<String, List<String>> REFUSED_BY_NAME =
            Map.of("scenario.stimuli.press.release", List.of("recordings"));

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Schema SCHEMA = REGISTRY.getSchema(BuiltIn.schema(), InputFormat.JSON);

    @Test
    void the_schema_is_one_of_draft_2020_12() {
        Schema meta = REGISTRY.getSchema(SchemaLocation.of(DialectId.DRAFT_2020_12));
        assertThat(meta.validate(BuiltIn.schema(), InputFormat.JSON)).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("builtIn")
    void every_built_in_scenario_is_valid(String name) {
        assertThat(mistakes(BuiltIn.yaml(name).orElseThrow())).isEmpty();
    }

    @Test
    void every_example_in_the_document_is_valid_and_can_be_read() throws IOException {
        List<String> examples = new ArrayList<>();
        Matcher block = YAML_BLOCK.matcher(Files.readString(DOCUMENT));
        while (block.find()) {
            examples.add(block.group(1));
        }
        assertThat(examples).isNotEmpty().allSatisfy(yaml -> {
            assertThat(mistakes(yaml)).isEmpty();
            assertThat(problems(yaml)).isEmpty();
        });
    }

    @Test
    void the_scenario_with_everything_is_valid_and_can_be_read() throws IOException {
        assertThat(problems(everything())).isEmpty();
        assertThat(mistakes(everything())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version: 1                        | version: 2",
                "name: everything                  | name: Every Thing",
                "settle: 10m                       | setle: 10m",
                "settle: 10m                       | settle: 10",
                "seed: 42                          | seed: -1",
                "08:00+08:00                       | 08:00",
                "world: virtual                    | world: moon",
                "channel: dtls                     | channel: tls",
                "channel: dtls                     | signatures: rsa",
                "centres: [police, education]      | centres: []",
                "count: 120                        | count: 0",
                "button: 60%                       | button: 60",
                "duplicate: 0.1%                   | duplicate: 101%",
                "\"lognormal(60ms, 0.5)\"          | \"lognormal(60ms)\"",
                "mtu: 1280, rate                   | mtu: 12, rate",
                "rate: 64kbit                      | rate: 64",
                "nat: {idle: 30s}                  | nat: 30s",
                "rate: 10mbit                      | rate: 0mbit",
                "press: bounce                     | press: bonce",
                "press: bounce                     | push: bounce",
                "at: 12m, spread                   | at: 12m, every: 1m, spread",
                "at: 12m, spread                   | at: 12m, times: 3, spread",
                "sample: 5%                        | sample: 5",
                "release: clean                    | release: softly",
                "reset: key                        | reset: hand",
                "accept: {after: 20s, by: \"Officer Li\"} | accept: {after: 20s}",
                "to: 105m                          | until: 105m",
                "at: A1+40ms                       | at: A1+40",
                "at: A1+40ms                       | at: A1+40ms, anywhere: 3",
                "disk: lose-unsynced               | disk: lost",
                "full: 64KiB, for: 5m              | full: 64KiB",
                "full: 64KiB                       | full: 64KiB, slow: 20",
                "stall: 2s                         | stall: 2s, for: 5m",
                "fails: writes                     | fails: reads",
                "offset: -2s                       | offset: -2s, unset: true",
                "stuck: closed                     | stuck: shut",
                "chatter: 20                       | chatter: 0",
                "warning: 1.5m                     | warning: 1.5",
                "fastest: 0.5m/h                   | fastest: 0.5m",
                "imu: fall                         | imu: tumble",
                "impact: 3.5g                      | impact: 3.5",
                "{model: fall, impact              | {impact",
                "nearest: 0.4m                     | nearest: 0.4",
                "immersion: rain                   | immersion: snow",
                "model: rise, from: 1m, to: 4m, over: 2h, stays: 20m | model: rise, from: 1m, to: 4m",
                "unit: \"m/s^2\", from: 1s, for: 10s, means: fall, | unit: \"m/s^2\", from: 1s, for: 10s,",
                "speed: 60                         | speed: 0",
                "sensor: {frozen: true, for: 2m}   | sensor: {frozen: true}",
                "sensor: {broken: true             | sensor: {broken: true, stuck: true",
                "saturated: 4                      | saturated: 0",
                "detects: fall, least              | detects: panic, least",
                "least: \">= 90%\", false-alarms | false-alarms",
                "nat-rebind: true                  | nat-rebind: 1",
                "certificate: expired              | certificate: lost",
                "to: 530902/police, for: 5m        | to: 530902/police",
                "weather: {latency: 1s, loss: 20%, duplicate: 1%, reorder: 1%, mtu: 600, devices | weather: {devices",
                "centre: police, kill: {for: 30s}  | kill: {for: 30s}",
                "centre: police, kill: {for: 30s}  | centre: police, kill: {for: 0s}",
                "centre: police, kill: {for: 30s}  | centre: police, nat-rebind: true, kill: {for: 30s}",
                "by: 800ms                         | by: 800",
                "fails: true                       | fails: false",
                "replay: 20%, forge: 10, flood: 200, tamper: 1%, thief: 60, impostor: 80%, overload: 400, for | for",
                "slowed-by: overload               | slowed-by: rain",
                "times: \"<= 2\"                   | times: 2",
                "ledger-rate: 300                  | ledger-rate: 0",
                "every: durable-alarm              | every: alarm",
                "to: route, exactly: once          | to: route",
                "to: receipt                       | to: reciept",
                "\"< 1s\"                          | \"1s\"",
                "\">= 100\"                        | 100",
                "when: no-fault                    | when: calm",
                "share: \">= 99.9%\"               | share: 99.9%",
                "at-most: 0                        | most: 0",
                "told-again: \"<= 5\"              | told-again: 5",
                "last-within: 15s, after: police-return | last-within: 15s",
                "certificate-life: 60d             | certificate-life: 60",
                "new-certificate: {for: 1m}        | new-certificate: {}",
                "renewed-within: 5m,               | renewed-within: 5,",
                "renewed-within: 5m, first-press   | first-press",
                "threads-grown: \"<= 8\"           | threads-grown: \"<= 8\", told-again: \"<= 1\"",
            })
    void what_the_readers_refuse_the_schema_refuses_too(String right, String wrong) throws IOException {
        assertThat(everything()).contains(right);
        String yaml = everything().replace(right, wrong);
        assertThat(problems(yaml)).as("readers").isNotEmpty();
        assertThat(mistakes(yaml)).as("schema").isNotEmpty();
    }

    @Test
    void the_schema_has_every_key_that_the_readers_know_and_no_other() throws IOException {
        JsonNode scenario = new YAMLMapper().readTree(everything());
        Comparison comparison = new Comparison(scenario, JSON.readTree(BuiltIn.schema()));
        comparison.compare(scenario, comparison.schema, "scenario");
        assertThat(comparison.known).hasSizeGreaterThan(25).isEqualTo(comparison.described);
    }

    /** A walk through a scenario and its schema, side by side. */
    private record Comparison(
            JsonNode scenario,
            JsonNode schema,
            Map<String, SortedSet<String>> known,
            Map<String, SortedSet<String>> described) {

        Comparison(JsonNode scenario, JsonNode schema) {
            this(scenario, schema, new TreeMap<>(), new TreeMap<>());
        }

        void compare(JsonNode here, JsonNode there, String path) {
            JsonNode form = resolved(there, here);
            if (here.isArray()) {
                here.forEach(item -> compare(item, form.path("items"), path));
            } else if (here instanceof ObjectNode map) {
                described.computeIfAbsent(path, k -> new TreeSet<>()).addAll(names(form.path("properties")));
                known.computeIfAbsent(path, k -> new TreeSet<>()).addAll(keysAt(scenario, map));
                known.get(path).removeAll(REFUSED_BY_NAME.getOrDefault(path, List.of()));
                names(map)
                        .forEach(key ->
                                compare(map.path(key), form.path("properties").path(key), path + "." + key));
            }
        }

        /** What describes a node: through references, and of several forms the one that a map or a list can have. */
        private JsonNode resolved(JsonNode there, JsonNode here) {
            if (there.has("$ref")) {
                return resolved(schema.at(there.path("$ref").asText().substring(1)), here);
            }
            for (JsonNode one : there.path("anyOf")) {
                JsonNode form = resolved(one, here);
                if (form.has(here.isArray() ? "items" : "properties")) {
                    return form;
                }
            }
            return there;
        }
    }

    /** The keys that the reader of one of the scenario's maps knows: it names them when it meets a strange one. */
    private static List<String> keysAt(JsonNode scenario, ObjectNode map) {
        map.put(STRANGE, "?");
        List<String> told = problems(scenario.toString());
        map.remove(STRANGE);
        Pattern hint = Pattern.compile(STRANGE + " \\(known here: (.*)\\)");
        for (String problem : told) {
            Matcher m = hint.matcher(problem);
            if (m.find()) {
                return List.of(m.group(1).split(", "));
            }
        }
        throw new AssertionError("no reader minds a strange key in " + map + ": " + told);
    }

    private static List<String> names(JsonNode properties) {
        List<String> names = new ArrayList<>();
        properties.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String everything() throws IOException {
        try (InputStream in = ScenarioSchemaTest.class.getResourceAsStream("/scenarios/everything.yaml")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static List<String> mistakes(String yaml) {
        return SCHEMA.validate(yaml, InputFormat.YAML).stream()
                .map(Object::toString)
                .toList();
    }

    private static List<String> problems(String yaml) {
        return switch (ScenarioFile.parse("test", yaml)) {
            case Reading.Read r -> List.of();
            case Reading.Refused(List<Problem> problems) ->
                problems.stream().map(Problem::toString).toList();
        };
    }
}
