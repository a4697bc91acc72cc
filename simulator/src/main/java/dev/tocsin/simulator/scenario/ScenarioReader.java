package dev.tocsin.simulator.scenario;

import dev.tocsin.simulator.yaml.Position;
import dev.tocsin.simulator.yaml.Problems;
import dev.tocsin.simulator.yaml.YamlMap;
import dev.tocsin.simulator.yaml.YamlValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the top of a scenario and hands its parts to their readers. */
final class ScenarioReader {

    private static final int VERSION = 1;
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 2200; // the nanoseconds of a run still fit into a long
    private static final Duration DEFAULT_SETTLE = Duration.ofSeconds(30);

    private final String file;
    private final Problems problems;
    private final Map<String, Position> places = new HashMap<>();

    ScenarioReader(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    Scenario read(YamlMap top) {
        top.required("version", "version: " + VERSION)
                .flatMap(v -> v.integer(VERSION, VERSION))
                .ifPresent(v -> {});
        String name =
                top.required("name", "name: a-short-name").flatMap(this::name).orElse("");
        String story = top.value("story").flatMap(YamlValue::prose).orElse("");
        Scenario.Run run =
                top.value("run").flatMap(YamlValue::map).map(this::run).orElseGet(() -> noRun());
        Fleet fleet = top.required("fleet", "fleet: {centres: [police], schools: {count: 1, devices: 3}}")
                .flatMap(YamlValue::map)
                .map(map -> FleetReader.read(map, places))
                .orElse(FleetReader.NONE);
        Network network = top.value("network")
                .flatMap(YamlValue::map)
                .map(NetworkReader::read)
                .orElse(Network.UNSAID);
        TimingReader timing = new TimingReader(run.duration());
        StimulusReader stimuli = new StimulusReader(problems, timing);
        List<Stimulus> read = top.required("stimuli", "stimuli: [{id: A1, at: 1s, device: \"*\", press: clean}]")
                .map(v -> stimuli.read(v.list()))
                .orElse(List.of());
        DrillReader drillReader = new DrillReader(fleet, timing);
        List<Drill> drills = top.value("drills").map(drillReader::read).orElse(List.of());
        Set<String> ids = read.stream().map(Stimulus::id).collect(Collectors.toSet());
        FaultReader faultReader = new FaultReader(fleet, network, ids, timing);
        List<Fault> faults = new ArrayList<>();
        top.value("faults")
                .ifPresent(v -> v.list().forEach(f -> faultReader.read(f).ifPresent(faults::add)));
        Duration settle = top.duration("settle", DEFAULT_SETTLE);
        ExpectationReader expectations = new ExpectationReader(problems, fleet, faults, places);
        List<Expectation> expected = top.required(
                        "expect", "expect: [{id: delivery, every: durable-alarm, to: route, exactly: once}]")
                .map(v -> expectations.read(v))
                .orElse(List.of());
        top.finish();
        return new Scenario(file, name, story, run, fleet, network, read, drills, faults, settle, expected, places);
    }

    private Optional<String> name(YamlValue value) {
        return value.text()
                .flatMap(text -> text.matches("[a-z0-9][a-z0-9-]{0,40}")
                        ? Optional.of(text)
                        : value.wrong("cannot be a name: " + text, "lower-case letters, digits and dashes"));
    }

    private Scenario.Run run(YamlMap map) {
        long seed = map.integer("seed", 1, 0, Long.MAX_VALUE);
        Optional<OffsetDateTime> start = map.value("start").flatMap(ScenarioReader::start);
        Duration duration = map.duration("duration", Duration.ZERO);
        boolean real = map.value("world").map(ScenarioReader::isReal).orElse(false);
        map.finish();
        return new Scenario.Run(seed, start, duration, real);
    }

    private static boolean isReal(YamlValue value) {
        return value.text()
                .filter(text -> List.of("real", "virtual").contains(text)
                        || value.wrong("is no world: " + text, "real or virtual")
                                .isPresent())
                .filter("real"::equals)
                .isPresent();
    }

    private static Scenario.Run noRun() {
        return new Scenario.Run(1, Optional.empty(), Duration.ZERO, false);
    }

    private static Optional<OffsetDateTime> start(YamlValue value) {
        return value.text().flatMap(text -> {
            try {
                OffsetDateTime start = OffsetDateTime.parse(text);
                return start.getYear() >= FIRST_YEAR && start.getYear() <= LAST_YEAR
                        ? Optional.of(start)
                        : value.wrong("is out of range: " + text, "a year from " + FIRST_YEAR + " to " + LAST_YEAR);
            } catch (DateTimeException e) {
                return value.wrong("is no time: " + text, "with its offset: \"2027-03-01T08:00+08:00\"");
            }
        });
    }
}
