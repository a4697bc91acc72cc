package dev.tocsin.simulator.run;

import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.simulator.board.Composed;
import dev.tocsin.simulator.board.DistanceModel;
import dev.tocsin.simulator.board.ImuModel;
import dev.tocsin.simulator.board.KnockModel;
import dev.tocsin.simulator.board.LevelModel;
import dev.tocsin.simulator.board.ProbeModel;
import dev.tocsin.simulator.board.SampleSource;
import dev.tocsin.simulator.board.SensorTrace;
import dev.tocsin.simulator.board.Span;
import dev.tocsin.simulator.county.SensorKit;
import dev.tocsin.simulator.eval.SensorRecording;
import dev.tocsin.simulator.report.Input;
import dev.tocsin.simulator.scenario.Fleet;
import dev.tocsin.simulator.scenario.Signal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds or makes what sensors meet, says which alarms it owes, and keeps count. */
final class Signals {

    /**
     * Ready to be played.
     *
     * @param owes the kinds of alarm that should come of it
     */
    record Playing(SampleSource source, Duration length, Set<AlarmKind> owes) {}

    /** So much longer than a detector's time something must last to owe an alarm: samples, and a clear case. */
    private static final Duration CLEARLY = Duration.ofSeconds(2);

    private static final double CLEARLY_M = 0.05;

    private static final Duration WALKS = Duration.ofSeconds(4);
    private static final Duration STANDS = Duration.ofSeconds(4);
    private static final double STEPS = 1.8;
    private static final double BOB_G = 0.25;
    private static final Duration IMPACT = Duration.ofMillis(60);
    private static final Duration WALKS_OFF = Duration.ofSeconds(15);
    private static final double WALKS_OFF_G = 0.6;
    private static final double STRUGGLE_G = 0.7;
    private static final double EMPTY_M = 4;

    /** At a walking pace: who is gone from the edge sooner went over it. */
    private static final Duration COMING = Duration.ofSeconds(3);

    private static final double DRY_OHM = 2e6;
    private static final double WET_OHM = 5_000;
    private static final Duration DROP = Duration.ofMillis(300);
    private static final Duration BETWEEN_DROPS = Duration.ofMillis(3_100);
    private static final Duration DAY = Duration.ofDays(1);

    private final Path data;
    private final Fleet.Gauge gauge;
    private final Planner.Refusing problems;
    private final Map<Signal.Trace, Optional<Playing>> traces = new HashMap<>();
    private final List<String> notes = new ArrayList<>();
    private int recorded;
    private int synthetic;

    Signals(Path data, Fleet.Gauge gauge, Planner.Refusing problems) {
        this.data = data;
        this.gauge = gauge;
        this.problems = problems;
    }

    /** So many signals of each sort are played. */
    Input input() {
        return new Input(recorded, synthetic, String.join("; ", notes));
    }

    /** What is played; empty if its recording is not to be had, which is noted. */
    Optional<Playing> play(Signal signal) {
        if (signal instanceof Signal.Trace trace) {
            if (Files.exists(data.resolve(trace.path())) || trace.otherwise().isEmpty()) {
                return traces.computeIfAbsent(trace, this::trace);
            }
            note("no recording at " + data.resolve(trace.path()) + ": a synthetic "
                    + trace.sense().name().toLowerCase(Locale.ROOT) + " model instead");
            return Optional.of(model(trace.otherwise().get()));
        }
        return Optional.of(model(signal));
    }

    /** One such signal is played. */
    void count(Signal signal) {
        if (signal instanceof Signal.Trace t && (t.otherwise().isEmpty() || Files.exists(data.resolve(t.path())))) {
            recorded++;
        } else {
            synthetic++;
        }
    }

    private void note(String note) {
        if (!notes.contains(note)) {
            notes.add(note);
        }
    }

    private Playing model(Signal signal) {
        return switch (signal) {
            case Signal.Fall s -> fall(s);
            case Signal.Walk s ->
                new Playing(
                        ImuModel.still().walking(new Span(Duration.ZERO, s.lasts()), STEPS, s.bobG()),
                        s.lasts(),
                        Set.of());
            case Signal.Knock s ->
                new Playing(
                        new KnockModel(new Span(Duration.ofSeconds(1), IMPACT), s.impactG()),
                        Duration.ofSeconds(2),
                        Set.of());
            case Signal.Intrusion s -> intrusion(s);
            case Signal.Passing s ->
                new Playing(
                        DistanceModel.empty(EMPTY_M).passing(new Span(Duration.ZERO, s.lasts()), s.nearestM()),
                        s.lasts(),
                        owesRisk(s.nearestM(), s.lasts()));
            case Signal.Plunge s -> plunge(s);
            case Signal.Splash s -> water(List.of(new Span(Duration.ZERO, s.lasts())), s.lasts(), s.lasts());
            case Signal.Rain s -> water(drops(s.lasts()), s.lasts(), DROP);
            case Signal.Rise s -> rise(s);
            case Signal.Trace s -> throw new IllegalStateException("a recording is no model");
        };
    }

    /** Who gets up walks off: at the wrist that ends the alarm. */
    private static Playing fall(Signal.Fall s) {
        Duration falls = WALKS.plus(STANDS);
        ImuModel down = ImuModel.still()
                .walking(new Span(Duration.ZERO, WALKS), STEPS, BOB_G)
                .falling(new Span(falls, s.falling()), s.impactG(), IMPACT.toNanos() / 1e9);
        Duration up = falls.plus(s.falling()).plus(IMPACT).plus(s.lying());
        ImuModel off = ImuModel.still().walking(new Span(Duration.ZERO, DAY), STEPS, WALKS_OFF_G);
        return new Playing(Composed.then(down, up, off), up.plus(WALKS_OFF), Set.of(AlarmKind.FALL));
    }

