package dev.tocsin.sdk.session;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.MessageType;
import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.model.Answer;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.DeviceOrder;
import dev.tocsin.sdk.model.DrillOrder;
import dev.tocsin.sdk.model.HeartbeatAnswer;
import dev.tocsin.sdk.model.Presence;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.port.Timers.Cancellable;
import dev.tocsin.sdk.port.Transport;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.sdk.port.Transport.ExchangeListener;
import dev.tocsin.sdk.port.Transport.Outcome;
import dev.tocsin.sdk.port.Transport.Post;
import dev.tocsin.sdk.port.Transport.Retransmission;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Carries everything to one centre: alarms until there is a receipt, and {@link Telemetry} when nothing else waits. Nothing but a
 * verified receipt ends a delivery. Belongs to the event loop.
 */
final class Courier {

    /** Exchanges with alarms under way at once, for retries and backlog. A fresh life alarm does not wait for a place… */
    static final int WINDOW = 8;

    /** …unless as many as this are under way. */
    static final int MAX_IN_FLIGHT = 64;

    /** What a courier tells its session. */
    interface Customer {
        /** A datagram with the alarm left. */
        void sent(CentreLink centre, Outgoing alarm);

        /** The centre said something about an alarm, and it is verified. */
        Effect answered(CentreLink centre, Answer answer);

        /** An exchange ended without an answer that says anything. */
        void delayed(CentreLink centre, Outgoing alarm, String why);

        /** The centre has a report or evidence. */
        void reported(CentreLink centre, Outgoing content);

        /** The centre will not have evidence: why, for people. */
        void gaveUp(CentreLink centre, Outgoing evidence, String why);

        /** The centre's signature told the time: it is this now, or was. */
        void centreTime(Instant time);

        /** Whether the centre is heard of has changed. */
        void linkChanged();

        /** The centre answered a heartbeat that was sent since the settings are what they are. */
        void reached(CentreLink centre);

        /** The centre has the result of an order. */
        void told(CentreLink centre, Bytes result);

        /** Why the centre cannot be reached, or that it answers again: goes on after its name. Each reason is told once. */
        void reachability(CentreLink centre, String what);

        /** Something answers in the centre's place, but not under a signature that this device believes. Told once. */
        void doubted(CentreLink centre, String why);
    }

    /** What a centre's word did. */
    enum Effect {
        /** It brought an alarm further. */
        FURTHER,
        /** It refuses an alarm. */
        REFUSED,
        /** Nothing: known already, or about nothing that is waiting. */
        NONE
    }

    private final CentreLink centre;
    private final AlarmTiming timing;
    private final Transport transport;
    private final Timers timers;
    private final Clock clock;
    private final Customer customer;
    private final Paths paths;
    private final Supervision supervision;
    private final Echoes echoes;
    private final Drills drills;
    private final Orders orders;
    private final ResultPost results;
    private final Map<Outgoing, Parcel> parcels = new LinkedHashMap<>();
    // each parcel is in just one of these
    private final Set<Exchange> underWay = new LinkedHashSet<>();
    private final Set<Parcel> pausing = new LinkedHashSet<>();
    private final TreeSet<Parcel> ready = new TreeSet<>(Parcel.TURNS);
    private final Telemetry telemetry;
    private long turn;
    private long arrivals; // times that the centre showed that it is there
    private @Nullable Pulse pulse;
    private boolean doubted;
    private boolean closed;

