package dev.tocsin.simulator.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Fits what happens into a run of another length. */
record Cut(Duration length) {

    List<Stimulus> stimuli(List<Stimulus> all) {
        return all.stream()
                .filter(s -> begins(s.when().repetition().from()))
                .map(s -> new Stimulus(
                        s.position(),
                        s.id(),
                        new Stimulus.When(
                                s.when().repetition().within(length), s.when().spread()),
                        s.device(),
                        s.sample(),
                        s.action()))
                .toList();
    }

    List<Drill> drills(List<Drill> all) {
        return all.stream().filter(d -> begins(d.from())).toList();
    }

    List<Fault> faults(List<Fault> all, List<Stimulus> stimuli) {
        Set<String> ids = stimuli.stream().map(Stimulus::id).collect(Collectors.toSet());
        return all.stream()
                .filter(f -> switch (f.when()) {
                    case Occurrence.At(var moment) ->
                        moment.stimulus().map(ids::contains).orElseGet(() -> begins(moment.offset()));
                    case Occurrence.Every(Repetition r) -> begins(r.from());
                    case Occurrence.Anywhere a -> true;
                })
                .map(f -> f.when() instanceof Occurrence.Every(Repetition r)
                        ? f.at(new Occurrence.Every(r.within(length)))
                        : f)
                .toList();
    }

    private boolean begins(Duration at) {
        return at.compareTo(length) <= 0;
    }
}
