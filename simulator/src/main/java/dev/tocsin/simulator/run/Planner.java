package dev.tocsin.simulator.run;

import dev.tocsin.firmware.app.ButtonDevice;
import dev.tocsin.sdk.config.Problem;
import dev.tocsin.simulator.check.Deed;
import dev.tocsin.simulator.county.CountyPlan.PlannedSignal;
import dev.tocsin.simulator.report.Input;
import dev.tocsin.simulator.run.Plan.Move;
import dev.tocsin.simulator.run.Plan.PlannedDeed;
import dev.tocsin.simulator.run.Plan.Planning;
import dev.tocsin.simulator.scenario.DeviceKind;
import dev.tocsin.simulator.scenario.Scenario;
import dev.tocsin.simulator.scenario.Signal;
import dev.tocsin.simulator.scenario.Stimulus;
import dev.tocsin.simulator.yaml.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns a scenario into a {@link Plan}. Reads recordings; does nothing else. */
final class Planner {

    /** The key stays turned for this long. */
    private static final long KEY_HELD_NS = 100_000_000;

    /** A contact that a recording leaves closed is opened this much later. */
    private static final long LET_GO_NS = 50_000_000;

    /** Between two things at one device: longer than a release takes to be decided. */
    private static final long PAUSE_NS = 200_000_000;

    private final Scenario scenario;
    private final Draws draws;
    private final Contacts contacts;
    private final Signals signals;
    private final List<String> devices;
    private final Map<String, Integer> places = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Move> moves = new ArrayList<>();
    private final List<PlannedDeed> deeds = new ArrayList<>();
    private final List<PlannedSignal> sensed = new ArrayList<>();
    private final Map<Integer, List<Episode>> episodes = new HashMap<>();
    private final Map<String, List<Reached>> reached = new HashMap<>();
    private final List<Acceptance> acceptances = new ArrayList<>();
    private final Set<String> refused = new HashSet<>();

    /** One thing at one device, from its first edge to rest. */
    private record Episode(long startNs, long endNs, String id, Position position) {}

    private Planner(Scenario scenario, Path data) {
        this.scenario = scenario;
        Seeds seeds = new Seeds(scenario.run().seed());
        this.draws = new Draws(seeds);
        this.contacts = new Contacts(data, seeds, this::refuse);
        this.signals = new Signals(data, scenario.fleet().gauge(), this::refuse);
        this.devices = DeviceIds.of(scenario.fleet().devices(), seeds);
        devices.forEach(id -> places.put(id, places.size()));
    }

    /**
     * Plans for the real world.
     *
     * @param data where recordings are; need not exist
     */
    static Planning plan(Scenario scenario, Path data) {
        Planner planner = of(scenario, data);
        RealWorldLimits.check(scenario, planner::refuse);
        return planner.plan();
    }

    /** Works out what hands do, for any world. */
    static Planner of(Scenario scenario, Path data) {
        Planner planner = new Planner(scenario, data);
        // what is drawn comes last: it gives way to what is said
        scenario.stimuli().stream().filter(s -> s.sample().isAll()).forEach(planner::plan);
        scenario.stimuli().stream().filter(s -> !s.sample().isAll()).forEach(planner::plan);
        planner.episodes.values().forEach(planner::refuseOverlaps);
        return planner;
    }

    private Planning plan() {
        return problems.isEmpty()
                ? new Planning.Planned(new Plan(devices, moves(), deeds, contacts.input()))
                : new Planning.Refused(problems);
    }

    /** What moves, in order of time. Stable: what is planned first moves first at the same instant. */
    List<Move> moves() {
        return moves.stream().sorted(Comparator.comparingLong(Move::atNs)).toList();
    }

    List<String> devices() {
        return devices;
    }

    List<PlannedDeed> deeds() {
        return deeds;
    }

    /** When which stimulus reaches whom. */
    Map<String, List<Reached>> reached() {
        return reached;
    }

    /** What is played to sensors, in order of time. */
    List<PlannedSignal> signals() {
        return sensed.stream()
                .sorted(Comparator.comparingLong(PlannedSignal::atNs))
                .toList();
    }

    List<Acceptance> acceptances() {
        return acceptances;
    }

    Input input() {
        Input hands = contacts.input();
        Input sensors = signals.input();
        String note = Stream.of(hands.note(), sensors.note())
                .filter(n -> !n.isEmpty())
                .collect(Collectors.joining("; "));
        return new Input(hands.recorded() + sensors.recorded(), hands.synthetic() + sensors.synthetic(), note);
    }

    List<Problem> problems() {
        return problems;
    }

    /** Notes a problem; once, though each county and each device may meet it. */
    void refuse(Position position, String what, String hint) {
        Problem problem = new Problem(scenario.file(), position.line(), position.column(), what, hint);
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }

