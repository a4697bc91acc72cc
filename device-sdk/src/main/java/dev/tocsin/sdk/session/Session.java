package dev.tocsin.sdk.session;

import dev.tocsin.sdk.codec.EvidenceMessages;
import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.codec.OrderBookPage;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.journal.Item;
import dev.tocsin.sdk.journal.Journal;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.DeviceOrder;
import dev.tocsin.sdk.model.DeviceTime;
import dev.tocsin.sdk.model.DrillState;
import dev.tocsin.sdk.model.Evidence;
import dev.tocsin.sdk.model.Heartbeat;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.model.OrderResult;
import dev.tocsin.sdk.model.Report;
import dev.tocsin.sdk.model.StageTimes;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.Entropy;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.sdk.port.Storage;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.port.Transport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A device from power-on to power-off. See the package for its rules.
 *
 * <p>Order at start: the journal is read, the boot counter is counted up and synced, the device is armed, and only then
 * does it matter whether there is a network. A press before that waits (milliseconds) for the counter, so that no id is
 * ever used twice; if the counter cannot be written the device arms all the same and says so.
 */
public final class Session {

    /** Presses that may wait for the boot counter. */
    static final int MAX_WAITING = 64;

    /** Faults that may stand at once; what goes beyond is only remarked. */
    static final int MAX_FAULTS = 32;

    /** Faults that a heartbeat names, each shortened to… */
    private static final int TOLD_FAULTS = 8;

    /** …so many characters, so that a heartbeat fits into one datagram. */
    private static final int TOLD_FAULT_LENGTH = 40;

    /** What centres may post to, in link format (RFC 6690); 18 is COSE_Sign1. */
    private static final String LINKS = "</order>;rt=\"tocsin.order\";ct=18,</receipt>;rt=\"tocsin.receipt\";ct=18";

    private static final long FIRST_BEAT_WITHIN_NS = 1_000_000_000L;

    /** The world outside. */
    public record Ports(
            Clock clock, Timers timers, Transport transport, Storage storage, Signer signer, Entropy entropy) {}

    private final Settings settings;
    private final Ports ports;
    private final SessionListener listener;
    private final Outbox outbox;
    private final Lamp lamp;
    private final Drills drills;
    private final OrderBook book;
    private final Bypasses bypasses = new Bypasses();
    private final Deeds deeds;
    private final Orders orders;
    private final Map<String, String> faults = new LinkedHashMap<>();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final long startNs;
    private final long nonce;
    private long boot;
    private long sequence;
    private boolean armed;
    private @Nullable Alarm latched;

    /** Reads the journal (blocks). Nothing is written or sent before {@link #start}. */
    public Session(Settings settings, Ports ports, SessionListener listener) {
        this.settings = settings;
        this.ports = ports;
        this.listener = listener;
        this.startNs = ports.clock().nanoTime();
        this.nonce = ports.entropy().nextLong();
        this.lamp = new Lamp(ports.clock(), ports.timers(), listener);
        this.drills = new Drills(settings.device(), ports.clock(), ports.timers(), new DrillListener());
        this.book = new OrderBook(ports.storage(), listener::remark);
        book.page().drillsSpent().ifPresent(drills::carryOver);
        this.deeds = new Deeds(ports.clock(), ports.timers(), book, bypasses, new DeedsHost());
        this.orders = new Orders(settings.device(), ports.clock(), ports.signer(), book, deeds, new OrdersHost());
        this.outbox = new Outbox(
                settings,
                ports,
                lamp,
                drills,
                orders,
                new Outbox.Answers() {
                    @Override
                    public void reached(CentreLink centre) {
                        deeds.reached(centre.id());
                    }

                    @Override
                    public void told(CentreLink centre, Bytes result) {
                        orders.told(centre, result);
                    }
                },
                new Watched(),
                new Journal.Listener() {
                    @Override
                    public void trouble(Optional<String> why) {
                        journalTrouble(why);
                    }

                    @Override
                    public void evicted(Item item) {
                        outbox().evicted(item);
                    }
                },
                new Room());
    }

    /** Counts the boot, arms, and goes on delivering what an earlier boot left. */
    public void start() {
        ports.transport().serve(new Transport.PushHandler() {
            @Override
            public int pushed(String path, Bytes payload) {
                return outbox.pushed(path, payload);
            }

            @Override
            public String links() {
                return LINKS;
            }
        });
        latched = outbox.recover().orElse(null);
        boot = outbox.boot(this::arm);
        outbox.resume(); // before anything new, which would be reported twice
        outbox.findings().forEach(finding -> {
            listener.remark(finding.toString());
            report(finding.toString());
            if (finding.isLoss()) {
                raiseFault("journal-loss", finding.toString());
            }
        });
    }