    Courier(
            CentreLink centre,
            AlarmTiming timing,
            Session.Ports ports,
            Drills drills,
            Orders orders,
            Customer customer) {
        this.centre = centre;
        this.timing = timing;
        this.transport = ports.transport();
        this.timers = ports.timers();
        this.clock = ports.clock();
        this.drills = drills;
        this.orders = orders;
        this.customer = customer;
        this.paths = new Paths(centre.addresses(), what -> customer.reachability(centre, what));
        this.echoes = new Echoes(ports.entropy());
        this.telemetry = new Telemetry(paths, transport, timers, new TelemetryListener());
        this.results = new ResultPost(paths, transport, timers, result -> customer.told(centre, result), this::pump);
        this.supervision = new Supervision(paths, transport, timers, clock, echoes, new Supervision.Listener() {
            @Override
            public boolean beatAnswered(Bytes payload) {
                return Courier.this.beatAnswered(payload);
            }

            @Override
            public void linkChanged() {
                customer.linkChanged();
            }

            @Override
            public void reached() {
                customer.reached(centre);
            }
        });
    }

    CentreLink centre() {
        return centre;
    }

    /** Whether the centre has been heard of within its supervision time. */
    boolean isLinked() {
        return supervision.isLinked();
    }

    /** Starts to beat: now, and then once a period. */
    void beat(Duration period, Duration keepAlive, long firstInNs, Pulse beats) {
        pulse = beats;
        supervision.start(period, keepAlive, firstInNs, beats);
    }

    /** Beats otherwise from now on. */
    void tune(Duration period, Duration keepAlive) {
        supervision.tune(period, keepAlive);
    }

    /** Takes on the result of an order. */
    void result(Bytes result) {
        results.add(result);
        pump();
    }

    /** Takes on an alarm that was just raised. A life alarm goes out inside this call. */
    void deliver(Outgoing alarm) {
        Parcel parcel = parcel(alarm);
        telemetry.giveWay();
        if (alarm.isLife() && underWay.size() < MAX_IN_FLIGHT && !closed) {
            send(parcel);
        } else {
            ready.add(parcel);
            pump();
        }
    }

    /** Takes on an alarm of an earlier boot: it waits for its turn, so that a backlog does not arrive all at once. */
    void resume(Outgoing alarm) {
        telemetry.giveWay();
        ready.add(parcel(alarm));
        pump();
    }

    private Parcel parcel(Outgoing alarm) {
        Parcel parcel = new Parcel(alarm, new Pacing(timing, paths.count(), clock.nanoTime()));
        parcels.put(alarm, parcel);
        return parcel;
    }

    /** Takes on a report or evidence. */
    void report(Outgoing content) {
        telemetry.add(content);
        pump();
    }

    /** No more to be done for it. */
    void forget(Outgoing content) {
        telemetry.forget(content);
        Parcel parcel = parcels.remove(content);
        if (parcel != null) {
            stop(parcel);
        }
        pump();
    }

    void close() {
        closed = true;
        supervision.close();
        telemetry.close();
        results.close();
        parcels.values().forEach(this::stop);
        parcels.clear();
    }

    /** Reads a signed answer, from wherever it came: what it did, or why it is not to be believed. */
    Decoded<Effect> read(Bytes signed) {
        return switch (centre.read(signed)) {
            case Decoded.Malformed<Answer>(String why) -> new Decoded.Malformed<>(why);
            case Decoded.Ok<Answer>(Answer answer) -> {
                Effect effect = customer.answered(centre, answer);
                if (effect == Effect.FURTHER) { // what says nothing new may be a copy of what it said long ago
                    supervision.heard();
                    hurry();
                }
                yield new Decoded.Ok<>(effect);
            }
        };
    }

    /** Reads a signed order, from wherever it came: whether it stands, or why it is not this centre's. */
    Decoded<Boolean> readOrder(Bytes signed) {
        if (typeOf(signed).filter(MessageType.DEVICE_ORDER::equals).isPresent()) {
            return switch (centre.readDeviceOrder(signed)) {
                case Decoded.Malformed<DeviceOrder>(String why) -> new Decoded.Malformed<>(why);
                case Decoded.Ok<DeviceOrder>(DeviceOrder order) ->
                    new Decoded.Ok<>(orders.ordered(centre, order, signed, echoes));
            };
        }
        return switch (centre.readOrder(signed)) {
            case Decoded.Malformed<DrillOrder>(String why) -> new Decoded.Malformed<>(why);
            case Decoded.Ok<DrillOrder>(DrillOrder order) -> new Decoded.Ok<>(drills.ordered(centre, order, echoes));
        };
    }

