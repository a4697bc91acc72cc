package dev.tocsin.simulator.check;

import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * Finds the alarm that each deed owes, and what no deed explains. An alarm belongs to the last deed of its sort at its
 * device before the edge that it carries under its signature; the observer models the latch itself: the first press after
 * a reset owes a RAISED, the next ones an UPDATED, and the key a RESTORED where an alarm is latched.
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

    private static final Comparator<Alarm> AS_RAISED = Comparator.comparingLong((Alarm a) -> a.id().boot())
            .thenComparingLong(a -> a.id().nonce())
            .thenComparingLong(a -> a.id().sequence());

    private final List<Owed> owed = new ArrayList<>();
    private final List<Alarm> doubled = new ArrayList<>();
    private final List<Alarm> unexplained = new ArrayList<>();

    private final ToLongFunction<Alarm> edgeNs;

    private Attribution(ToLongFunction<Alarm> edgeNs) {
        this.edgeNs = edgeNs;
    }

    /**
     * Works it out.
     *
     * @param edgeNs the edge that an alarm tells of, in the deeds' time
     */
    static Attribution of(Collection<Deed> deeds, Collection<Alarm> alarms, ToLongFunction<Alarm> edgeNs) {
        Map<String, List<Deed>> deedsOf = new TreeMap<>();
        deeds.forEach(
                d -> deedsOf.computeIfAbsent(d.device(), k -> new ArrayList<>()).add(d));
        Map<String, List<Alarm>> alarmsOf = new TreeMap<>();
        alarms.forEach(a -> alarmsOf.computeIfAbsent(a.id().device(), k -> new ArrayList<>())
                .add(a));
        TreeSet<String> devices = new TreeSet<>(deedsOf.keySet());
        devices.addAll(alarmsOf.keySet());
        Attribution attribution = new Attribution(edgeNs);
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
        for (Alarm alarm : alarms.stream().sorted(AS_RAISED).toList()) {
            if (alarm.kind() != AlarmKind.PANIC) {
                owed.add(ownAccord(alarm));
                continue;
            }
            Deed.Kind kind = alarm.state() == AlarmState.RESTORED ? Deed.Kind.RESET : Deed.Kind.PRESS;
            lastBefore(deeds, kind, edgeNs.applyAsLong(alarm))
                    .ifPresentOrElse(
                            deed -> after.computeIfAbsent(deed, k -> new ArrayList<>())
                                    .add(alarm),
                            () -> unexplained.add(alarm));
        }
        boolean latched = false;
        boolean sure = true; // that the device's latch is as modelled here
        for (Deed deed : deeds) {
            List<Alarm> candidates = after.getOrDefault(deed, List.of());
            sure &= !deed.excused();
            boolean owes = !deed.excused() || !candidates.isEmpty();
            switch (deed.kind()) {
                case PRESS -> {
                    if (owes) {
                        press(deed, latched ? AlarmState.UPDATED : AlarmState.RAISED, candidates);
                    }
                }
                case RESET -> {
                    if (sure || !candidates.isEmpty()) {
                        reset(deed, latched || !sure, candidates);
                    }
                }
            }
            latched = deed.kind() == Deed.Kind.PRESS;
        }
    }

    private void press(Deed deed, AlarmState state, List<Alarm> candidates) {
        // A device that missed the turn of the key tells the next press as an update: it is told all the same.
        Optional<Alarm> its = candidates.stream()
                .filter(a -> a.state() == state)
                .findFirst()
                .or(() -> candidates.stream().findFirst());
        owed.add(new Owed(
                deed.id(),
                deed.device(),
                AlarmKind.PANIC,
                its.map(Alarm::state).orElse(state),
                true,
                its,
                Math.max(0, candidates.size() - 1),
                deed.atNs()));
        for (Alarm other : candidates) {
            if (its.isPresent() && other.id().equals(its.get().id())) {
                continue;
            }
            if (other.state() == AlarmState.UPDATED) {
                owed.add(ownAccord(other)); // the contact bounced back: told again, and to be delivered too
            } else {
                doubled.add(other);
            }
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