    /** Whether a stimulus cannot be played: what comes of it is not known. */
    boolean isRefused(String stimulus) {
        return refused.contains(stimulus);
    }

    private void plan(Stimulus stimulus) {
        int before = problems.size();
        stimulus(stimulus);
        if (problems.size() > before) {
            refused.add(stimulus.id());
        }
    }

    private void stimulus(Stimulus stimulus) {
        List<String> chosen = stimulus.device().of(devices);
        if (chosen.isEmpty()) {
            refuse(
                    stimulus.position(),
                    "no device is called " + stimulus.device().glob(),
                    "devices here are " + devices.getFirst() + " … " + devices.getLast());
            return;
        }
        chosen = able(stimulus, chosen);
        Stimulus.When when = stimulus.when();
        if (!when.spread().isZero()) {
            chosen = draws.order("order/" + stimulus.id(), chosen);
        }
        if (stimulus.action() instanceof Stimulus.Press press
                && press.contact() instanceof Stimulus.Recordings recordings) {
            List<String> sampled = draws.sample("sample/" + stimulus.id() + ".1", chosen, stimulus.sample());
            deal(stimulus, press, contacts.presses(recordings, stimulus.id()), sampled);
            return;
        }
        for (int time = 1; time <= when.repetition().times(); time++) {
            String id = when.repetition().times() == 1 ? stimulus.id() : stimulus.id() + "." + time;
            List<String> now = draws.sample("sample/" + stimulus.id() + "." + time, chosen, stimulus.sample());
            once(stimulus, id, when.repetition().at(time).toNanos(), now);
        }
    }

    private void once(Stimulus stimulus, String id, long fromNs, List<String> chosen) {
        if (stimulus.action() instanceof Stimulus.Accept accept) {
            chosen.forEach(device -> reaches(stimulus, device, fromNs));
            acceptances.add(new Acceptance(fromNs, chosen, accept));
            return;
        }
        for (int i = 0; i < chosen.size(); i++) {
            long offsetNs = offsetNs(stimulus, i, chosen.size());
            act(stimulus, chosen.get(i), id, fromNs + offsetNs);
        }
    }

    /** When the i-th of so many has its turn. */
    private static long offsetNs(Stimulus stimulus, int i, int of) {
        return Math.round((double) stimulus.when().spread().toNanos() / of * i);
    }

    private void act(Stimulus stimulus, String device, String id, long atNs) {
        int place = places.getOrDefault(device, 0);
        String name = id + "@" + device;
        switch (stimulus.action()) {
            case Stimulus.Reset r -> {
                if (gives(stimulus, place, atNs, atNs + KEY_HELD_NS)) {
                    reaches(stimulus, device, atNs);
                    episode(place, name, stimulus.position(), atNs, turnKey(place, name, atNs));
                }
            }
            case Stimulus.Press press ->
                played(stimulus, contacts.press(press, name))
                        .filter(motions -> gives(stimulus, place, atNs, endNs(atNs, motions, press)))
                        .ifPresent(motions -> {
                            contacts.count(press);
                            reaches(stimulus, device, atNs);
                            long endNs = press(place, name, atNs, motions, press);
                            episode(place, name, stimulus.position(), atNs, endNs);
                        });
            case Stimulus.Sense(Signal signal) -> sense(stimulus, signal, device, name, atNs);
            case Stimulus.Accept a -> throw new IllegalStateException("nobody's hand is at a device");
        }
    }

    /** A sensor's time is its own: a hand may be at the same device. */
    private void sense(Stimulus stimulus, Signal signal, String device, String name, long atNs) {
        Optional<Signals.Playing> playing = signals.play(signal);
        if (playing.isEmpty()) {
            refused.add(stimulus.id());
            return;
        }
        int place = devices.size() + places.getOrDefault(device, 0);
        long endNs = atNs + playing.get().length().toNanos();
        if (gives(stimulus, place, atNs, endNs)) {
            signals.count(signal);
            reaches(stimulus, device, atNs);
            episode(place, name, stimulus.position(), atNs, endNs);
            sensed.add(new PlannedSignal(
                    name,
                    device,
                    atNs,
                    playing.get().source(),
                    playing.get().length(),
                    playing.get().owes()));
        }
    }

    /** Those that can meet such a thing; refuses the stimulus where none of them can. */
    private List<String> able(Stimulus stimulus, List<String> chosen) {
        if (!(stimulus.action() instanceof Stimulus.Sense(Signal signal))) {
            return chosen;
        }
        DeviceKind kind = signal.sense().device();
        List<String> able =
                chosen.stream().filter(id -> DeviceKind.of(id) == kind).toList();
        if (able.isEmpty()) {
            refuse(
                    stimulus.position(),
                    "no device that " + stimulus.device().glob() + " picks has the sensor for "
                            + signal.sense().name().toLowerCase(Locale.ROOT),
                    "those have it that are called " + kind.word() + ": \"*/" + kind.word() + "-*\"");
        }
        return able;
    }

