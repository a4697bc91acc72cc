package dev.tocsin.sdk;

import dev.tocsin.sdk.coap.DtlsIdentity;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.Evidence;
import dev.tocsin.sdk.model.StageTimes;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.session.AlarmRequest;
import dev.tocsin.sdk.session.AlarmStatus;
import dev.tocsin.sdk.session.Indication;
import dev.tocsin.sdk.session.Maintenance;
import dev.tocsin.sdk.session.Session;
import dev.tocsin.sdk.session.SessionListener;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device that raises alarms. Every method may be called from any thread and returns at once; listeners are called on the
 * runtime's event loop and must not block it.
 *
 * <p>An alarm that was raised is sent until every centre on its route has given a signed receipt: across network outages,
 * reboots and power cuts, for as long as the journal's medium lives.
 */
public final class Device implements AutoCloseable {

    /** Alarms whose {@link RaisedAlarm} is still told of changes; beyond it the oldest is not told any more. */
    static final int MAX_FOLLOWED = 1_000;

    /** Remarks kept until somebody listens. */
    static final int MAX_EARLY = 64;

    private static final Logger LOG = LoggerFactory.getLogger(Device.class);

    private final Executor eventLoop;
    private final Clock clock;
    private final List<Consumer<AlarmStatus>> alarmListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Indication>> indicationListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<String>> remarkListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Instant>> timeListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<DtlsIdentity>> identityListeners = new CopyOnWriteArrayList<>();
    private final Map<AlarmId, RaisedAlarm> followed = new LinkedHashMap<>(); // event loop only
    private final List<String> early = new ArrayList<>(); // event loop only
    private final CompletableFuture<Void> armed = new CompletableFuture<>();
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final Session session;
    private final Consumer<DtlsIdentity> channel;
    private final AutoCloseable resources;
    private final Object door = new Object(); // guards closed: nothing is raised behind the closing
    private boolean closed;
    private volatile Indication indication = Indication.STARTING;

    Device(
            dev.tocsin.sdk.session.Settings settings,
            Session.Ports ports,
            Executor eventLoop,
            Consumer<DtlsIdentity> channel,
            AutoCloseable resources,
            Consumer<Device> wiring) {
        this.channel = channel;
        this.eventLoop = eventLoop;
        this.clock = ports.clock();
        this.resources = resources;
        this.session = new Session(settings, ports, new Listener());
        eventLoop.execute(() -> {
            wire(wiring);
            session.start();
        });
    }

    /** What cannot be wired leaves a device that must not look as if it were. */
    private void wire(Consumer<Device> wiring) {
        try {
            wiring.accept(this);
        } catch (RuntimeException e) {
            LOG.error("what hangs on the device could not be wired", e);
            session.raiseFault("wiring", "not all inputs and lamps are connected: " + e.getMessage());
        }
    }

    /**
     * Raises a live alarm of this kind now.
     *
     * @return how it fares
     * @throws IllegalStateException if the device is closed: nobody would send it
     */
    public RaisedAlarm raise(AlarmKind kind) {
        return raise(AlarmRequest.live(kind, now()));
    }

    /**
     * Raises an alarm with everything said: its mode, its times, what it is about.
     *
     * @throws IllegalStateException if the device is closed: nobody would send it
     */
    public RaisedAlarm raise(AlarmRequest request) {
        Objects.requireNonNull(request, "request");
        RaisedAlarm raised = new RaisedAlarm();
        enter(() -> session.raise(request, status -> follow(raised, status)));
        return raised;
    }

    /**
     * Raises what a sensor found. While a centre has that sensor bypassed for maintenance it is marked as TEST, unless it is a
     * panic.
     *
     * @param input name of the sensor, one of {@link Maintenance#sensors}
     * @throws IllegalStateException if the device is closed: nobody would send it
     */
    public RaisedAlarm raise(String input, AlarmRequest request) {
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(request, "request");
        RaisedAlarm raised = new RaisedAlarm();
        enter(() -> session.raise(input, request, status -> follow(raised, status)));
        return raised;
    }

