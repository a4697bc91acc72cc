package dev.tocsin.simulator.report;

import dev.tocsin.simulator.check.Fate;
import dev.tocsin.simulator.report.Timeline.Event;
import java.util.List;

/**
 * What a world saw of its alarms beyond their {@link Fate}: each datagram, the lamp, the ledger's commits. A world that keeps
 * this for some alarms only answers with nothing for the others.
 */
@FunctionalInterface
public interface Trace {

    /** A world that saw nothing more. */
    Trace NONE = (alarm, fromNs, toNs) -> List.of();

    /**
     * Everything that was seen of one alarm and its device, in any order. A kind of event that is told for a lane, a lost datagram
     * as well as one that arrived, replaces what the fate says about it. The lamp's state at the beginning is an event at or before it.
     */
    List<Event> of(Fate alarm, long fromNs, long toNs);
}
