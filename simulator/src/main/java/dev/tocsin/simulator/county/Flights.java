package dev.tocsin.simulator.county;

import dev.tocsin.simulator.network.Fate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * The datagrams between a device and a centre from the signing of an alarm until that centre's receipt was verified: the
 * first of them and the last, however many there are. What is said in them nobody outside can read; among those of an alarm
 * may be a heartbeat, or another alarm. One thread at a time.
 */
public final class Flights {

    /** Of the first so many are kept… */
    static final int MOST_FIRST = 48;

    /** …and of the last so many; those between are counted. */
    static final int MOST_LAST = 16;

    private static final long OPEN = Long.MAX_VALUE;

    private final long sinceNs;
    private long untilNs = OPEN;
    private long seen;
    private final List<Flight> first = new ArrayList<>(4);
    private final Deque<Flight> last = new ArrayDeque<>(0);

    /**
     * A datagram, or one copy of it.
     *
     * @param sentNs when it was sent, the world's nanoseconds
     * @param endedNs when it arrived, or was known not to
     * @param toCentre whether the device sent it, and not the centre
     * @param handshake whether it belongs to a handshake (RFC 6347, section 4.3.1: alerts and changes of cipher, too)
     * @param bytes its length
     * @param fate what became of it
     */
    public record Flight(long sentNs, long endedNs, boolean toCentre, boolean handshake, int bytes, Fate fate) {

        /** Whether a socket has it. */
        public boolean arrived() {
            return fate == Fate.DELIVERED || fate == Fate.DUPLICATED;
        }

        /** Whether it is as long as nothing but what is signed: an alarm towards a centre, a receipt from one. */
        public boolean isLong() {
            return !handshake && bytes >= Eyewitness.ALARM_BYTES;
        }
    }

    Flights(long sinceNs) {
        this.sinceNs = sinceNs;
    }

    void saw(Flight flight) {
        if (flight.sentNs < sinceNs) {
            return;
        }
        seen++;
        if (first.size() < MOST_FIRST) {
            first.add(flight);
        } else {
            if (last.size() == MOST_LAST) {
                last.removeFirst();
            }
            last.addLast(flight);
        }
    }

    /** The receipt was verified; what is told later of the same instant still belongs to it. */
    void receipted(long nowNs) {
        untilNs = Math.min(untilNs, nowNs);
    }

    boolean isOver(long nowNs) {
        return nowNs > untilNs;
    }

    /** The first of them, as their ends became known. */
    public List<Flight> first() {
        return Collections.unmodifiableList(first);
    }

    /** Those after the first that were the last, as their ends became known. */
    public List<Flight> last() {
        return List.copyOf(last);
    }

    /** How many there were between the first and the last that nobody kept. */
    public long omitted() {
        return seen - first.size() - last.size();
    }
}