    /** What came with a heartbeat's answer: an order, or else something about an alarm. */
    private void take(Bytes signed) {
        Optional<MessageType> type = typeOf(signed);
        if (type.filter(t -> t == MessageType.ORDER || t == MessageType.DEVICE_ORDER)
                .isPresent()) {
            if (readOrder(signed) instanceof Decoded.Malformed<Boolean>(String why)) {
                drills.doubted(centre, why);
            }
        } else {
            read(signed);
        }
    }

    private static Optional<MessageType> typeOf(Bytes signed) {
        return SignedEnvelope.read(signed) instanceof Decoded.Ok<SignedEnvelope>(SignedEnvelope envelope)
                ? Optional.of(envelope.type())
                : Optional.empty();
    }

    private boolean beatAnswered(Bytes payload) {
        boolean proven = false;
        if (Messages.readHeartbeatAnswer(payload) instanceof Decoded.Ok<HeartbeatAnswer>(HeartbeatAnswer answer)) {
            answer.signed().forEach(this::take);
            proven = answer.presence().map(this::isProof).orElse(false);
        }
        hurry();
        return proven;
    }

    private boolean isProof(Bytes signed) {
        Pulse beats = pulse;
        return switch (centre.readPresence(signed)) {
            case Decoded.Ok<Presence>(Presence p) -> {
                doubted = false;
                if (beats != null && beats.isAnsweredBy(p)) {
                    customer.centreTime(p.time());
                }
                yield beats != null && beats.isAnsweredBy(p);
            }
            case Decoded.Malformed<Presence>(String why) -> {
                if (!doubted) {
                    doubted = true;
                    customer.doubted(centre, why);
                }
                yield false;
            }
        };
    }

    private void pump() {
        while (underWay.size() < WINDOW && !ready.isEmpty() && !closed) {
            send(ready.removeFirst());
        }
        if (parcels.isEmpty() && !closed) {
            results.go();
            telemetry.go(clock.nanoTime());
        }
    }

    private void send(Parcel parcel) {
        if (parcel.arrivals != arrivals) {
            parcel.arrivals = arrivals;
            parcel.pacing.restart();
        }
        int path = paths.current();
        Retransmission timing = parcel.pacing.next(paths.timeout(path), paths.isLossy(path), clock.nanoTime());
        Post post = new Post(paths.address(path), "alarm", Content.COSE_SIGN1, parcel.alarm.body(), timing);
        parcel.turn = ++turn;
        parcel.refused = false;
        parcel.sentNs = clock.nanoTime();
        Exchange exchange = new Exchange(parcel, path);
        underWay.add(exchange);
        parcel.exchange = exchange;
        exchange.handle = transport.post(post, exchange);
    }

    private void ended(Parcel parcel, int path, Outcome outcome) {
        switch (outcome) {
            case Outcome.Answered a -> {
                paths.answered(path, a);
                answered(parcel, a);
            }
            case Outcome.NoAnswer n -> {
                paths.failed(path, n);
                customer.delayed(centre, parcel.alarm, "no answer from " + paths.address(path));
                ready.add(parcel);
            }
            case Outcome.Unreachable u -> {
                paths.failed(path, u);
                customer.delayed(centre, parcel.alarm, u.why());
                if (parcel.pacing.isQuick()) {
                    ready.add(parcel);
                } else {
                    // a handshake may have waited already for longer than an answer would have been waited for
                    long waitedNs = clock.nanoTime() - parcel.sentNs;
                    retryIn(parcel, Math.max(parcel.pacing.pauseNs() - waitedNs, Pacing.LEAST_PAUSE_NS));
                }
            }
        }
        pump();
    }

