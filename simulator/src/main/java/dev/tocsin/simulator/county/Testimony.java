package dev.tocsin.simulator.county;

import dev.tocsin.simulator.check.Witness;
import dev.tocsin.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts together what the observer is told of a county that has been played. */
final class Testimony {

    /** A centre that comes back, or whose disk does, has some seconds to find its feet. */
    private static final long CONVALESCENCE_NS = 5_000_000_000L;

    /** A contact that comes free may be decided upon so much later. */
    private static final long DECISION_NS = 500_000_000L;

    /** A clock that is off by less could be believed without harm. */
    private static final Duration NOTABLY = Duration.ofMinutes(1);

    private Testimony() {}

    static Witness of(
            CountyPlan plan,
            long startNs,
            World world,
            Chronicle chronicle,
            Eyewitness eyewitness,
            List<Witness.Notice> notices,
            Duration offlineAfter) {
        Map<String, Long> wrongClocks = new HashMap<>();
        Map<String, List<Witness.Span>> illDisks = new HashMap<>();
        Map<String, Long> forgetfulDisks = new HashMap<>();
        long healedNs = startNs;
        Map<String, List<Witness.Span>> illCentres = new HashMap<>();
        Map<String, List<Witness.Span>> brokenContacts = new HashMap<>();
        boolean replayed = false;
        for (Chronicle.Spell spell : chronicle.spells()) {
            healedNs = Math.max(healedNs, spell.toNs());
            switch (spell.trouble()) {
                case Trouble.Clock c -> {
                    if (c.unset() || c.offset().abs().compareTo(NOTABLY) > 0) {
                        wrongClocks.merge(c.device(), spell.fromNs(), Math::min);
                    }
                }
                case Trouble.Disk d -> {
                    illDisks.computeIfAbsent(d.device(), id -> new ArrayList<>())
                            .add(new Witness.Span(spell.fromNs(), spell.toNs() + CONVALESCENCE_NS));
                    if (d.illness() != Trouble.Disk.Illness.SLOW) {
                        forgetfulDisks.merge(d.device(), spell.fromNs(), Math::min);
                    }
                }
                case Trouble.Centre c ->
                    illCentres
                            .computeIfAbsent(c.centre(), id -> new ArrayList<>())
                            .add(new Witness.Span(spell.fromNs(), spell.toNs() + CONVALESCENCE_NS));
                case Trouble.Attack a -> replayed |= a.deed() == Trouble.Attack.Deed.REPLAY;
                case Trouble.PowerOff p -> {}
                case Trouble.Input i ->
                    brokenContacts
                            .computeIfAbsent(i.device(), id -> new ArrayList<>())
                            .add(new Witness.Span(spell.fromNs(), spell.toNs() + DECISION_NS));
                case Trouble.Sensor s -> {}
                case Trouble.Rebind r -> {}
                case Trouble.Certificate c -> {}
                case Trouble.Partition p -> {}
                case Trouble.Weather w -> {}
            }
        }
        Map<String, List<Long>> powerOns = new HashMap<>();
        chronicle.power().stream()
                .filter(Chronicle.PowerChange::on)
                .forEach(change -> powerOns.computeIfAbsent(change.device(), d -> new ArrayList<>())
                        .add(change.atNs()));
        long endNs = world.nanoTime();
        Instant end = world.now();
        return new Witness(
                chronicle.lamps().stream()
                        .map(l -> new Witness.Lamp(l.atNs(), l.device(), l.shows()))
                        .toList(),
                powerOns,
                plan.drills().stream()
                        .flatMap(d -> Officers.orders(d).entrySet().stream()
                                .map(order -> new Witness.Drill(
                                        order.getKey(), order.getValue(), startNs + d.fromNs(), startNs + d.toNs())))
                        .toList(),
                notices,
                endNs,
                plan.settle(),
                wrongClocks,
                healedNs,
                illDisks,
                forgetfulDisks,
                chronicle.spoilt(),
                brokenContacts,
                illCentres,
                replayed,
                eyewitness.watchedNs(endNs),
                eyewitness.silences(),
                eyewitness.waits(),
                chronicle.unheardOf(),
                offlineAfter,
                at -> endNs - Duration.between(at, end).toNanos());
    }
}
