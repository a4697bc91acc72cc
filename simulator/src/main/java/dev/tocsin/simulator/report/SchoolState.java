package dev.tocsin.simulator.report;

import dev.tocsin.simulator.check.Fate;
import dev.tocsin.simulator.check.Lane;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * How one school fared.
 *
 * @param school its name: a device's id up to the last slash
 * @param devices how many it has
 * @param alarms how many presses there were
 * @param drills how many of them were told as drills
 * @param worst the state of the press that fared worst
 * @param slowestNs the longest from a press to a receipt; empty if there was none
 */
public record SchoolState(String school, int devices, int alarms, int drills, State worst, OptionalLong slowestNs) {

    /** A receipt is expected within this time; what takes longer is shown as slow. */
    static final long SLOW_NS = 2_000_000_000L;

    /** What can become of a press, the worst last. */
    public enum State {
        /** Nobody pressed. */
        QUIET,
        /** In every ledger that shall have it, each receipt soon. */
        DELIVERED,
        /** In every ledger that shall have it, but a receipt took longer than the field expects. */
        SLOW,
        /** In no ledger and never durable, and a fault hit the device itself: it was dead before it could be. */
        UNDURABLE,
        /** Some centre that shall have it lacks it. */
        PARTLY,
        /** In no ledger. */
        LOST
    }

    /** All schools of a scene, in order of their names. */
    static List<SchoolState> of(Scene scene, List<Fate> presses) {
        Map<String, List<Fate>> bySchool = new HashMap<>();
        presses.forEach(p -> bySchool.computeIfAbsent(school(p.device()), k -> new ArrayList<>())
                .add(p));
        Map<String, Integer> counts = new TreeMap<>();
        scene.devices().forEach(d -> counts.merge(school(d), 1, Integer::sum));
        List<SchoolState> states = new ArrayList<>();
        counts.forEach(
                (school, count) -> states.add(of(scene, school, count, bySchool.getOrDefault(school, List.of()))));
        return states;
    }

    private static SchoolState of(Scene scene, String school, int devices, List<Fate> presses) {
        State worst = State.QUIET;
        OptionalLong slowestNs = OptionalLong.empty();
        for (Fate press : presses) {
            OptionalLong lastNs = press.receivedNs().values().stream()
                    .mapToLong(ns -> ns - press.atNs())
                    .max();
            State state = state(scene, press, lastNs.orElse(0));
            worst = state.compareTo(worst) > 0 ? state : worst;
            if (lastNs.isPresent()) {
                slowestNs = OptionalLong.of(Math.max(lastNs.getAsLong(), slowestNs.orElse(0)));
            }
        }
        int drills = (int) presses.stream().filter(Fate::drill).count();
        return new SchoolState(school, devices, presses.size(), drills, worst, slowestNs);
    }

    private static State state(Scene scene, Fate press, long lastNs) {
        if (press.isDelivered()) {
            return lastNs > SLOW_NS ? State.SLOW : State.DELIVERED;
        }
        if (!press.deliveredTo().isEmpty()) {
            return State.PARTLY;
        }
        boolean deviceHit =
                scene.faults().stream().anyMatch(f -> f.lane().kind() == Lane.Kind.DEVICE && f.touches(press));
        return !press.durable() && deviceHit ? State.UNDURABLE : State.LOST;
    }

    private static String school(String device) {
        int slash = device.lastIndexOf('/');
        return slash < 0 ? "no school" : device.substring(0, slash);
    }
}
