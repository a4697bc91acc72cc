package dev.tocsin.simulator.run;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.simulator.check.Claim;
import dev.tocsin.simulator.check.Fate;
import dev.tocsin.simulator.check.Lane;
import dev.tocsin.simulator.report.Timeline.Event;
import dev.tocsin.simulator.report.Timeline.What;
import dev.tocsin.simulator.report.Trace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the real world knows of an alarm besides its fate: what its device told, and what its lamp showed. */
final class DeviceTrace implements Trace {

    private final Map<AlarmId, Claim> claims = new HashMap<>();
    private final LampLog lamps;

    DeviceTrace(List<Claim> claims, LampLog lamps) {
        claims.forEach(c -> this.claims.put(c.alarm().id(), c));
        this.lamps = lamps;
    }

    @Override
    public List<Event> of(Fate alarm, long fromNs, long toNs) {
        List<Event> events = new ArrayList<>();
        alarm.alarm().map(claims::get).ifPresent(claim -> events.addAll(CountyTrace.accepted(claim)));
        for (LampLog.Change change : lamps.of(alarm.device(), fromNs, toNs)) {
            String shown = change.indication().name().toLowerCase(Locale.ROOT);
            events.add(Event.at(change.atNs(), Lane.of(Lane.Kind.LAMP), What.LAMP, shown));
        }
        return events;
    }
}
