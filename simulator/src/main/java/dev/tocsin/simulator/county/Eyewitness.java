package dev.tocsin.simulator.county;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.simulator.check.Witness.Silence;
import dev.tocsin.simulator.check.Witness.Wait;
import dev.tocsin.simulator.county.Flights.Flight;
import dev.tocsin.simulator.network.Datagram;
import dev.tocsin.simulator.network.Fate;
import dev.tocsin.simulator.network.Host;
import dev.tocsin.simulator.network.Wiretap;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Watches what goes on between each device and each centre: when something was delivered last, what became of the first
 * datagram of each alarm, and which there were until its receipt. Looks at the outside of datagrams only: who, when, how long, and the first byte, which tells a
 * handshake from what is said under it (RFC 6347, section 4.1; RFC 9146, section 4).
 */
final class Eyewitness implements Wiretap {

    private static final int FIRST_HANDSHAKE_TYPE = 20;
    private static final int LAST_HANDSHAKE_TYPE = 22;

    /** No acknowledgement is so long, and every signed alarm is longer. */
    static final int ALARM_BYTES = 150;

    /**
     * A link stands if there has been no handshake for so long: a device whose last flight was lost believes for up to a whole
     * exchange of a heartbeat (RFC 7252: 93 s) in a session that its centre does not have.
     */
    private static final long QUIET_NS = 120_000_000_000L;

    /** What has not happened by then never does. */
    private static final long PATIENCE_NS = 10_000_000_000L;

    private static final long NEVER = Long.MAX_VALUE;
    private static final long NOT_YET = Long.MIN_VALUE / 2;

    private final boolean secure;
    private final long offlineNs;
    private final Chronicle chronicle;
    private final Map<String, Integer> centreOfHost = new HashMap<>();
    private final Map<InetAddress, Integer> centreAt = new HashMap<>();
    private final List<String> centres = new ArrayList<>();
    private final List<Long> centreBootNs = new ArrayList<>();
    private final Map<String, Links> links = new LinkedHashMap<>();
    private final Map<InetAddress, Links> deviceAt = new HashMap<>();
    private final Map<Fate, Long> fates = new EnumMap<>(Fate.class);
    private long reordered;
    private long receiptsLost;
    private final List<Silence> silences = new ArrayList<>();
    private final List<Wait> waits = new ArrayList<>();
    private final List<Stopped> stopped = new ArrayList<>();

    /**
     * @param secure whether what is said goes through DTLS
     * @param offlineNs silence that a centre must notice
     * @param chronicle where the datagrams of each alarm are kept
     */
    Eyewitness(boolean secure, long offlineNs, Chronicle chronicle) {
        this.secure = secure;
        this.offlineNs = offlineNs;
        this.chronicle = chronicle;
    }

    private record Links(String device, List<Link> toCentres) {}

    /** Between one device and one centre. */
    private static final class Link {
        long deviceBootNs = NOT_YET;
        long handshakeNs = NOT_YET;
        long saidNs = NOT_YET; // the centre last said something under the session
        long repeatedNs = NOT_YET; // somebody else last repeated what the centre had said
        long newestNs = NOT_YET; // the newest of what has reached the centre was sent
        long sinceNs; // the device was built
        long heardNs; // something of the device last reached the centre
        long leftNs = NOT_YET; // the last long datagram of the device left
        long reachedNs = NEVER;
        final List<Open> open = new ArrayList<>(1);
        final List<Flights> followed = new ArrayList<>(0); // of alarms that wait for their receipt
    }

    /** What did not get away at all, in the instant in which it was sent. */
    private record Stopped(Link link, Flight flight) {}

    /** A wait that is not over. */
    private static final class Open {
        final AlarmId alarm;
        final long signedNs;
        long leftNs = NEVER;
        long reachedNs = NEVER;
        long answeredNs = NEVER;
        long earlyNs = NOT_YET; // the centre last spoke before anything of the device's own was seen to have left
        boolean shakesHands; // the device was, or thought that it was, without a session

        Open(AlarmId alarm, long signedNs) {
            this.alarm = alarm;
            this.signedNs = signedNs;
        }

        boolean isOver(long nowNs) {
            return nowNs - signedNs
                    > PATIENCE_NS; // not before: an answer is seen when it arrives, and a later one may be first
        }
    }

    /** A centre and the hosts at which it is reached. */
    void centre(String id, Collection<Host> hosts) {
        for (Host host : hosts) {
            centreOfHost.put(host.name(), centres.size());
            centreAt.put(host.publicAddress(), centres.size());
        }
        centres.add(id);
        centreBootNs.add(NOT_YET);
    }

