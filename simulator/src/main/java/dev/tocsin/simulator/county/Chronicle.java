package dev.tocsin.simulator.county;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.session.AlarmStatus;
import dev.tocsin.sdk.session.Indication;
import dev.tocsin.simulator.check.Claim;
import dev.tocsin.simulator.check.Deed;
import dev.tocsin.simulator.check.Happening;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongUnaryOperator;

/**
 * All that happened in a county, as somebody saw it who stands outside of devices and centres. Times are the world's,
 * nanoseconds. Belongs to the world's thread until the world is closed.
 */
public final class Chronicle {

    /** A device's lamp took on another meaning. */
    public record LampChange(long atNs, String device, Indication shows) {}

    /** A device's power came, or went. */
    public record PowerChange(long atNs, String device, boolean on) {}

    /**
     * Something was wrong.
     *
     * @param toNs when it was right again; its beginning where it happened at once
     */
    public record Spell(long fromNs, long toNs, Trouble trouble) {}

    private final List<Deed> deeds = new ArrayList<>();
    private final List<Happening> happenings = new ArrayList<>();
    private final Map<String, Integer> standing = new HashMap<>(); // the place of a device's last deed of a kind
    private final Map<AlarmId, Claim> claims = new LinkedHashMap<>();
    private final Map<AlarmId, SortedMap<String, Flights>> flights = new HashMap<>();
    private final Map<AlarmId, Long> spoilt = new HashMap<>();
    private final List<LampChange> lamps = new ArrayList<>();
    private final List<PowerChange> power = new ArrayList<>();
    private final List<Spell> spells = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final List<String> unheardOf = new ArrayList<>();
    private final List<String> believed = new ArrayList<>();
    private final SortedMap<String, Long> exercised = new TreeMap<>();

    void deed(Deed deed) {
        standing.put(deed.device() + deed.kind(), deeds.size());
        deeds.add(deed);
    }

    void happening(Happening happening) {
        happenings.add(happening);
    }

    /** The contact opened: so long at least the last deed of its kind there went on. */
    void released(String device, Deed.Kind kind, long atNs) {
        Integer place = standing.get(device + kind);
        if (place != null) {
            deeds.set(place, deeds.get(place).until(atNs));
        }
    }

    void claim(AlarmStatus status, LongUnaryOperator observed, long nowNs) {
        claims.merge(status.alarm().id(), Claim.of(status, observed, nowNs), Claim::and);
    }

    void lamp(long atNs, String device, Indication shows) {
        lamps.add(new LampChange(atNs, device, shows));
    }

    /** An alarm was signed; takes its datagrams to and from this centre. */
    Flights flights(AlarmId alarm, String centre, long sinceNs) {
        return flights.computeIfAbsent(alarm, a -> new TreeMap<>()).computeIfAbsent(centre, c -> new Flights(sinceNs));
    }

    /** Its medium has spoilt this alarm's record in every copy. */
    void spoilt(AlarmId alarm, long atNs) {
        spoilt.putIfAbsent(alarm, atNs);
        exercised("record-spoilt-in-both-copies");
    }

    /** A device showed ARMED, and yet a centre had not been heard of. */
    void unheardOf(String what) {
        unheardOf.add(what);
    }

    /** Somebody took what an attacker had made. */
    void believed(String what) {
        believed.add(what);
    }

    void power(long atNs, String device, boolean on) {
        power.add(new PowerChange(atNs, device, on));
    }

    /** @param isNew whether it changed anything: who is without power loses none */
    void spell(Spell spell, boolean isNew) {
        spells.add(spell);
        if (isNew) {
            exercised(spell.trouble().kind());
        }
    }

    /** A thread of a program threw: a bug, wherever it was. */
    void failure(String machine, Throwable thrown) {
        failures.add(machine + ": " + thrown);
    }

    /** One more time this was really met. */
    void exercised(String what) {
        exercised.merge(what, 1L, Long::sum);
    }

    void exercised(String what, long times) {
        if (times > 0) {
            exercised.merge(what, times, Long::sum);
        }
    }

    /** What was done, in order. */
    public List<Deed> deeds() {
        return Collections.unmodifiableList(deeds);
    }

    /** What happened to sensors, in order. */
    public List<Happening> happenings() {
        return Collections.unmodifiableList(happenings);
    }

    /** What devices said of their alarms. */
    public Collection<Claim> claims() {
        return Collections.unmodifiableCollection(claims.values());
    }

    /** When a medium had spoilt an alarm's record in every copy that there was, of two or more. */
    public Map<AlarmId, Long> spoilt() {
        return Collections.unmodifiableMap(spoilt);
    }

    /** The datagrams of an alarm that a press may owe, by centre; nothing where nobody followed them. */
    public SortedMap<String, Flights> flights(AlarmId alarm) {
        return Collections.unmodifiableSortedMap(flights.getOrDefault(alarm, Collections.emptySortedMap()));
    }

    /** What lamps showed, in order. */
    public List<LampChange> lamps() {
        return Collections.unmodifiableList(lamps);
    }

    /** When devices had power, in order. */
    public List<PowerChange> power() {
        return Collections.unmodifiableList(power);
    }

    /** What was wrong and when. */
    public List<Spell> spells() {
        return Collections.unmodifiableList(spells);
    }

    /** What showed ARMED though a centre had not been heard of. */
    public List<String> unheardOf() {
        return Collections.unmodifiableList(unheardOf);
    }

    /** What of an attacker's somebody took. */
    public List<String> believed() {
        return Collections.unmodifiableList(believed);
    }

    /** What programs threw. */
    public List<String> failures() {
        return Collections.unmodifiableList(failures);
    }

    /** How often each kind of trouble and of race was really met. */
    public SortedMap<String, Long> exercised() {
        return Collections.unmodifiableSortedMap(exercised);
    }
}
