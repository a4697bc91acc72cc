package dev.tocsin.simulator.check;

import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.model.Mode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Finds the alarm that each deed owes, and what no deed explains. An alarm belongs to the last deed of its sort at its
 * device before the edge that it carries under its signature; the observer models the latch itself: the first press after
 * a reset owes a RAISED, the next ones an UPDATED, and the key a RESTORED where an alarm is latched. A press that was told
 * as a drill and held on owes a live alarm of its own; the end of a drill ends its alarm without a key.
 */
final class Attribution {

    /**
     * Something owed.
     *
     * @param name the deed's; the alarm's id where the device raised it of its own accord
     * @param press whether a press owes it
     * @param alarm what fulfils it
     * @param toldAgain how many decisions beyond that one came of the same press
     * @param atNs when the deed was done
     */
    record Owed(
            String name,
            String device,
            AlarmKind kind,
            AlarmState state,
            boolean press,
            Optional<Alarm> alarm,
            int toldAgain,
            long atNs) {}

    /** What comes so long after a deed is not its own: a drill's end after the key, a broken contact's move after a press. */
    private static final long KEY_NS = 1_000_000_000L;

    /** So long a press must be held within a drill for the device to owe that it is live: 3 s, and some to decide. */
    private static final long HELD_NS = 3_500_000_000L;

    private static final Comparator<Alarm> AS_RAISED = Comparator.comparingLong((Alarm a) -> a.id().boot())
            .thenComparingLong(a -> a.id().nonce())
            .thenComparingLong(a -> a.id().sequence());

    private final List<Owed> owed = new ArrayList<>();
    private final List<Alarm> doubled = new ArrayList<>();
    private final List<Alarm> unexplained = new ArrayList<>();

    private final ToLongFunction<Alarm> edgeNs;
    private final Predicate<Alarm> broken;
    private final Memory memory;

    private Attribution(ToLongFunction<Alarm> edgeNs, Predicate<Alarm> broken, Memory memory) {
        this.edgeNs = edgeNs;
        this.broken = broken;
        this.memory = memory;
    }

    /** What devices may have forgotten. */
    interface Memory {
        /** Whether a device lost its power between these moments and had kept none of these alarms before. */
        boolean mayHaveForgotten(String device, List<Alarm> alarms, long sinceNs, long untilNs);
    }

    /**
     * Works it out.
     *
     * @param edgeNs the edge that an alarm tells of, in the deeds' time
     * @param broken whether an alarm tells of a contact that was broken then and moved by itself
     * @param memory what devices may have forgotten
     */
    static Attribution of(
            Collection<Deed> deeds,
            Collection<Alarm> alarms,
            ToLongFunction<Alarm> edgeNs,
            Predicate<Alarm> broken,
            Memory memory) {
        Map<String, List<Deed>> deedsOf = new TreeMap<>();
        deeds.forEach(
                d -> deedsOf.computeIfAbsent(d.device(), k -> new ArrayList<>()).add(d));
        Map<String, List<Alarm>> alarmsOf = new TreeMap<>();
        alarms.forEach(a -> alarmsOf.computeIfAbsent(a.id().device(), k -> new ArrayList<>())
                .add(a));
        TreeSet<String> devices = new TreeSet<>(deedsOf.keySet());
        devices.addAll(alarmsOf.keySet());
        Attribution attribution = new Attribution(edgeNs, broken, memory);
        for (String device : devices) {
            attribution.device(deedsOf.getOrDefault(device, List.of()), alarmsOf.getOrDefault(device, List.of()));
        }
        return attribution;
    }

    /** What is owed, device by device in order of time. */
    List<Owed> owed() {
        return owed;
    }

    /** A press or a turn of the key that was told as two: the second alarm. */
    List<Alarm> doubled() {
        return doubled;
    }

    /** Alarms that nobody's deed explains. */
    List<Alarm> unexplained() {
        return unexplained;
    }