    /** Lets go of everything. What is in the journal stays there. */
    public void close() {
        outbox.close();
    }

    /** Whether a press counts now. */
    public boolean isArmed() {
        return armed;
    }

    /** What the lamp may show now. */
    public Indication indication() {
        return lamp.indication();
    }

    /** The panic alarm that is latched now. */
    public Optional<Alarm> latched() {
        return Optional.ofNullable(latched);
    }

    /**
     * A panic press: raises an alarm and latches it, or, while one is latched, says that someone pressed again. It is live
     * unless a drill runs and nobody pressed in the last 10 s; a live press takes the latch over from a drill and ends it.
     *
     * @param raised told with the alarm's first status as soon as it is signed and on its way
     */
    public void press(StageTimes stages, Consumer<AlarmStatus> raised) {
        if (!armed) {
            lamp.unsigned(true);
        }
        whenArmed(() -> {
            Alarm standing = latched;
            Mode mode = drills.press(stages.edgeNs());
            raised.accept(raiseNow(
                    standing != null && (standing.mode() == Mode.LIVE || mode == Mode.DRILL)
                            ? about(standing, AlarmState.UPDATED, stages, "pressed again")
                            : new AlarmRequest(
                                    AlarmKind.PANIC, AlarmState.RAISED, mode, stages, Optional.empty(), "")));
        });
    }

    /**
     * The panic button has been held for 3 s: whoever holds it means it. Raises a live alarm, which ends a drill; where a
     * live one is out already, nothing happens.
     *
     * @param stages when the 3 s were full and when that was seen
     * @param raised told with the alarm's first status as soon as it is signed and on its way
     */
    public void hold(StageTimes stages, Consumer<AlarmStatus> raised) {
        whenArmed(() -> {
            Alarm standing = latched;
            if (standing == null || standing.mode() != Mode.LIVE) {
                raised.accept(
                        raiseNow(AlarmRequest.live(AlarmKind.PANIC, stages).withText("held")));
            }
        });
    }

    /** The key was turned: ends the latched alarm with a signed event of its own. Without one, nothing happens. */
    public void reset(StageTimes stages) {
        whenArmed(() -> {
            Alarm standing = latched;
            if (standing != null) {
                raiseNow(about(standing, AlarmState.RESTORED, stages, "reset on the spot"));
            }
        });
    }

    private static AlarmRequest about(Alarm standing, AlarmState state, StageTimes stages, String text) {
        return new AlarmRequest(standing.kind(), state, standing.mode(), stages, Optional.of(standing.id()), text);
    }

    /**
     * Raises any alarm.
     *
     * @param raised told with the alarm's first status as soon as it is signed and on its way
     */
    public void raise(AlarmRequest request, Consumer<AlarmStatus> raised) {
        whenArmed(() -> raised.accept(raiseNow(request)));
    }

    /**
     * Raises what a sensor found. While a centre has that sensor bypassed for maintenance it is marked as TEST, unless it is a
     * panic.
     *
     * @param input name of the sensor
     * @param raised told with the alarm's first status as soon as it is signed and on its way
     */
    public void raise(String input, AlarmRequest request, Consumer<AlarmStatus> raised) {
        whenArmed(() -> {
            AlarmStatus status = raiseNow(bypasses.mark(input, request));
            bypasses.raised(input, status.alarm());
            raised.accept(status);
        });
    }

    /** Gives orders to do with a board and a program what can be done with them. */
    public void maintain(Maintenance program) {
        deeds.standIn(program);
    }

    /** Tells every centre a line for the record, when nothing more important is waiting. */
    public void report(String text) {
        Report report = new Report(settings.device(), deviceTime(), shortened(text, Alarm.MAX_TEXT));
        outbox.report(Messages.write(report));
    }

    /**
     * Sends what a sensor measured around an alarm to the centres that the alarm goes to: block-wise, when they have the alarm
     * and nothing else is on its way to them. It is telemetry: it waits in the journal, at most {@value Outbox#MAX_EVIDENCE}
     * pieces, and goes first when that is full.
     *
     * @param alarm the alarm's status, for its route
     */
    public void evidence(AlarmStatus alarm, Evidence evidence) {
        Bytes envelope = EvidenceMessages.sign(evidence, ports.signer()).bytes();
        if (envelope.size() > Evidence.MAX_BYTES) {
            listener.remark("evidence of " + evidence.alarm() + " takes " + envelope.size() + " bytes where at most "
                    + Evidence.MAX_BYTES + " can be: not sent");
        } else {
            outbox.evidence(envelope, alarm.deliveries().keySet());
        }
    }