    private void answered(Parcel parcel, Outcome.Answered a) {
        Decoded<Effect> read = read(a.payload());
        if (parcels.get(parcel.alarm) != parcel) {
            return; // that was its receipt
        }
        // a signed refusal slows it down; what nobody signed changes nothing
        parcel.refused = read instanceof Decoded.Ok<Effect>(Effect effect)
                && effect == Effect.REFUSED
                && parcel.alarm.isRefusedBy(centre.id());
        if (!parcel.refused) {
            String why = read instanceof Decoded.Malformed<Effect>(String doubt) ? doubt : "no receipt for this alarm";
            customer.delayed(centre, parcel.alarm, "code " + a.code() + ", " + why);
        }
        retryIn(parcel, parcel.refused ? Pacing.REFUSED_NS : parcel.pacing.pauseNs());
    }

    private void retryIn(Parcel parcel, long delayNs) {
        pausing.add(parcel);
        parcel.pause = timers.schedule(delayNs, () -> {
            pausing.remove(parcel);
            ready.add(parcel);
            pump();
        });
    }

    /**
     * The centre is there: whatever pauses or waits for an answer, and was not sent just now, is sent again, a window at a
     * time, at the pace of a fresh alarm. What the centre refused keeps its pause.
     */
    private void hurry() {
        arrivals++;
        long beforeNs = clock.nanoTime() - 2 * paths.timeout(paths.current()).toNanos();
        for (Exchange exchange : List.copyOf(underWay)) {
            if (exchange.parcel.pacing.isSlow() && exchange.parcel.sentNs - beforeNs < 0) {
                exchange.cancel();
                ready.add(exchange.parcel);
            }
        }
        for (Parcel parcel : List.copyOf(pausing)) {
            if (!parcel.refused && parcel.sentNs - beforeNs < 0) {
                stop(parcel);
                ready.add(parcel);
            }
        }
        pump();
    }

    private void stop(Parcel parcel) {
        ready.remove(parcel);
        if (pausing.remove(parcel) && parcel.pause != null) {
            parcel.pause.cancel();
        }
        if (parcel.exchange != null) {
            parcel.exchange.cancel();
        }
    }

    private final class TelemetryListener implements Telemetry.Listener {
        @Override
        public void delivered(Outgoing content) {
            customer.reported(centre, content);
        }

        @Override
        public void gaveUp(Outgoing content, String why) {
            customer.gaveUp(centre, content, why);
        }

        @Override
        public void wakes() {
            pump();
        }
    }

    /** An alarm on its way to this centre: in an exchange, in a pause, or ready to be sent. */
    private static final class Parcel {

        /** Lives first; among equals whoever has waited longest since its last turn. */
        static final Comparator<Parcel> TURNS = Comparator.comparing((Parcel p) -> !p.alarm.isLife())
                .thenComparingLong(p -> p.turn)
                .thenComparing(p -> p.alarm);

        final Outgoing alarm;
        final Pacing pacing;
        long turn; // changes only while it is not in the ready set
        long sentNs;
        long arrivals;
        boolean refused;

        @Nullable
        Exchange exchange;

        @Nullable
        Cancellable pause;

        Parcel(Outgoing alarm, Pacing pacing) {
            this.alarm = alarm;
            this.pacing = pacing;
        }
    }

    private final class Exchange implements ExchangeListener {
        final Parcel parcel;
        final int path;

        @Nullable
        Cancellable handle;

        boolean over;

        Exchange(Parcel parcel, int path) {
            this.parcel = parcel;
            this.path = path;
        }

        @Override
        public void sent() {
            if (!over) {
                customer.sent(centre, parcel.alarm);
            }
        }

        @Override
        public void ended(Outcome outcome) {
            if (!over) {
                end();
                Courier.this.ended(parcel, path, outcome);
            }
        }

        void cancel() {
            end();
            if (handle != null) {
                handle.cancel();
            }
        }

        private void end() {
            over = true;
            underWay.remove(this);
            parcel.exchange = null;
        }
    }
}