    private void device(List<Deed> unsorted, List<Alarm> alarms) {
        List<Deed> deeds =
                unsorted.stream().sorted(Comparator.comparingLong(Deed::atNs)).toList();
        Map<Deed, List<Alarm>> after = new HashMap<>();
        List<Long> drillsOver = new ArrayList<>();
        for (Alarm alarm : alarms.stream().sorted(AS_RAISED).toList()) {
            if (alarm.kind() != AlarmKind.PANIC) {
                owed.add(ownAccord(alarm));
                continue;
            }
            Deed.Kind kind = alarm.state() == AlarmState.RESTORED ? Deed.Kind.RESET : Deed.Kind.PRESS;
            long edge = edgeNs.applyAsLong(alarm);
            Optional<Deed> deed = lastBefore(deeds, kind, edge)
                    .filter(d -> !broken.test(alarm) || edge - d.atNs() <= KEY_NS); // later it moved by itself
            if (alarm.mode() == Mode.DRILL
                    && alarm.state() == AlarmState.RESTORED
                    && deed.filter(d -> edge - d.atNs() <= KEY_NS).isEmpty()) {
                drillsOver.add(edge);
                owed.add(ownAccord(alarm));
            } else {
                deed.ifPresentOrElse(
                        d -> after.computeIfAbsent(d, k -> new ArrayList<>()).add(alarm), () -> ofNobody(alarm));
            }
        }
        boolean latched = false;
        long latchedNs = Long.MIN_VALUE;
        List<Alarm> latching = List.of();
        boolean sure = true; // that the device's latch is as modelled here
        for (Deed deed : deeds) {
            List<Alarm> candidates = after.getOrDefault(deed, List.of());
            long sinceNs = latchedNs;
            if (latched && drillsOver.stream().anyMatch(over -> over >= sinceNs && over <= deed.atNs())) {
                latched = false;
                sure = false; // a live alarm may have taken the latch over before
            }
            sure &= !deed.excused();
            boolean owes = !deed.excused() || !candidates.isEmpty();
            switch (deed.kind()) {
                case PRESS -> {
                    sure &= !candidates.isEmpty(); // whether it latched is anybody's guess
                    if (owes) {
                        press(deed, latched ? AlarmState.UPDATED : AlarmState.RAISED, candidates);
                    }
                }
                case RESET -> {
                    sure &= !latched || !memory.mayHaveForgotten(deed.device(), latching, latchedNs, deed.atNs());
                    if (sure || !candidates.isEmpty()) {
                        reset(deed, latched || !sure, candidates);
                    }
                }
            }
            latched = deed.kind() == Deed.Kind.PRESS;
            latchedNs = deed.atNs();
            latching = candidates;
        }
    }

    private void press(Deed deed, AlarmState state, List<Alarm> candidates) {
        // A device that missed the turn of the key tells the next press as an update: it is told all the same.
        Optional<Alarm> its = candidates.stream()
                .filter(a -> a.state() == state)
                .findFirst()
                .or(() -> candidates.stream().findFirst());
        Optional<Alarm> heldOn = its.filter(a -> a.mode() == Mode.DRILL).isPresent()
                ? candidates.stream()
                        .filter(a -> a.mode() == Mode.LIVE && a.state() == AlarmState.RAISED)
                        .findFirst()
                : Optional.empty();
        boolean mustBeLive =
                its.filter(a -> a.mode() == Mode.DRILL).isPresent() && deed.heldNs() >= HELD_NS && !deed.excused();
        owed.add(new Owed(
                deed.id(),
                deed.device(),
                AlarmKind.PANIC,
                its.map(Alarm::state).orElse(state),
                true,
                its,
                Math.max(0, candidates.size() - 1 - (heldOn.isPresent() ? 1 : 0)),
                deed.atNs()));
        if (heldOn.isPresent() || mustBeLive) {
            owed.add(new Owed(
                    deed.id() + " held",
                    deed.device(),
                    AlarmKind.PANIC,
                    AlarmState.RAISED,
                    true,
                    heldOn,
                    0,
                    heldOn.map(edgeNs::applyAsLong).orElse(deed.atNs() + deed.heldNs())));
        }
        for (Alarm other : candidates) {
            if (Stream.of(its, heldOn).flatMap(Optional::stream).anyMatch(a -> a.id().equals(other.id()))) {
                continue;
            }
            if (other.state() == AlarmState.UPDATED) {
                owed.add(ownAccord(other)); // the contact bounced back: told again, and to be delivered too
            } else if (broken.test(other)) {
                owed.add(ownAccord(other)); // nobody pressed, and yet the contact closed
            } else {
                doubled.add(other);
            }
        }
    }

    private void ofNobody(Alarm alarm) {
        if (broken.test(alarm)) {
            owed.add(ownAccord(alarm));
        } else {
            unexplained.add(alarm);
        }
    }

    private void reset(Deed deed, boolean latched, List<Alarm> candidates) {
        if (!latched) {
            unexplained.addAll(candidates);
            return;
        }
        Optional<Alarm> its = candidates.stream().findFirst();
        owed.add(new Owed(deed.id(), deed.device(), AlarmKind.PANIC, AlarmState.RESTORED, false, its, 0, deed.atNs()));
        candidates.stream().skip(1).forEach(doubled::add);
    }

    private Owed ownAccord(Alarm alarm) {
        AlarmId id = alarm.id();
        return new Owed(
                id.toString(),
                id.device(),
                alarm.kind(),
                alarm.state(),
                false,
                Optional.of(alarm),
                0,
                edgeNs.applyAsLong(alarm));
    }

    private static Optional<Deed> lastBefore(List<Deed> deeds, Deed.Kind kind, long edgeNs) {
        return deeds.reversed().stream()
                .filter(d -> d.kind() == kind && d.atNs() <= edgeNs)
                .findFirst();
    }
}