    /** Gives orders of centres to do with a board and a program what can be done with them; without it they are refused. */
    public void maintain(Maintenance program) {
        Objects.requireNonNull(program, "program");
        unlessClosed(() -> session.maintain(program));
    }

    /**
     * The panic button was pressed: raises a PANIC, or updates the one that is latched. Within a drill that a centre ordered
     * it is a drill, unless somebody pressed within the last 10 s.
     *
     * @param stages when the contact closed and when the press was decided, on the runtime's monotonic clock
     * @throws IllegalStateException if the device is closed: nobody would send it
     */
    public RaisedAlarm press(StageTimes stages) {
        Objects.requireNonNull(stages, "stages");
        RaisedAlarm raised = new RaisedAlarm();
        enter(() -> session.press(stages, status -> follow(raised, status)));
        return raised;
    }

    /**
     * The panic button has been held for 3 s: raises a live PANIC, which ends a drill; where one is out already nothing
     * happens, and what is returned never completes.
     *
     * @param stages when the 3 s were full and when that was seen, on the runtime's monotonic clock
     * @throws IllegalStateException if the device is closed: nobody would send it
     */
    public RaisedAlarm hold(StageTimes stages) {
        Objects.requireNonNull(stages, "stages");
        RaisedAlarm raised = new RaisedAlarm();
        enter(() -> session.hold(stages, status -> follow(raised, status)));
        return raised;
    }

    /** The key was turned: ends the latched alarm with a signed event. Without one, or closed, nothing happens. */
    public void reset() {
        reset(now());
    }

    /** As {@link #reset()}, with the times of the key's contact. */
    public void reset(StageTimes stages) {
        Objects.requireNonNull(stages, "stages");
        unlessClosed(() -> session.reset(stages));
    }

    /** Tells the centres a line for the record, when nothing more important is on its way. At most 200 characters. */
    public void report(String text) {
        Objects.requireNonNull(text, "text");
        unlessClosed(() -> session.report(text));
    }

    /**
     * Sends what a sensor measured around an alarm of this device, block-wise, to each centre that has the alarm, when nothing
     * more important is on its way there.
     *
     * @param alarm how the alarm fares: its {@link RaisedAlarm#sent}
     */
    public void evidence(AlarmStatus alarm, Evidence evidence) {
        Objects.requireNonNull(alarm, "alarm");
        Objects.requireNonNull(evidence, "evidence");
        unlessClosed(() -> session.evidence(alarm, evidence));
    }

    /** Says that something is wrong with the device: a FAULT alarm, once until it is cleared. */
    public void raiseFault(String cause, String text) {
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(text, "text");
        unlessClosed(() -> session.raiseFault(cause, text));
    }

    /** It is right again. */
    public void clearFault(String cause) {
        Objects.requireNonNull(cause, "cause");
        unlessClosed(() -> session.clearFault(cause));
    }

    /** What a lamp may truthfully show now. */
    public Indication indication() {
        return indication;
    }

    /** Completes when a press counts: the boot counter is synced, or known not to be writable. */
    public CompletableFuture<Void> armed() {
        return armed.copy();
    }

    /**
     * Completes when it has a socket and an identity to speak to centres with, whether or not one answers; exceptionally, with
     * what is wrong, where it will have none: it is armed all the same, keeps what is raised, and reaches nobody.
     */
    public CompletableFuture<Void> connected() {
        return connected.copy();
    }

    /** How it came out. On the event loop. */
    void connect(Optional<Exception> failure) {
        if (failure.isEmpty()) {
            connected.complete(null);
            return;
        }
        String why = Objects.requireNonNullElse(
                failure.get().getMessage(), failure.get().toString());
        session.raiseFault("network", "no centre can be reached: " + why);
        connected.completeExceptionally(failure.get());
    }

    /** Calls back when {@link #indication} changes, and once now with what it is. */
    public void onIndication(Consumer<Indication> listener) {
        Objects.requireNonNull(listener, "listener");
        eventLoop.execute(() -> {
            indicationListeners.add(listener);
            tell(List.of(listener), indication);
        });
    }

    /** Calls back on every step of every alarm, those of earlier boots included. */
    public void onAlarm(Consumer<AlarmStatus> listener) {
        alarmListeners.add(Objects.requireNonNull(listener, "listener"));
    }