    /** A device. All centres must be known. */
    void device(Host host, long nowNs) {
        List<Link> all = new ArrayList<>();
        for (int i = 0; i < centres.size(); i++) {
            Link link = new Link();
            link.heardNs = nowNs;
            link.sinceNs = nowNs;
            all.add(link);
        }
        Links toCentres = new Links(host.name(), all);
        links.put(host.name(), toCentres);
        deviceAt.put(host.publicAddress(), toCentres);
    }

    /** A centre's program starts. */
    void centreBoots(String id, long nowNs) {
        centreBootNs.set(centres.indexOf(id), nowNs);
    }

    /** A device's program starts. */
    void deviceBoots(String id, long nowNs) {
        for (Link link : of(id).toCentres) {
            link.deviceBootNs = nowNs;
            link.open.clear();
        }
    }

    /** A device has just signed an alarm for this centre. */
    void signed(AlarmId alarm, String centre, long nowNs) {
        int number = centres.indexOf(centre);
        Link link = of(alarm.device()).toCentres.get(number);
        boolean stands = link.saidNs > link.deviceBootNs
                && link.saidNs > centreBootNs.get(number)
                && link.saidNs > link.handshakeNs
                && (!secure || nowNs - link.handshakeNs > QUIET_NS);
        if (stands) {
            Open open = new Open(alarm, nowNs);
            if (link.leftNs == nowNs) { // it left before its device told of it, in the same instant
                open.leftNs = nowNs;
                open.reachedNs = link.reachedNs;
            }
            link.open.add(open);
        }
    }

    /** The same; what goes to and fro until the receipt is kept. */
    void follow(AlarmId alarm, String centre, long nowNs) {
        Link link = of(alarm.device()).toCentres.get(centres.indexOf(centre));
        Flights flights = chronicle.flights(alarm, centre, nowNs);
        link.followed.add(flights);
        for (Stopped before : stopped) { // it left before its device told of it, in the same instant
            if (before.link == link && before.flight.sentNs() == nowNs) {
                flights.saw(before.flight);
            }
        }
    }

    /** A device has verified a centre's receipt of an alarm, now or before. */
    void receipted(AlarmId alarm, String centre, long nowNs) {
        Optional.ofNullable(chronicle.flights(alarm).get(centre)).ifPresent(flights -> flights.receipted(nowNs));
    }

    @Override
    public void saw(long nowNs, Datagram datagram, Fate fate) {
        if (fate != Fate.DELIVERED) {
            fates.merge(fate, 1L, Long::sum);
        }
        Links from = links.get(datagram.sender());
        if (from != null) {
            fromDevice(nowNs, datagram, fate, from);
            return;
        }
        Integer centre = centreOfHost.get(datagram.sender());
        if (centre != null) {
            fromCentre(nowNs, datagram, fate, centre);
        } else if (isDelivered(fate) && !isHandshake(datagram)) {
            repeated(nowNs, datagram);
        }
    }

    private void fromDevice(long nowNs, Datagram datagram, Fate fate, Links from) {
        Integer centre = centreAt.get(datagram.to().getAddress());
        if (centre == null) {
            return;
        }
        Link link = from.toCentres.get(centre);
        follow(link, nowNs, datagram, true, fate);
        boolean delivered = isDelivered(fate);
        if (delivered) {
            reordered += datagram.sentNs() < link.newestNs ? 1 : 0;
            link.newestNs = Math.max(link.newestNs, datagram.sentNs());
            if (nowNs - link.heardNs > offlineNs) {
                silences.add(new Silence(from.device, centres.get(centre), link.heardNs, nowNs));
            }
            link.heardNs = nowNs;
        }
        if (isHandshake(datagram)) {
            link.handshakeNs = Math.max(link.handshakeNs, datagram.sentNs());
            for (Open open : link.open) {
                // it is seen when it arrives, and may have left before the alarm was signed
                open.shakesHands |= datagram.sentNs() > open.signedNs - QUIET_NS && datagram.sentNs() <= open.leftNs;
            }
        } else if (datagram.data().size() >= ALARM_BYTES) {
            if (datagram.sentNs() > link.leftNs) {
                link.leftNs = datagram.sentNs();
                link.reachedNs = NEVER;
            }
            if (datagram.sentNs() == link.leftNs && delivered) {
                link.reachedNs = Math.min(link.reachedNs, nowNs);
            }
            for (Open open : link.open) {
                if (datagram.sentNs() >= open.signedNs && datagram.sentNs() <= open.leftNs) {
                    open.leftNs = datagram.sentNs();
                    open.reachedNs = delivered ? Math.min(open.reachedNs, nowNs) : open.reachedNs;
                    if (open.earlyNs > open.leftNs) {
                        open.answeredNs = Math.min(open.answeredNs, open.earlyNs);
                    }
                }
            }
        }
        close(link, centre, nowNs);
    }

