package dev.tocsin.sdk.sensing;

import dev.tocsin.sdk.Device;
import dev.tocsin.sdk.TocsinRuntime;
import dev.tocsin.sdk.detect.Detection;
import dev.tocsin.sdk.detect.Detector;
import dev.tocsin.sdk.detect.Findings;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.session.AlarmStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a detector watch a sensor for a device: samples in, alarms out. Every method is called on the runtime's event loop,
 * which lets the detector step once a second.
 *
 * <ul>
 *   <li>A detection RAISED becomes a live alarm, one a kind until it is RESTORED, however often the detector says so again.
 *       UPDATED and RESTORED become alarms about that one. An UPDATED that nothing was raised before is raised: no doubt
 *       silences an alarm. Kinds other than PANIC know no drill.
 *   <li>An UPDATED beyond the {@value Incident#MAX_UPDATES} that a centre takes of one alarm is an alarm of its own, one a minute
 *       at most: of several in a minute the last is told when it is over. They end together.
 *   <li>What is raised and restored more than {@value Damper#MAX_BEGINNINGS} times in ten minutes stands until it has been over
 *       for a minute, so that a mad detector does not fill the journal; so does a fault of the sensor.
 *   <li>Bad health of the sensor is a FAULT of the device, its cause the sensor's name and what is wrong: {@code rail-stuck}.
 *   <li>The samples around each RAISED and UPDATED are kept and sent as evidence.
 *   <li>After a reboot the detector knows nothing. What it raised before stays raised at the centres until a person closes
 *       it: that it were over would be a guess. What it finds again is a new alarm.
 * </ul>
 */
public final class Watch implements AutoCloseable {

    /** Detections whose evidence is still being taken; beyond it a detection has none. */
    static final int MAX_TAKEN_AT_ONCE = 4;

    /** Causes of bad health told apart. */
    static final int MAX_CAUSES = 16;

    /** Alarms of a kind that end together; before that many the oldest stands until a person closes it. */
    static final int MAX_AT_ONCE = 64;

    private static final long PACE_NS = 60_000_000_000L;
    private static final long STEP_NS = 1_000_000_000L;

    /** An alarm that is not signed so long after its evidence was taken, in a device that is not armed, goes without. */
    private static final long LATEST_ALARM_NS = 60_000_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final Sensor sensor;
    private final Detector detector;
    private final SampleWindow window;
    private final Alarms alarms;
    private final Timers timers;
    private final Clock clock;
    private final Map<AlarmKind, Standing> standing = new EnumMap<>(AlarmKind.class);
    private final Map<String, Damper> health = new LinkedHashMap<>();
    private final List<Taking> takings = new ArrayList<>();
    private final List<Consumer<Detection>> listeners = new ArrayList<>();
    private Timers.Cancellable timer = () -> {};
    private boolean hasFailed;
    private boolean closed;

    /** A kind of alarm: whether one is out, and the end that is kept back. */
    private static final class Standing {
        final Damper damper = new Damper();

        @Nullable
        Incident incident;

        final Deque<Incident> before = new ArrayDeque<>();
        long raisedNs;

        @Nullable
        Detection keptBack;

        /** The last UPDATED that no alarm took yet. */
        @Nullable
        Detection paced;
    }

    /** Evidence that is being taken until its time is over or its share of the window is full. */
    private static final class Taking {
        final Detection detection;
        final long untilNs;
        int samplesLeft;

        @Nullable
        AlarmStatus alarm;

        Taking(Detection detection, long untilNs, int samplesLeft) {
            this.detection = detection;
            this.untilNs = untilNs;
            this.samplesLeft = samplesLeft;
        }
    }

    Watch(Sensor sensor, Function<Findings, ? extends Detector> making, Alarms alarms, Timers timers, Clock clock) {
        this.sensor = sensor;
        this.alarms = alarms;
        this.timers = timers;
        this.clock = clock;
        this.window = new SampleWindow(sensor.channels());
        this.detector = making.apply(new Heard());
        if (detector.channels() > sensor.channels().size()) {
            throw new IllegalArgumentException("the detector wants " + detector.channels() + " channels, sensor "
                    + sensor.name() + " has " + sensor.channels().size());
        }
    }

    /**
     * Begins to watch. On the runtime's event loop.
     *
     * @param making makes the detector, which must tell these findings what it finds
     * @throws IllegalArgumentException if the detector wants more channels than the sensor has
     */
    public static Watch open(
            Device device, TocsinRuntime runtime, Sensor sensor, Function<Findings, ? extends Detector> making) {
        Watch watch = new Watch(sensor, making, Alarms.of(device, sensor.name()), runtime.timers(), runtime.clock());
        watch.start();
        return watch;
    }

    void start() {
        timer = timers.schedule(STEP_NS, this::step);
    }

    /** Calls back with all that the detector finds, within the same turn of the loop and before the device is told. */
    public void onDetection(Consumer<Detection> listener) {
        listeners.add(listener);
    }

    /**
     * Takes a sample. Allocates nothing unless something is found.
     *
     * @param timeNs when it was taken, on the device's monotonic clock
     * @param values one a channel of the sensor, in its units; not kept
     */
    public void sample(long timeNs, double[] values) {
        if (closed) {
            return;
        }
        try {
            window.add(timeNs, values);
            for (int i = 0; i < takings.size(); i++) {
                takings.get(i).samplesLeft--;
            }
            detector.sample(timeNs, values);
        } catch (RuntimeException e) {
            failed(e);
        }
        if (!takings.isEmpty()) {
            finishTakings(timeNs);
        }
    }

    /** A detector's bug must not stop the other detectors, nor go unseen. */
    private void failed(RuntimeException e) {
        if (!hasFailed) {
            hasFailed = true;
            LOG.error("the detector of {} threw", sensor.name(), e);
            trouble("detector", "the detector threw " + e);
        }
    }

    /** The sensor is not well: tells a FAULT. A cause is short and lasting, as in {@code bus}. */
    public void trouble(String cause, String text) {
        health(cause, true, text);
    }

    /** The sensor is well again, as far as this cause goes. */
    public void well(String cause) {
        health(cause, false, "");
    }

    /** Stops watching. Evidence whose time is not over yet is sent as far as it goes. */
    @Override
    public void close() {
        if (!closed) {
            timer.cancel();
            takings.forEach(this::send);
            takings.clear();
            closed = true;
        }
    }

    private void step() {
        timer = timers.schedule(STEP_NS, this::step);
        long nowNs = clock.nanoTime();
        try {
            detector.step(nowNs);
        } catch (RuntimeException e) {
            failed(e);
        }
        finishTakings(nowNs);
        standing.values().forEach(s -> {
            if (s.paced != null && nowNs - s.raisedNs >= PACE_NS) {
                raise(s, s.paced);
            }
            if (s.damper.passes(nowNs) && s.keptBack != null) {
                restore(s, s.keptBack);
            }
        });
        health.forEach((cause, damper) -> {
            if (damper.passes(nowNs)) {
                alarms.clearFault(faultOf(cause));
            }
        });
    }

    private final class Heard implements Findings {
        @Override
        public void found(Detection detection) {
            if (!closed) {
                listeners.forEach(listener -> tell(listener, detection));
                Watch.this.found(detection);
            }
        }

        @Override
        public void health(String cause, boolean isStanding, String text) {
            Watch.this.health(cause, isStanding, text);
        }
    }

    private static void tell(Consumer<Detection> listener, Detection detection) {
        try {
            listener.accept(detection);
        } catch (RuntimeException e) { // the alarm goes out all the same
            LOG.error("a listener for detections threw", e);
        }
    }

    private void found(Detection d) {
        Standing s = standing.computeIfAbsent(d.kind(), kind -> new Standing());
        if (d.state() == AlarmState.RESTORED) {
            if (s.damper.ends(d.decidedNs())) {
                restore(s, d);
            } else if (s.damper.isKeptBack()) {
                s.keptBack = d;
            }
            return;
        }
        s.keptBack = null;
        if (s.damper.begins(d.decidedNs())) {
            raise(s, d);
        } else if (d.state() == AlarmState.UPDATED && s.incident != null) {
            if (s.before.isEmpty() && s.incident.canUpdate()) {
                take(d);
                s.incident.update(d);
            } else if (d.decidedNs() - s.raisedNs >= PACE_NS) {
                raise(s, d);
            } else {
                s.paced = d;
            }
        }
    }

    private void raise(Standing s, Detection d) {
        if (s.incident != null) {
            s.before.add(s.incident);
            if (s.before.size() >= MAX_AT_ONCE) {
                s.before.remove();
            }
        }
        s.paced = null;
        s.raisedNs = d.decidedNs();
        Incident incident = new Incident(alarms, this::told);
        s.incident = incident;
        take(d);
        incident.raise(d);
    }

    private void restore(Standing s, Detection end) {
        if (s.paced != null) {
            raise(s, s.paced);
        }
        while (!s.before.isEmpty()) {
            s.before.remove().restore(end);
        }
        if (s.incident != null) {
            s.incident.restore(end);
        }
        s.incident = null;
        s.keptBack = null;
    }

    private void health(String cause, boolean isStanding, String text) {
        if (closed || (!health.containsKey(cause) && health.size() >= MAX_CAUSES)) {
            return;
        }
        Damper damper = health.computeIfAbsent(cause, c -> new Damper());
        long nowNs = clock.nanoTime();
        if (isStanding && damper.begins(nowNs)) {
            alarms.raiseFault(faultOf(cause), sensor.name() + ": " + text);
        } else if (!isStanding && damper.ends(nowNs)) {
            alarms.clearFault(faultOf(cause));
        }
    }

    private String faultOf(String cause) {
        return sensor.name() + "-" + cause;
    }

    private void take(Detection d) {
        if (takings.size() < MAX_TAKEN_AT_ONCE) {
            double share = (double) sensor.after().toNanos()
                    / Math.max(1, sensor.before().plus(sensor.after()).toNanos());
            takings.add(new Taking(
                    d, d.decidedNs() + sensor.after().toNanos(), (int) Math.ceil(share * window.capacity())));
        }
    }

    /** An alarm is on its way: its evidence may be sent when it has been taken. */
    private void told(Detection d, AlarmStatus status) {
        for (Taking taking : takings) {
            if (taking.detection.equals(d)) {
                taking.alarm = status;
            }
        }
    }

    private void finishTakings(long nowNs) {
        for (Iterator<Taking> all = takings.iterator(); all.hasNext(); ) {
            Taking taking = all.next();
            boolean isTaken = nowNs - taking.untilNs >= 0 || taking.samplesLeft <= 0;
            if (isTaken && (taking.alarm != null || nowNs - taking.untilNs > LATEST_ALARM_NS)) {
                all.remove();
                send(taking);
            }
        }
    }

    private void send(Taking taking) {
        AlarmStatus alarm = taking.alarm;
        long fromNs = taking.detection.decidedNs() - sensor.before().toNanos();
        if (alarm != null && window.since(fromNs) > 0) {
            alarms.evidence(
                    alarm, window.evidence(alarm.alarm().id(), alarm.envelope().sha256(), sensor.name(), fromNs));
        }
    }
}
