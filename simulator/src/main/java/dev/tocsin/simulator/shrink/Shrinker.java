package dev.tocsin.simulator.shrink;

import dev.tocsin.sdk.port.Clock;
import dev.tocsin.simulator.run.Concrete;
import dev.tocsin.simulator.run.DeviceIds;
import dev.tocsin.simulator.run.Progress;
import dev.tocsin.simulator.scenario.Expectation;
import dev.tocsin.simulator.scenario.Fleet;
import dev.tocsin.simulator.scenario.Network;
import dev.tocsin.simulator.scenario.Occurrence;
import dev.tocsin.simulator.scenario.Reading;
import dev.tocsin.simulator.scenario.Scenario;
import dev.tocsin.simulator.scenario.ScenarioFile;
import dev.tocsin.simulator.scenario.ScenarioYaml;
import dev.tocsin.simulator.scenario.value.Moment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/**
 * Shrinks a scenario that fails: first everything that was drawn is written down ({@link Concrete}), then {@link Ddmin} takes
 * away faults, then drills, stimuli and devices, again and again until nothing more goes or the limits are reached. Every
 * step is played; what is left fails the same way. Blocks; one thread calls.
 */
public final class Shrinker {

    /** In how few runs and how little time it must be done: enough for some hundred faults, and for a coffee. */
    public static final Limits USUAL = new Limits(400, Duration.ofMinutes(5));

    private static final int ROUNDS = 4;

    private final Trials trials;

    private Shrinker(Trials trials) {
        this.trials = trials;
    }

    /**
     * When it has tried enough.
     *
     * @param runs most runs
     * @param time longest time
     */
    public record Limits(int runs, Duration time) {}

    /**
     * What is left.
     *
     * @param text as a file
     * @param from how much there was when everything that was drawn was written down
     * @param runs how many runs it took
     * @param took how long
     * @param whole whether nothing more goes; otherwise the limits came first
     */
    public record Shrunk(Scenario scenario, String text, String from, int runs, Duration took, boolean whole) {

        /** How much there is. */
        public static String size(Scenario s) {
            return counted(s.faults().size(), "fault") + ", "
                    + counted(s.stimuli().size(), "stimulus", "stimuli") + ", "
                    + counted(DeviceIds.of(s).size(), "device");
        }

        private static String counted(int n, String one) {
            return counted(n, one, one + "s");
        }

        private static String counted(int n, String one, String more) {
            return n + " " + (n == 1 ? one : more);
        }
    }

    /**
     * Shrinks. {@link dev.tocsin.simulator.world.jvm.Determinism#install} must have been called before.
     *
     * @param failing a scenario that fails, with its seed
     * @param failure how it does
     * @param data where recordings are; need not exist
     * @param threads tries that are played side by side
     * @param clock real, for the limits
     * @param interrupted whether to end early, with what is known so far
     * @return nothing if no form of it without draws failed in the same way within the limits
     */
    public static Optional<Shrunk> shrink(
            Scenario failing,
            Failure failure,
            Path data,
            Limits limits,
            int threads,
            Clock clock,
            Progress progress,
            BooleanSupplier interrupted) {
        progress.phase("shrinking " + Shrunk.size(failing) + ", at most " + limits.runs() + " runs or "
                + limits.time().toSeconds() + " s");
        try (Trials trials = new Trials(failure, data, limits, threads, clock, progress, interrupted)) {
            return new Shrinker(trials).shrink(failing, failure, data);
        }
    }

    private Optional<Shrunk> shrink(Scenario failing, Failure failure, Path data) {
        Scenario asked = asking(failing, failure);
        List<Scenario> forms = new ArrayList<>(Concrete.of(asked, data));
        forms.add(named(asked));
        OptionalInt form = trials.firstFailing(forms.size(), forms::get);
        if (form.isEmpty()) {
            return Optional.empty();
        }
        Scenario left = forms.get(form.getAsInt());
        String from = Shrunk.size(left);
        trials.left(from + " left");
        boolean stable = false;
        for (int round = 0; round < ROUNDS && !stable && !trials.isSpent(); round++) {
            Scenario before = left;
            left = calm(open(left));
            left = fewer(left, Scenario::faults, left::withFaults);
            left = fewer(left, Scenario::drills, left::withDrills);
            left = fewer(left, Scenario::stimuli, left::withStimuli);
            left = fewerDevices(left);
            stable = left.equals(before);
        }
        boolean whole = stable && !trials.isSpent();
        return Optional.of(new Shrunk(left, text(left), from, trials.played(), trials.elapsed(), whole));
    }

    /** As a file that reads back to the same. */
    private static String text(Scenario left) {
        String text = ScenarioYaml.of(left);
        if (ScenarioFile.parse(left.name(), text) instanceof Reading.Refused refused) {
            throw new IllegalStateException("what was written cannot be read: " + refused.problems());
        }
        return text;
    }

    /** Only what was violated is still expected; a scenario must expect something. */
    private static Scenario asking(Scenario failing, Failure failure) {
        List<Expectation> all = failing.expectations();
        List<Expectation> violated =
                all.stream().filter(e -> failure.violated().contains(e.id())).toList();
        return failing.withExpectations(violated.isEmpty() ? others(all) : violated);
    }

    /** Without those that hang on a fault that may go. */
    private static List<Expectation> others(List<Expectation> all) {
        return all.stream()
                .filter(e -> !(e instanceof Expectation.Recovered))
                .limit(1)
                .toList();
    }

    private static Scenario named(Scenario scenario) {
        return scenario.withFleet(scenario.fleet().withDevices(new Fleet.Named(DeviceIds.of(scenario))));
    }

    private <T> Scenario fewer(Scenario scenario, Function<Scenario, List<T>> part, Function<List<T>, Scenario> with) {
        List<T> all = part.apply(scenario);
        return with.apply(Ddmin.minimal(all, (count, tries) -> first(count, tries, with)));
    }

    private Scenario fewerDevices(Scenario scenario) {
        if (scenario.fleet().counties().size() > 1
                || !(scenario.fleet().devices() instanceof Fleet.Named(List<String> ids))) {
            return scenario; // schools are dealt to counties in turn: one less would move the others
        }
        Function<List<String>, Scenario> with = devices -> Concrete.among(scenario, devices);
        return with.apply(Ddmin.minimal(ids, (count, tries) -> first(count, tries, with)));
    }

    private <T> OptionalInt first(int count, IntFunction<List<T>> tries, Function<List<T>, Scenario> with) {
        OptionalInt failing = trials.firstFailing(count, i -> with.apply(tries.apply(i)));
        failing.ifPresent(i -> trials.left(Shrunk.size(with.apply(tries.apply(i))) + " left"));
        return failing;
    }

    /** Until the last thing is over, if nothing that is left goes on to an end that must be said. */
    private Scenario open(Scenario s) {
        boolean timed = s.faults().stream()
                        .allMatch(f -> f.when() instanceof Occurrence.At(Moment m)
                                && m.stimulus().isEmpty())
                && s.stimuli().stream().noneMatch(x -> x.when().repetition().untilEnd());
        return timed
                ? orAsItIs(
                        s,
                        x -> x.withRun(new Scenario.Run(x.run().seed(), x.run().start(), Duration.ZERO, false)))
                : s;
    }

    private Scenario calm(Scenario s) {
        return orAsItIs(s, x -> x.withNetwork(Network.UNSAID));
    }

    private Scenario orAsItIs(Scenario s, UnaryOperator<Scenario> simpler) {
        Scenario tried = simpler.apply(s);
        return !tried.equals(s) && trials.fails(tried) ? tried : s;
    }
}
