package dev.tocsin.simulator.scenario;

import dev.tocsin.simulator.yaml.YamlMap;
import dev.tocsin.simulator.yaml.YamlValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code drills}. */
final class DrillReader {

    private final Fleet fleet;
    private final TimingReader timing;
    private final Set<String> ids = new HashSet<>();

    DrillReader(Fleet fleet, TimingReader timing) {
        this.fleet = fleet;
        this.timing = timing;
    }

    List<Drill> read(YamlValue value) {
        if (!fleet.centres().contains(Drill.ORDERED_BY)) {
            value.wrong("has nobody to order one", "add " + Drill.ORDERED_BY + " to fleet.centres");
        }
        List<Drill> drills = new ArrayList<>();
        value.list().forEach(v -> v.map().flatMap(this::drill).ifPresent(drills::add));
        return drills;
    }

    private Optional<Drill> drill(YamlMap map) {
        Optional<String> id = map.required("id", "id: D1").flatMap(this::id);
        Optional<Duration> from = map.required("from", "from: 90m").flatMap(timing::duringRun);
        Optional<Duration> to = map.required("to", "to: 105m").flatMap(YamlValue::duration);
        Optional<Selector> schools =
                map.required("schools", "schools: \"school-01*\"").flatMap(Values::selector);
        String by = map.value("by").flatMap(Values::person).orElse(Drill.ORDERED_BY);
        map.finish();
        if (from.isPresent() && to.isPresent()) {
            Duration lasts = to.get().minus(from.get());
            if (lasts.isZero() || lasts.isNegative()) {
                map.problem("to", "a drill that ends before it begins", "to: later than from");
            } else if (lasts.compareTo(Drill.LONGEST) > 0) {
                map.problem(
                        "to",
                        "a drill that is too long for a device to believe",
                        "at most " + Drill.LONGEST.toHours() + "h");
            }
        }
        return id.isEmpty() || from.isEmpty() || to.isEmpty() || schools.isEmpty()
                ? Optional.empty()
                : Optional.of(new Drill(map.position(), id.get(), from.get(), to.get(), schools.get(), by));
    }

    private Optional<String> id(YamlValue value) {
        return value.text().flatMap(text -> {
            if (!text.matches("[A-Za-z0-9._-]{1,64}")) {
                return value.wrong("cannot be an id: " + text, "letters, digits, . - and _");
            }
            return ids.add(text) ? Optional.of(text) : value.wrong("is taken: " + text, "ids must differ");
        });
    }
}