    private void fromCentre(long nowNs, Datagram datagram, Fate fate, int centre) {
        Links to = deviceAt.get(datagram.to().getAddress());
        if (to == null) {
            return;
        }
        Link link = to.toCentres.get(centre);
        follow(link, nowNs, datagram, false, fate);
        if (isDelivered(fate) && !isHandshake(datagram)) {
            link.saidNs = nowNs;
        }
        receiptsLost +=
                fate == Fate.LOST && !isHandshake(datagram) && datagram.data().size() >= ALARM_BYTES ? 1 : 0;
        for (Open open : link.open) {
            // somebody's copy may have been there first, and even before the device's own was seen to have left
            if (open.leftNs == NEVER) {
                open.earlyNs = datagram.sentNs();
            } else if (datagram.sentNs() > open.leftNs) {
                open.answeredNs = Math.min(open.answeredNs, datagram.sentNs());
            }
        }
        close(link, centre, nowNs);
    }

    private void follow(Link link, long nowNs, Datagram datagram, boolean toCentre, Fate fate) {
        boolean stoppedHere = toCentre && nowNs == datagram.sentNs();
        if (link.followed.isEmpty() && !stoppedHere) {
            return;
        }
        Flight flight = new Flight(
                datagram.sentNs(),
                nowNs,
                toCentre,
                isHandshake(datagram),
                datagram.data().size(),
                fate);
        if (!link.followed.isEmpty()) {
            link.followed.removeIf(flights -> flights.isOver(nowNs));
            link.followed.forEach(flights -> flights.saw(flight));
        }
        if (stoppedHere) {
            if (!stopped.isEmpty() && stopped.getFirst().flight.sentNs() != nowNs) {
                stopped.clear(); // of another instant
            }
            stopped.add(new Stopped(link, flight));
        }
    }

    /** Somebody sends again what a centre had said: if it is true, its device has heard of that centre. */
    private void repeated(long nowNs, Datagram datagram) {
        Integer centre = centreAt.get(datagram.from().getAddress());
        Links to = deviceAt.get(datagram.to().getAddress());
        if (centre != null && to != null) {
            to.toCentres.get(centre).repeatedNs = nowNs;
        }
    }

    private void close(Link link, int centre, long nowNs) {
        if (!link.open.isEmpty()) {
            link.open.removeIf(open -> {
                boolean over = open.isOver(nowNs);
                if (over && !open.shakesHands) {
                    waits.add(ended(open, centre));
                }
                return over;
            });
        }
    }

    private Wait ended(Open open, int centre) {
        return new Wait(open.alarm, centres.get(centre), open.signedNs, open.leftNs, open.reachedNs, open.answeredNs);
    }

    /** Nothing more will happen. What was open a moment ago is left out: nobody knows. */
    void end(long nowNs) {
        for (Links of : links.values()) {
            List<Link> all = of.toCentres;
            for (int i = 0; i < all.size(); i++) {
                if (nowNs - all.get(i).heardNs > offlineNs) {
                    silences.add(new Silence(of.device, centres.get(i), all.get(i).heardNs, nowNs));
                }
                close(all.get(i), i, nowNs);
            }
        }
    }

    private Links of(String device) {
        return Optional.ofNullable(links.get(device))
                .orElseThrow(() -> new IllegalArgumentException("no device " + device));
    }

    /** Whether each centre has said something to this device since then. */
    boolean isHeardOfSince(String device, long sinceNs) {
        for (Link link : of(device).toCentres) {
            if (Math.max(link.saidNs, link.repeatedNs) < Math.max(sinceNs, link.deviceBootNs)) {
                return false;
            }
        }
        return true;
    }

    /** What befell datagrams, and how often. */
    SortedMap<String, Long> exercised() {
        SortedMap<String, Long> counts = new TreeMap<>();
        fates.forEach((fate, count) ->
                counts.put("datagram-" + fate.name().toLowerCase(Locale.ROOT).replace('_', '-'), count));
        counts.put("datagram-reordered", reordered);
        counts.put("receipt-datagram-lost", receiptsLost);
        return counts;
    }

    /** How long all ways from a device to a centre were watched, added up. */
    long watchedNs(long nowNs) {
        return links.values().stream()
                .flatMap(of -> of.toCentres.stream())
                .mapToLong(link -> nowNs - link.sinceNs)
                .sum();
    }

    List<Silence> silences() {
        return silences;
    }

    List<Wait> waits() {
        return waits;
    }

    /** Of two copies either may be the first. */
    private static boolean isDelivered(Fate fate) {
        return fate == Fate.DELIVERED || fate == Fate.DUPLICATED;
    }

    private boolean isHandshake(Datagram datagram) {
        if (!secure || datagram.data().size() == 0) {
            return false;
        }
        int type = datagram.data().readOnlyArray()[0];
        return type >= FIRST_HANDSHAKE_TYPE && type <= LAST_HANDSHAKE_TYPE;
    }
}
