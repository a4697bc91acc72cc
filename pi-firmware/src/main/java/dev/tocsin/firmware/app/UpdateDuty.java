package dev.tocsin.firmware.app;

import dev.tocsin.sdk.Device;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.ProgramVersion;
import dev.tocsin.sdk.model.StageTimes;
import dev.tocsin.sdk.model.UpdatePhase;
import dev.tocsin.sdk.model.UpdateReport;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.session.AlarmRequest;
import dev.tocsin.sdk.session.AlarmStatus;
import dev.tocsin.sdk.session.Indication;
import dev.tocsin.sdk.update.UpdateListener;
import dev.tocsin.sdk.update.UpdateReports;
import dev.tocsin.sdk.update.Updates;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What updates and the device have to do with each other: an alarm holds up updates, a new version proves itself by the
 * device's self-test and a centre's receipt, and what goes wrong is a fault of the device until a centre has heard it. On the
 * event loop of the updates.
 */
final class UpdateDuty {

    /** The fault under which all that is wrong with updates is told. */
    static final String FAULT = "update";

    private final SensorDevice board;
    private final Device device;
    private final ProgramVersion version;
    private final Clock clock;
    private final ProgramUpdates.Host host;
    private final Executor loop;
    private @Nullable Updates updates;
    private @Nullable UpdateReports reports;
    private Indication lamp = Indication.STARTING;
    private Optional<String> wanted = Optional.empty();
    private String fault = "";
    private String told = "";
    private boolean testing;

    /** @param clock the device's */
    UpdateDuty(SensorDevice board, ProgramVersion version, Clock clock, ProgramUpdates.Host host, Executor loop) {
        this.board = board;
        this.device = board.device();
        this.version = version;
        this.clock = clock;
        this.host = host;
        this.loop = loop;
    }

    /** From now on. */
    void begin(Updates opened, UpdateReports telling) {
        updates = opened;
        reports = telling;
        moved();
        device.onAlarm(status -> {
            if (isProof(status)) {
                loop.execute(opened::receipt);
            }
        });
        device.onIndication(now -> loop.execute(() -> lamp(now)));
    }

    /** Whether a centre has receipted something that was raised since this start. */
    private static boolean isProof(AlarmStatus status) {
        return status.signedNs() != 0
                && status.deliveries().values().stream().anyMatch(d -> d.state().isReceived());
    }

    /** Somebody waits for help, or a drill would turn into an alarm: that is no time to end a program in. */
    static boolean isBusy(Indication lamp) {
        return switch (lamp) {
            case RAISED, RECEIVED, ACCEPTED, FAILED, DRILL, IN_DRILL -> true;
            case STARTING, ARMED, FAULT, LOCATE -> false;
        };
    }

    private void lamp(Indication now) {
        lamp = now;
        Updates u = updates;
        if (u == null) {
            return;
        }
        u.alarmUnderWay(isBusy(now));
        if (!isBusy(now) && now != Indication.STARTING) {
            test(u);
            restartIfWanted();
        }
    }

    /** Once: what a new version has to show. A TEST alarm brings the receipt. */
    private void test(Updates u) {
        if (!u.isTrying() || testing) {
            return;
        }
        testing = true;
        host.say("update: version " + version + " tries itself out");
        board.tryOut(found -> {
            long now = clock.nanoTime();
            device.raise(AlarmRequest.test(AlarmKind.FAULT, new StageTimes(now, now))
                    .withText("self-test of version " + version + " after an update"));
            loop.execute(() -> u.selfTest(found.well(), found.text()));
        });
    }

    private void restartIfWanted() {
        if (wanted.isPresent() && !isBusy(device.indication())) {
            host.restart(wanted.get());
        }
    }

    private void moved() {
        Updates u = updates;
        if (u == null || reports == null) {
            return; // it tells when it has begun
        }
        reports.moved();
        UpdateReport report = u.report();
        String line = "update: " + word(report.phase()) + (report.sequence() == 0 ? "" : " " + report.sequence())
                + (report.why().isEmpty() ? "" : ": " + report.why());
        if (report.phase() != UpdatePhase.IDLE && !line.equals(told)) {
            told = line;
            host.say(line);
        }
    }

    private static String word(UpdatePhase phase) {
        return phase.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Nothing can be updated here. */
    void cannot(String why) {
        host.say(why);
        raise(why);
    }

    /** Stands until a centre has heard how far this device is: what is wrong is with an update, and the device goes on. */
    private void raise(String what) {
        if (!fault.equals(what)) {
            clear();
            fault = what;
            device.raiseFault(FAULT, what);
        }
    }

    private void clear() {
        if (!fault.isEmpty()) {
            fault = "";
            device.clearFault(FAULT);
        }
    }

    UpdateListener listener() {
        return new UpdateListener() {
            @Override
            public void restart(String why) {
                wanted = Optional.of(why);
                if (isBusy(lamp)) {
                    host.say("update: waits to restart " + why + ", for the lamp shows " + lamp);
                } else {
                    restartIfWanted();
                }
            }

            @Override
            public void fault(String what) {
                raise(what);
            }

            @Override
            public void news(String what) {
                host.say("update: " + what);
                device.report(what);
            }

            @Override
            public void moved() {
                UpdateDuty.this.moved();
            }
        };
    }

    UpdateReports.Listener answers() {
        return new UpdateReports.Listener() {
            @Override
            public void refused(String why) {
                host.say("update refused: " + why);
                raise("an update was refused: " + why);
            }

            @Override
            public void heard() {
                clear();
            }
        };
    }
}