    /** Calls back with sentences for a log; the first listener also gets what was said before it came. */
    public void onRemark(Consumer<String> listener) {
        Objects.requireNonNull(listener, "listener");
        eventLoop.execute(() -> {
            remarkListeners.add(listener);
            early.forEach(remark -> tellRemark(listener, remark));
            early.clear();
        });
    }

    /** Calls back with what time a centre's verified signature says that it is, or was. */
    public void onCentreTime(Consumer<Instant> listener) {
        timeListeners.add(Objects.requireNonNull(listener, "listener"));
    }

    /** It has a new certificate for its channel: from the next handshake on it shows that, and has a handshake soon. */
    public void show(DtlsIdentity identity) {
        Objects.requireNonNull(identity, "identity");
        unlessClosed(() -> {
            channel.accept(identity);
            tell(identityListeners, identity);
        });
    }

    /** Calls back when the device has a new certificate for its channel: whoever has sessions of their own shows it, too. */
    public void onShow(Consumer<DtlsIdentity> listener) {
        identityListeners.add(Objects.requireNonNull(listener, "listener"));
    }

    /** For the log of whoever runs the device: goes where the device's own remarks go. */
    void note(String sentence) {
        unlessClosed(() -> remark(sentence));
    }

    /**
     * Stops. What is in the journal stays there and goes on at the next start; an alarm that is not
     * {@linkplain RaisedAlarm#kept kept} by then may be lost. From the call on, raising one throws.
     */
    @Override
    public void close() {
        synchronized (door) {
            if (closed) {
                return;
            }
            closed = true;
            eventLoop.execute(() -> {
                session.close();
                try {
                    resources.close();
                } catch (Exception e) {
                    remark("closing: " + e);
                }
            });
        }
    }

    private void enter(Runnable task) {
        if (!unlessClosed(task)) {
            throw new IllegalStateException("the device is closed: what is raised now would never be sent");
        }
    }

    private boolean unlessClosed(Runnable task) {
        synchronized (door) {
            if (!closed) {
                eventLoop.execute(task);
            }
            return !closed;
        }
    }

    /** A listener that throws must not take an alarm's path down with it. */
    private <T> void tell(List<Consumer<T>> listeners, T what) {
        for (Consumer<T> listener : listeners) {
            try {
                listener.accept(what);
            } catch (RuntimeException e) {
                LOG.error("a listener threw", e);
                remark("a listener threw " + e);
            }
        }
    }

    /** Sentences for a log; kept while nobody listens. */
    private void remark(String sentence) {
        if (remarkListeners.isEmpty() && early.size() < MAX_EARLY) {
            early.add(sentence);
        }
        remarkListeners.forEach(listener -> tellRemark(listener, sentence));
    }

    private static void tellRemark(Consumer<String> listener, String sentence) {
        try {
            listener.accept(sentence);
        } catch (RuntimeException e) {
            LOG.error("a listener for remarks threw", e);
        }
    }

    private StageTimes now() {
        long ns = clock.nanoTime();
        return new StageTimes(ns, ns);
    }

    private void follow(RaisedAlarm raised, AlarmStatus status) {
        followed.put(status.alarm().id(), raised);
        if (followed.size() > MAX_FOLLOWED) {
            followed.remove(followed.keySet().iterator().next());
        }
        raised.update(status);
    }

    private final class Listener implements SessionListener {
        @Override
        public void armed() {
            armed.complete(null);
        }

        @Override
        public void alarmChanged(AlarmStatus status) {
            RaisedAlarm raised = followed.get(status.alarm().id());
            if (raised != null) {
                raised.update(status);
                if (status.isReceivedByAll() && status.isAccepted()) {
                    followed.remove(status.alarm().id());
                }
            }
            tell(alarmListeners, status);
        }

        @Override
        public void indicationChanged(Indication now) {
            indication = now;
            tell(indicationListeners, now);
        }

        @Override
        public void centreTime(Instant time) {
            tell(timeListeners, time);
        }

        @Override
        public void remark(String sentence) {
            Device.this.remark(sentence);
        }
    }
}