    private static Playing intrusion(Signal.Intrusion s) {
        Duration coming =
                s.lasts().dividedBy(4).compareTo(COMING) < 0 ? s.lasts().dividedBy(4) : COMING;
        SampleSource source = DistanceModel.empty(EMPTY_M)
                .leaning(new Span(Duration.ZERO, s.lasts()), Math.min(s.nearestM(), EMPTY_M), coming);
        return new Playing(source, s.lasts(), owesRisk(s.nearestM(), s.lasts().minus(coming.multipliedBy(2))));
    }

    private static Set<AlarmKind> owesRisk(double nearestM, Duration near) {
        boolean isNear = nearestM <= SensorKit.EDGE.zone().insideM() - CLEARLY_M
                && nearestM >= SensorKit.EDGE.zone().nearestM() + CLEARLY_M;
        return isNear && near.compareTo(SensorKit.EDGE.zoneDwell().plus(CLEARLY)) >= 0
                ? Set.of(AlarmKind.FALL_RISK)
                : Set.of();
    }

    private static Playing plunge(Signal.Plunge s) {
        Span in = new Span(Duration.ZERO, s.lasts());
        ImuModel body = ImuModel.still().walking(new Span(Duration.ZERO, s.struggle()), STEPS, STRUGGLE_G);
        Set<AlarmKind> owes = Stream.of(AlarmKind.WATER_INTRUSION, AlarmKind.DROWNING)
                .filter(kind -> kind == AlarmKind.WATER_INTRUSION
                        ? isClearly(s.lasts(), SensorKit.WATER.probe().wetFor())
                        : isClearly(
                                s.lasts().minus(s.struggle()),
                                SensorKit.WATER
                                        .stillFor()
                                        .plus(SensorKit.WATER.probe().wetFor())))
                .collect(Collectors.toSet());
        return new Playing(Composed.beside(new ProbeModel(DRY_OHM, WET_OHM, List.of(in), 0), body), s.lasts(), owes);
    }

    /** On somebody who walks about. */
    private static Playing water(List<Span> wet, Duration lasts, Duration longest) {
        ImuModel body = ImuModel.still().walking(new Span(Duration.ZERO, lasts), STEPS, BOB_G);
        return new Playing(
                Composed.beside(new ProbeModel(DRY_OHM, WET_OHM, wet, 0), body),
                lasts,
                isClearly(longest, SensorKit.WATER.probe().wetFor()) ? Set.of(AlarmKind.WATER_INTRUSION) : Set.of());
    }

    private static boolean isClearly(Duration time, Duration than) {
        return time.compareTo(than.plus(CLEARLY)) >= 0;
    }

    private static List<Span> drops(Duration lasts) {
        List<Span> drops = new ArrayList<>();
        for (Duration at = Duration.ZERO; at.compareTo(lasts) < 0; at = at.plus(BETWEEN_DROPS)) {
            drops.add(new Span(at, DROP));
        }
        return drops;
    }

    private Playing rise(Signal.Rise s) {
        double riseM = s.toM() - s.fromM();
        SampleSource source = LevelModel.still(s.fromM())
                .rising(new Span(Duration.ZERO, s.over()), riseM)
                .rising(new Span(s.over().plus(s.stays()), s.over()), -riseM);
        boolean isHigh = s.fromM() < gauge.warningM() && s.toM() >= gauge.warningM() + CLEARLY_M;
        return new Playing(
                source, s.over().multipliedBy(2).plus(s.stays()), isHigh ? Set.of(AlarmKind.WATER_LEVEL) : Set.of());
    }

    private Optional<Playing> trace(Signal.Trace trace) {
        Path file = data.resolve(trace.path());
        if (!Files.isRegularFile(file)) {
            problems.refuse(
                    trace.position(),
                    "there is no recording " + file,
                    "give the data folder with --data DIR, or TOCSIN_DATA; or say otherwise: a model");
            return Optional.empty();
        }
        SensorRecording.Reading reading = switch (trace.sense()) {
            case IMU -> SensorRecording.acceleration(file, trace.unit());
            case DISTANCE -> SensorRecording.distance(file);
            case IMMERSION -> SensorRecording.worn(file);
            case LEVEL -> SensorRecording.level(file);
        };
        return switch (reading) {
            case SensorRecording.Reading.Unusable(String why) -> {
                problems.refuse(trace.position(), why, "a recording that tocsin eval reads");
                yield Optional.empty();
            }
            case SensorRecording.Reading.Read(long[] timesNs, double[][] rows) ->
                cut(trace, SensorTrace.of(timesNs, rows));
        };
    }

    private Optional<Playing> cut(Signal.Trace trace, SensorTrace whole) {
        long leftNs = whole.lengthNs() - trace.from().toNanos();
        long playedNs = trace.lasts().isZero() ? leftNs : trace.lasts().toNanos();
        if (leftNs <= 0 || playedNs > leftNs) {
            problems.refuse(
                    trace.position(),
                    trace.path() + " is " + Duration.ofNanos(whole.lengthNs()).toSeconds() + " s long, and "
                            + trace.from().toSeconds() + " s to "
                            + trace.from().plusNanos(playedNs).toSeconds() + " s of it are wanted",
                    "another from or for");
            return Optional.empty();
        }
        SampleSource source = trace.sense() == Signal.Sense.LEVEL ? whole.interpolated() : whole;
        return Optional.of(new Playing(
                Composed.played(source, trace.from(), trace.speed()),
                Duration.ofNanos(Math.round(playedNs / trace.speed())),
                trace.means().map(Set::of).orElse(Set.of())));
    }
}
