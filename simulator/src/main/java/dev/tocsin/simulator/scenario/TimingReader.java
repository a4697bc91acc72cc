package dev.tocsin.simulator.scenario;

import dev.tocsin.sdk.config.TomlTable;
import dev.tocsin.simulator.scenario.value.Moment;
import dev.tocsin.simulator.yaml.YamlMap;
import dev.tocsin.simulator.yaml.YamlValue;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/** Reads when things happen. */
final class TimingReader {

    private static final Repetition AT_ONCE = Repetition.once(Duration.ZERO);

    private final Duration run;

    /**
     * A reader.
     *
     * @param run how long the run is; zero where nobody says
     */
    TimingReader(Duration run) {
        this.run = run;
    }

    /** {@code at}, or {@code every} with {@code from} and {@code times}. */
    Repetition repetition(YamlMap map) {
        if (map.has("at") == map.has("every")) {
            map.problem(
                    map.has("at") ? "every" : "id",
                    "a stimulus needs at or every, one of them",
                    "at: 12m, or every: 20m with times: 5");
            map.has("from");
            map.has("times");
            return AT_ONCE;
        }
        if (map.has("at")) {
            return Repetition.once(map.value("at").flatMap(this::duringRun).orElse(Duration.ZERO));
        }
        return every(map);
    }

    /** {@code at} with a moment, {@code every}, or {@code anywhere}. */
    Optional<Occurrence> occurrence(YamlMap map, Collection<String> stimuli) {
        boolean at = map.has("at");
        boolean every = map.has("every");
        boolean anywhere = map.has("anywhere");
        if ((at ? 1 : 0) + (every ? 1 : 0) + (anywhere ? 1 : 0) != 1) {
            map.problem(
                    anywhere ? "anywhere" : every ? "every" : "at",
                    "a fault needs at, every or anywhere, one of them",
                    "at: 12m, at: A1+40ms, every: 20m or anywhere: 20");
            map.has("from");
            map.has("times");
            return Optional.empty();
        }
        if (at) {
            return map.value("at").flatMap(v -> moment(v, stimuli)).map(Occurrence.At::new);
        }
        if (every) {
            return Optional.of(new Occurrence.Every(every(map)));
        }
        if (run.isZero()) {
            map.problem("anywhere", "nobody says when the run ends", "add duration: 1h to run");
        }
        return map.value("anywhere")
                .flatMap(v -> v.integer(1, 100_000))
                .map(n -> new Occurrence.Anywhere(n.intValue()));
    }

    private Optional<Moment> moment(YamlValue value, Collection<String> stimuli) {
        Optional<Moment> moment = Values.moment(value);
        // where a stimulus' own id is wrong, which is told, nobody knows who is meant
        Optional<String> unknown = moment.flatMap(Moment::stimulus)
                .filter(id -> !stimuli.contains(id) && !stimuli.contains(StimulusReader.NO_ID));
        if (unknown.isPresent()) {
            return value.wrong(
                    "names no stimulus: " + unknown.get(),
                    stimuli.isEmpty() ? Moment.HINT : TomlTable.hintFor(unknown.get(), stimuli));
        }
        return moment.flatMap(m ->
                m.stimulus().isPresent() ? Optional.of(m) : duringRun(value).map(Moment::after));
    }

    /** A moment of the run. */
    Optional<Duration> duringRun(YamlValue value) {
        return value.duration()
                .flatMap(at -> !run.isZero() && at.compareTo(run) > 0
                        ? value.wrong("is after the end of the run", "run.duration says when that is")
                        : Optional.of(at));
    }

    private Repetition every(YamlMap map) {
        Optional<Duration> said = map.value("every").flatMap(Values::lasting);
        Duration every = said.orElse(Duration.ZERO);
        Duration from = map.value("from").flatMap(this::duringRun).orElse(every);
        if (said.isEmpty()) {
            map.has("times"); // what is wrong with every is noted
            return AT_ONCE;
        }
        if (map.has("times")) {
            long times = map.integer("times", 1, 1, Repetition.MOST_TIMES);
            if (every.multipliedBy(times - 1).compareTo(YamlValue.LONGEST) > 0) {
                map.problem("times", "this goes on for too long", "at most " + YamlValue.LONGEST.toDays() + "d in all");
                return AT_ONCE;
            }
            return new Repetition(from, every, (int) times, false);
        }
        if (run.isZero()) {
            map.problem("every", "nobody says when it ends", "add times: 5 here, or duration: 10m to run");
            return AT_ONCE;
        }
        return Repetition.untilEnd(from, every, run);
    }
}
