package dev.tocsin.simulator.run;

import dev.tocsin.firmware.board.BounceTrace;
import dev.tocsin.simulator.eval.Recordings;
import dev.tocsin.simulator.eval.Recordings.Recording;
import dev.tocsin.simulator.report.Input;
import dev.tocsin.simulator.scenario.Stimulus;
import dev.tocsin.simulator.scenario.Stimulus.Synthetic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds or draws the movements of contacts, and keeps count of which. */
final class Contacts {

    /** How a contact closes, and how it opens. */
    record Motions(Motion closing, Motion opening) {}

    private final Path data;
    private final Seeds seeds;
    private final Planner.Refusing problems;
    private final Map<String, Optional<BounceTrace>> read = new HashMap<>();
    private int recorded;
    private int synthetic;
    private String note = "";

    Contacts(Path data, Seeds seeds, Planner.Refusing problems) {
        this.data = data;
        this.seeds = seeds;
        this.problems = problems;
    }

    Input input() {
        return new Input(recorded, synthetic, note);
    }

    /** The movements of one press; empty if its recording is not to be had, which is noted. */
    Optional<Motions> press(Stimulus.Press press, String name) {
        Optional<Motion> closing = motion(press.contact(), true, name);
        Stimulus.Contact release = press.release().orElseGet(() -> releaseLike(press.contact()));
        Optional<Motion> opening = motion(release, false, name);
        if (closing.isEmpty() || opening.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Motions(closing.get(), opening.get()));
    }

    /** One such press is played. */
    void count(Stimulus.Press press) {
        if (press.contact() instanceof Synthetic) {
            synthetic++;
        } else {
            recorded++;
        }
    }

    private static Stimulus.Contact releaseLike(Stimulus.Contact press) {
        return press instanceof Synthetic s ? s : new Synthetic(Synthetic.Kind.BOUNCE);
    }

    private Optional<Motion> motion(Stimulus.Contact contact, boolean closing, String name) {
        return switch (contact) {
            case Synthetic s ->
                Optional.of(Motion.synthetic(
                        s.kind(), closing, seeds.stream("contact/" + name + (closing ? "/press" : "/release"))));
            case Stimulus.Trace trace -> trace(trace, closing).map(Motion::of);
            case Stimulus.Recordings r -> throw new IllegalStateException("recordings are dealt, not played once");
        };
    }

    private Optional<BounceTrace> trace(Stimulus.Trace trace, boolean closing) {
        return read.computeIfAbsent(trace.path(), path -> {
                    Path file = data.resolve(path);
                    if (!Files.isRegularFile(file)) {
                        problems.refuse(
                                trace.position(),
                                "there is no recording " + file,
                                "give the data folder with --data DIR, or TOCSIN_DATA");
                        return Optional.empty();
                    }
                    return switch (BounceTrace.read(file)) {
                        case BounceTrace.Reading.Malformed(String problem) -> {
                            problems.refuse(trace.position(), problem, "a recording as in data/bounce/README.md");
                            yield Optional.empty();
                        }
                        case BounceTrace.Reading.Read(BounceTrace t) -> Optional.of(t);
                    };
                })
                .filter(t -> {
                    boolean right = t.startsClosed() != closing;
                    if (!right) {
                        problems.refuse(
                                trace.position(),
                                trace.path() + " is a recording of a " + (closing ? "release" : "press"),
                                "name one of a " + (closing ? "press" : "release"));
                    }
                    return right;
                });
    }

    /** The movements of all recorded presses, each with a release of its session; or as many drawn ones. */
    List<Motions> presses(Stimulus.Recordings wanted, String stimulus) {
        Path manifest = data.resolve(wanted.manifest());
        if (!Files.exists(manifest)) {
            note = "no recordings at " + manifest + ": synthetic bounce instead";
            return drawn(wanted, stimulus);
        }
        return switch (Recordings.read(manifest)) {
            case Recordings.Reading.Unusable(String why) -> {
                problems.refuse(wanted.position(), why, "a manifest as in data/bounce/README.md");
                yield List.of();
            }
            case Recordings.Reading.Read(Recordings recordings) -> {
                note = recordings.presses().size() + " recorded presses of " + manifest
                        + (recordings.skipped() == 0 ? "" : ", " + recordings.skipped() + " files are not there");
                yield recorded(recordings);
            }
        };
    }

    private List<Motions> recorded(Recordings recordings) {
        List<Motions> all = new ArrayList<>();
        Map<String, Integer> used = new HashMap<>();
        for (Recording press : recordings.presses()) {
            List<Recording> releases = recordings.releasesOf(press.session());
            int number = used.merge(press.session(), 1, Integer::sum) - 1;
            Motion opening = releases.isEmpty()
                    ? Motion.synthetic(Synthetic.Kind.CLEAN, false, seeds.stream("release"))
                    : Motion.of(releases.get(number % releases.size()).trace());
            all.add(new Motions(Motion.of(press.trace()), opening));
            recorded++;
        }
        return all;
    }

    private List<Motions> drawn(Stimulus.Recordings wanted, String stimulus) {
        List<Motions> all = new ArrayList<>();
        for (int i = 1; i <= wanted.presses(); i++) {
            String name = stimulus + "." + i;
            Motion closing = Motion.synthetic(wanted.otherwise().kind(), true, seeds.stream("contact/" + name));
            all.add(new Motions(
                    new Motion(closing.name() + "-" + i, closing.edges()),
                    Motion.synthetic(wanted.otherwise().kind(), false, seeds.stream("release/" + name))));
            synthetic++;
        }
        return all;
    }
}
