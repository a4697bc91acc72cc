package dev.tocsin.simulator.check;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.session.Indication;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * What only somebody sees who stands outside a virtual world: lamps, datagrams, power, clocks, troubles. Times are the
 * observer's, nanoseconds.
 *
 * @param lamps what lamps showed, in order
 * @param powerOns when each device got its power, in order
 * @param drills what was ordered
 * @param notices what centres that take no drills were told of them, by a true signature
 * @param endNs when the run was over
 * @param settle how long everything may take to arrive
 * @param wrongClocks since when each device's wall clock has been wrong
 * @param healedNs when the last fault was over
 * @param illDisks when each device's medium was not well
 * @param forgetfulDisks since when each device's medium may have forgotten what it had, or not taken what it should
 * @param spoilt when a device's medium had damaged an alarm's record in more than one copy, so that none was left
 * @param brokenContacts when each device's panic contact was welded, broken or noisy
 * @param illCentres when each centre was not well
 * @param isReplayed whether an attacker replays: a heartbeat that never arrived, and comes after a reboot, looks like a clone's
 * @param watchedNs how long all ways from a device to a centre were watched, added up
 * @param silences gaps in what was delivered from a device to a centre, longer than the supervision time
 * @param waits how soon alarms left over standing links
 * @param unheardOf what showed ARMED though a centre had not been heard of
 * @param offlineAfter a centre's supervision time
 * @param nsOf the observer's time at an instant of the centres' clocks
 */
public record Witness(
        List<Lamp> lamps,
        Map<String, List<Long>> powerOns,
        List<Drill> drills,
        List<Notice> notices,
        long endNs,
        Duration settle,
        Map<String, Long> wrongClocks,
        long healedNs,
        Map<String, List<Span>> illDisks,
        Map<String, Long> forgetfulDisks,
        Map<AlarmId, Long> spoilt,
        Map<String, List<Span>> brokenContacts,
        Map<String, List<Span>> illCentres,
        boolean isReplayed,
        long watchedNs,
        List<Silence> silences,
        List<Wait> waits,
        List<String> unheardOf,
        Duration offlineAfter,
        ToLongFunction<Instant> nsOf) {

    public Witness {
        lamps = List.copyOf(lamps);
        powerOns = Map.copyOf(powerOns);
        drills = List.copyOf(drills);
        notices = List.copyOf(notices);
        wrongClocks = Map.copyOf(wrongClocks);
        illDisks = Map.copyOf(illDisks);
        forgetfulDisks = Map.copyOf(forgetfulDisks);
        spoilt = Map.copyOf(spoilt);
        brokenContacts = Map.copyOf(brokenContacts);
        illCentres = Map.copyOf(illCentres);
        silences = List.copyOf(silences);
        waits = List.copyOf(waits);
        unheardOf = List.copyOf(unheardOf);
    }

    /** A lamp took on a meaning. */
    public record Lamp(long atNs, String device, Indication shows) {}

    /** A drill of these devices, under one order. */
    public record Drill(String order, Set<String> devices, long fromNs, long toNs) {
        public Drill {
            devices = Set.copyOf(devices);
        }

        boolean covers(String device, long atNs) {
            return devices.contains(device) && fromNs <= atNs && atNs < toNs;
        }
    }

    /** A centre was told that a drill begins, or that it is over. */
    public record Notice(String centre, String order, boolean over) {}

    /** From one moment to another. */
    public record Span(long fromNs, long toNs) {
        boolean meets(long sinceNs, long untilNs) {
            return fromNs <= untilNs && toNs >= sinceNs;
        }
    }

    /** Nothing of a device was delivered to a centre between these moments. */
    public record Silence(String device, String centre, long fromNs, long toNs) {}

    /** Stands for a moment that never came. */
    public static final long NEVER = Long.MAX_VALUE;

    /**
     * How an alarm got away to a centre with which its device had a link that stood.
     *
     * @param leftNs when a datagram left for the centre
     * @param reachedNs when that very datagram was at the centre
     * @param answeredNs when the centre sent anything after that
     */
    public record Wait(AlarmId alarm, String centre, long signedNs, long leftNs, long reachedNs, long answeredNs) {}

    /** Whether a centre was not well at some time between these. */
    boolean isIll(String centre, long sinceNs, long untilNs) {
        return illCentres.getOrDefault(centre, List.of()).stream().anyMatch(s -> s.meets(sinceNs, untilNs));
    }

    /** Whether a device's medium was not well at some time between these. */
    boolean isDiskIll(String device, long sinceNs, long untilNs) {
        return illDisks.getOrDefault(device, List.of()).stream().anyMatch(s -> s.meets(sinceNs, untilNs));
    }

    /** Whether a device's medium may by then have forgotten a boot counter. */
    boolean mayDiskForget(String device, long atNs) {
        return forgetfulDisks.getOrDefault(device, NEVER) <= atNs;
    }

    /** When a medium had damaged an alarm's record in more than one copy, so that none was left; empty if it did not. */
    OptionalLong spoiltNs(AlarmId alarm) {
        Long ns = spoilt.get(alarm);
        return ns == null ? OptionalLong.empty() : OptionalLong.of(ns);
    }

    /** Whether a device's contact moved by itself at that moment. */
    boolean isContactBroken(String device, long atNs) {
        return brokenContacts.getOrDefault(device, List.of()).stream().anyMatch(s -> s.meets(atNs, atNs));
    }

    /** When the device's power came last before a moment. */
    long poweredSince(String device, long atNs) {
        long last = Long.MIN_VALUE;
        for (long on : powerOns.getOrDefault(device, List.of())) {
            if (on > atNs) {
                break;
            }
            last = on;
        }
        return last;
    }

    /** Whether the device's wall clock was wrong at that moment. */
    boolean isClockWrong(String device, long atNs) {
        return wrongClocks.getOrDefault(device, NEVER) <= atNs;
    }
}