    /** The same; a stimulus whose recording is not to be had is refused, though that is told where it is first met. */
    private Optional<Contacts.Motions> played(Stimulus stimulus, Optional<Contacts.Motions> motions) {
        if (motions.isEmpty()) {
            refused.add(stimulus.id());
        }
        return motions;
    }

    private void reaches(Stimulus stimulus, String device, long atNs) {
        reached.computeIfAbsent(stimulus.id(), k -> new ArrayList<>()).add(new Reached(device, atNs));
    }

    /** Whether there is room for it: a device that is drawn while a hand is still at it is left out. */
    private boolean gives(Stimulus stimulus, int device, long startNs, long endNs) {
        return stimulus.sample().isAll()
                || episodes.getOrDefault(device, List.of()).stream()
                        .allMatch(e -> endNs + PAUSE_NS <= e.startNs || e.endNs + PAUSE_NS <= startNs);
    }

    /** Latest end of a press. */
    private static long endNs(long atNs, Contacts.Motions motions, Stimulus.Press press) {
        return atNs
                + motions.closing().lengthNs()
                + press.hold().toNanos()
                + motions.opening().lengthNs()
                + LET_GO_NS
                + press.reset().map(Duration::toNanos).orElse(0L)
                + KEY_HELD_NS;
    }

    /** Recordings go round the devices; at each device one comes after the other. */
    private void deal(Stimulus stimulus, Stimulus.Press press, List<Contacts.Motions> all, List<String> chosen) {
        Map<String, Long> freeAtNs = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            String device = chosen.get(i % chosen.size());
            Contacts.Motions motions = all.get(i);
            long stagger = offsetNs(stimulus, i % chosen.size(), chosen.size());
            long fromNs = stimulus.when().repetition().from().toNanos();
            long atNs = freeAtNs.getOrDefault(device, fromNs + stagger);
            String name = stimulus.id() + "." + motions.closing().name() + "@" + device;
            int place = places.getOrDefault(device, 0);
            long endNs = press(place, name, atNs, motions, press);
            reaches(stimulus, device, atNs);
            episode(place, name, stimulus.position(), atNs, endNs);
            freeAtNs.put(device, endNs + PAUSE_NS);
        }
    }

    private long press(int device, String name, long atNs, Contacts.Motions motions, Stimulus.Press press) {
        deeds.add(new PlannedDeed(name, device, Deed.Kind.PRESS));
        move(device, atNs, motions.closing(), deeds.size() - 1);
        long openingNs = atNs + motions.closing().lengthNs() + press.hold().toNanos();
        move(device, openingNs, motions.opening(), Plan.NOTHING);
        long endNs = openingNs + motions.opening().lengthNs();
        if (motions.opening().edges().getLast().closed()) {
            endNs += LET_GO_NS;
            moves.add(new Move(endNs, device, ButtonDevice.PANIC, false, Plan.NOTHING));
        }
        return press.reset().isPresent()
                ? turnKey(device, name, endNs + press.reset().get().toNanos())
                : endNs;
    }

    private void move(int device, long atNs, Motion motion, int deed) {
        int begins = deed;
        for (Motion.Edge edge : motion.edges()) {
            moves.add(new Move(atNs + edge.atNs(), device, ButtonDevice.PANIC, edge.closed(), begins));
            begins = Plan.NOTHING;
        }
    }

    private long turnKey(int device, String name, long atNs) {
        deeds.add(new PlannedDeed(name + " reset", device, Deed.Kind.RESET));
        moves.add(new Move(atNs, device, ButtonDevice.RESET, true, deeds.size() - 1));
        moves.add(new Move(atNs + KEY_HELD_NS, device, ButtonDevice.RESET, false, Plan.NOTHING));
        return atNs + KEY_HELD_NS;
    }

    private void episode(int device, String id, Position position, long startNs, long endNs) {
        episodes.computeIfAbsent(device, k -> new ArrayList<>()).add(new Episode(startNs, endNs, id, position));
    }

    private void refuseOverlaps(List<Episode> list) {
        List<Episode> inOrder =
                list.stream().sorted(Comparator.comparingLong(Episode::startNs)).toList();
        for (int i = 1; i < inOrder.size(); i++) {
            Episode before = inOrder.get(i - 1);
            Episode now = inOrder.get(i);
            if (now.startNs < before.endNs + PAUSE_NS) {
                long lateMs = (before.endNs + PAUSE_NS - now.startNs) / 1_000_000 + 1;
                refuse(
                        now.position,
                        now.id + " begins before " + before.id + " is over",
                        "let it begin " + lateMs + " ms later");
                return; // one for each device is enough
            }
        }
    }

    /** Takes problems. */
    interface Refusing {
        void refuse(Position position, String what, String hint);
    }
}