    /**
     * Says that something is wrong with the device: a FAULT alarm, once until it is {@linkplain #clearFault cleared}.
     *
     * @param cause names the fault, for example {@code journal}; at most {@value #MAX_FAULTS} stand at once
     * @param text the same for a person
     */
    public void raiseFault(String cause, String text) {
        if (faults.size() >= MAX_FAULTS) {
            listener.remark("more than " + MAX_FAULTS + " faults stand, this one is not raised: " + text);
        } else if (faults.putIfAbsent(cause, text) == null) {
            listener.remark("fault: " + text);
            lamp.faults(true);
            whenArmed(() -> raiseNow(atOnce(AlarmState.RAISED, cause + ": " + text)));
        }
    }

    /** It is right again. */
    public void clearFault(String cause) {
        String text = faults.remove(cause);
        if (text != null) {
            listener.remark("right again: " + text);
            lamp.faults(!faults.isEmpty());
            whenArmed(() -> raiseNow(atOnce(AlarmState.RESTORED, cause + ": " + text)));
        }
    }

    private AlarmRequest atOnce(AlarmState state, String text) {
        long now = ports.clock().nanoTime();
        return new AlarmRequest(AlarmKind.FAULT, state, Mode.LIVE, new StageTimes(now, now), Optional.empty(), text);
    }

    private AlarmStatus raiseNow(AlarmRequest request) {
        Alarm alarm = new Alarm(
                new AlarmId(settings.device(), boot, nonce, ++sequence),
                request.kind(),
                request.state(),
                request.mode(),
                settings.place(),
                settings.cameras(),
                deviceTime(),
                request.stages(),
                request.about(),
                shortened(request.text(), Alarm.MAX_TEXT));
        SignedEnvelope envelope = Messages.sign(alarm, ports.signer());
        boolean latches = latches(alarm);
        Alarm before = latched;
        if (latches) {
            latched = alarm;
            if (before != null) {
                outbox.release(before.id());
            }
        } else if (before != null
                && alarm.state() == AlarmState.RESTORED
                && alarm.about().filter(before.id()::equals).isPresent()) {
            latched = null;
        }
        AlarmStatus status = outbox.send(alarm, envelope.bytes(), latches);
        if (latches && alarm.mode() == Mode.LIVE) {
            drills.end("a live alarm");
        }
        return status;
    }

    /** A drill alarm that still stands ends with its drill: from here on a press is live, and the lamp must not say drill. */
    private void endDrillAlarm(String why) {
        Alarm standing = latched;
        if (standing != null && standing.mode() == Mode.DRILL) {
            long now = ports.clock().nanoTime();
            raiseNow(about(standing, AlarmState.RESTORED, new StageTimes(now, now), why));
        }
    }

    private final class DrillListener implements Drills.Listener {
        @Override
        public Optional<String> objection() {
            Alarm standing = latched;
            if (standing != null && standing.mode() == Mode.LIVE) {
                return Optional.of("a live alarm is out");
            }
            return settings.centres().stream().anyMatch(CentreLink::takesDrillPresses)
                    ? Optional.empty()
                    : Optional.of("no centre would get its alarms");
        }

        @Override
        public void drillRuns(boolean runs) {
            lamp.drill(runs);
        }

        @Override
        public void drillOver(String why) {
            endDrillAlarm("drill over: " + why);
        }

        @Override
        public void remark(String sentence) {
            listener.remark(sentence);
        }
    }

    /** A real alarm takes the latch over from a drill; nothing else does while it is taken. */
    private boolean latches(Alarm alarm) {
        Alarm standing = latched;
        return alarm.kind().latches()
                && alarm.state() == AlarmState.RAISED
                && alarm.mode() != Mode.TEST
                && (standing == null || (standing.mode() == Mode.DRILL && alarm.mode() == Mode.LIVE));
    }

    private void whenArmed(Runnable action) {
        if (armed) {
            action.run();
        } else if (waiting.size() < MAX_WAITING) {
            waiting.add(action);
        } else {
            listener.remark("more than " + MAX_WAITING + " events before the boot counter was kept: one was dropped");
        }
    }

    private void arm() {
        if (armed) {
            return; // it was armed all the same when the counter could not be kept in time
        }
        armed = true;
        lamp.armed();
        listener.armed();
        // not before: what a heartbeat says of a boot must be true of what follows
        Bytes key = ports.signer().keyId();
        Pulse pulse =
                new Pulse(settings, boot, nonce, key, this::heartbeat, this::deviceTime, this::health, drills::state);
        endDrillAlarm("a reboot ends a drill");
        orders.resume(); // may roll settings back
        outbox.beat(heartbeat(), keepAlive(), (long) (ports.entropy().nextUnit() * FIRST_BEAT_WITHIN_NS), pulse);
        List<Runnable> actions = new ArrayList<>(waiting);
        waiting.clear();
        actions.forEach(Runnable::run);
        lamp.unsigned(false);
    }

