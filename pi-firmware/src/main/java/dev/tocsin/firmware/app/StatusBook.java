package dev.tocsin.firmware.app;

import dev.tocsin.sdk.Device;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.session.AlarmStatus;
import dev.tocsin.sdk.session.CentreLink;
import dev.tocsin.sdk.session.Delivery;
import dev.tocsin.sdk.session.Indication;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Follows a device and keeps what there is to say of it. Belongs to the event loop. */
final class StatusBook {

    /** Undelivered alarms that are counted; beyond it the oldest is forgotten here, not by the device. */
    static final int MAX_OPEN = 2_000;

    private final Clock clock;
    private final FirmwareConfig config;
    private final Instant started;
    private final Map<AlarmId, AlarmStatus> open = new LinkedHashMap<>();
    private final Set<String> faults = new LinkedHashSet<>();
    private final Map<String, Status.Centre> centres = new LinkedHashMap<>();
    private long newestFault;
    private boolean armed;
    private Indication lamp = Indication.STARTING;
    private boolean changed = true;

    StatusBook(FirmwareConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.started = clock.wallTime();
        for (CentreLink centre : config.device().settings().centres()) {
            centres.put(centre.id(), new Status.Centre(centre.id(), 0, "", Instant.EPOCH, 0, ""));
        }
    }

    /** Listens to a device. */
    void follow(Device device) {
        var unused = device.armed().thenRun(() -> {
            armed = true;
            changed = true;
        });
        device.onIndication(now -> {
            lamp = now;
            changed = true;
        });
        device.onAlarm(this::alarm);
    }

    /** Whether there is something new to say since this was asked last. */
    boolean hasChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /** As it is now. */
    Status now() {
        return new Status(
                config.device().settings().device(),
                FirmwareConfig.SOFTWARE,
                ProcessHandle.current().pid(),
                started,
                clock.wallTime(),
                armed,
                lamp.name(),
                open.size(),
                List.copyOf(faults),
                centres.values().stream().map(this::counted).toList());
    }

    private Status.Centre counted(Status.Centre c) {
        int waiting = (int) open.values().stream()
                .filter(status -> status.deliveries().containsKey(c.id())
                        && !status.deliveries().get(c.id()).state().isReceived())
                .count();
        return new Status.Centre(c.id(), waiting, c.lastReceipt(), c.receiptAt(), c.ledgerNumber(), c.refusal());
    }

    private void alarm(AlarmStatus now) {
        changed = true;
        Alarm alarm = now.alarm();
        if (alarm.kind() == AlarmKind.FAULT && now.signedNs() != 0 && alarm.id().sequence() > newestFault) {
            newestFault = alarm.id().sequence(); // later steps of the same alarm say nothing new of the fault
            if (alarm.state() == AlarmState.RAISED) {
                faults.add(alarm.text());
            } else if (alarm.state() == AlarmState.RESTORED) {
                faults.remove(alarm.text());
            }
        }
        if (now.isReceivedByAll()) {
            open.remove(alarm.id());
        } else {
            open.put(alarm.id(), now);
            if (open.size() > MAX_OPEN) {
                open.remove(open.keySet().iterator().next());
            }
        }
        now.deliveries().values().forEach(d -> delivery(alarm, d));
    }

    private void delivery(Alarm alarm, Delivery d) {
        Status.Centre before = centres.get(d.centre());
        if (before == null) {
            return; // of an earlier configuration
        }
        String id = alarm.id().toString();
        if (d.state() == Delivery.State.REFUSED) {
            centres.put(
                    d.centre(),
                    new Status.Centre(
                            before.id(),
                            0,
                            before.lastReceipt(),
                            before.receiptAt(),
                            before.ledgerNumber(),
                            d.remark()));
        } else if (d.receipt().isPresent() && !before.lastReceipt().equals(id)) {
            long number = d.receipt().get().ledgerNumber();
            if (number > before.ledgerNumber()) {
                centres.put(d.centre(), new Status.Centre(before.id(), 0, id, clock.wallTime(), number, ""));
            }
        }
    }
}