    private Duration heartbeat() {
        return book.page().settings().heartbeat().orElse(settings.heartbeat());
    }

    private Duration keepAlive() {
        return book.page().settings().keepAlive().orElse(settings.keepAlive());
    }

    /** Tells whoever listens, and a self-test. */
    private final class Watched implements SessionListener {
        @Override
        public void alarmChanged(AlarmStatus status) {
            listener.alarmChanged(status);
            deeds.changed(status);
        }

        @Override
        public void centreTime(Instant time) {
            listener.centreTime(time);
        }

        @Override
        public void remark(String sentence) {
            listener.remark(sentence);
        }
    }

    private final class OrdersHost implements Orders.Host {
        @Override
        public boolean isArmed() {
            return armed;
        }

        @Override
        public void post(String centre, Bytes result) {
            outbox.result(centre, result);
        }

        @Override
        public void report(String text) {
            Session.this.report(text);
        }

        @Override
        public void remark(String sentence) {
            listener.remark(sentence);
        }

        @Override
        public OrderResult result(DeviceOrder order, Bytes orderSha256, OrderResult.State state, String text) {
            return new OrderResult(
                    settings.device(), order.centre(), order.number(), orderSha256, state, boot, deviceTime(), text);
        }
    }

    private final class DeedsHost implements Deeds.Host {
        @Override
        public Optional<String> alarmOut() {
            if (latched != null || outbox.isLifeWaiting()) {
                return Optional.of("an alarm is out");
            }
            return drills.state().filter(DrillState::isRunning).map(drill -> "a drill runs");
        }

        @Override
        public Duration drillsSpent() {
            return drills.spent();
        }

        @Override
        public Set<String> linked() {
            return outbox.linked();
        }

        @Override
        public void tune(OrderBookPage.Adjusted adjusted) {
            outbox.tune(heartbeat(), keepAlive());
        }

        @Override
        public void locate(boolean blinks) {
            lamp.locate(blinks);
        }

        @Override
        public void maintenance(String input, String text) {
            clearFault(cause(input)); // who orders it again is another one
            raiseFault(cause(input), text);
        }

        @Override
        public void maintenanceOver(String input, String why, List<Alarm> standing) {
            if (!faults.containsKey(cause(input))) {
                faults.put(cause(input), "maintenance of " + input); // of an earlier boot
            }
            listener.remark("maintenance of " + input + " is over: " + why);
            clearFault(cause(input));
            for (Alarm marked : standing) {
                long now = ports.clock().nanoTime();
                AlarmRequest live = AlarmRequest.live(marked.kind(), new StageTimes(now, now))
                        .withText("still so after maintenance of " + input);
                bypasses.raisedLive(marked, raiseNow(live).alarm());
            }
        }

        @Override
        public void testAlarm(String text, Consumer<AlarmStatus> raised) {
            long now = ports.clock().nanoTime();
            raised.accept(raiseNow(
                    AlarmRequest.test(AlarmKind.FAULT, new StageTimes(now, now)).withText(text)));
        }

        private static String cause(String input) {
            return "maintenance-" + input;
        }
    }

    private void journalTrouble(Optional<String> why) {
        if (why.isPresent()) {
            if (!armed) {
                boot = AlarmId.UNCOUNTED; // the next boot would count the same again, and look like a clone
                arm(); // a device that cannot write its counter is better armed than not: the nonce keeps its ids apart
            }
            raiseFault("journal", why.get());
        } else {
            clearFault("journal");
        }
    }

    private final class Room implements Outbox.Room {
        @Override
        public void kept(boolean kept) {
            fault(kept, "journal-full", "the journal has no room for one more alarm; a power cut now would lose it");
        }

        @Override
        public void sendsAll(boolean all) {
            fault(all, "too-many-alarms", "more alarms are pending than can be sent; some wait for the next start");
        }

        private void fault(boolean right, String cause, String text) {
            if (right) {
                clearFault(cause);
            } else {
                raiseFault(cause, text);
            }
        }
    }

    private Outbox outbox() {
        return outbox; // for the listener that is made before the field is set
    }

    private DeviceTime deviceTime() {
        return new DeviceTime(
                ports.clock().wallTime(),
                ports.clock().quality(),
                Duration.ofNanos(ports.clock().nanoTime() - startNs));
    }

    private Heartbeat.Health health() {
        return new Heartbeat.Health(
                settings.software(),
                outbox.depth(),
                outbox.bytes(),
                faults.values().stream()
                        .limit(TOLD_FAULTS)
                        .map(text -> shortened(text, TOLD_FAULT_LENGTH))
                        .toList(),
                Double.NaN,
                Double.NaN);
    }

    private static String shortened(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end) + "…";
    }
}
