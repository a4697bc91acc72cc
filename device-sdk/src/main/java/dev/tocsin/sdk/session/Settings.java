package dev.tocsin.sdk.session;

import dev.tocsin.sdk.journal.Limits;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.OrderTask;
import dev.tocsin.sdk.model.Place;
import java.time.Duration;
import java.util.List;

/**
 * What a session is told about its device.
 *
 * @param device its id
 * @param place where it hangs
 * @param cameras cameras that see that place, see {@link Alarm#checkCameras}
 * @param centres where alarms go; 1 to {@value #MAX_CENTRES}
 * @param heartbeat period of the heartbeat, 1 s to 1 day
 * @param journal how much the journal may keep
 * @param software name and version of what runs, for the heartbeat
 * @param timing when alarms are sent again
 * @param keepAlive a heartbeat out of turn when none was sent for so long, so that a NAT keeps its mapping and what a centre
 *     pushes comes at once, 5 s to 5 minutes; zero: off
 */
public record Settings(
        String device,
        Place place,
        List<String> cameras,
        List<CentreLink> centres,
        Duration heartbeat,
        Limits journal,
        String software,
        AlarmTiming timing,
        Duration keepAlive) {

    /** Most centres of one device. */
    public static final int MAX_CENTRES = 8;

    /** The heartbeat unless told otherwise. */
    public static final Duration DEFAULT_HEARTBEAT = Duration.ofSeconds(60);

    /** With the usual timing of alarms. */
    public Settings(
            String device,
            Place place,
            List<String> cameras,
            List<CentreLink> centres,
            Duration heartbeat,
            Limits journal,
            String software) {
        this(device, place, cameras, centres, heartbeat, journal, software, AlarmTiming.QUICK);
    }

    /** Without a keep-alive. */
    public Settings(
            String device,
            Place place,
            List<String> cameras,
            List<CentreLink> centres,
            Duration heartbeat,
            Limits journal,
            String software,
            AlarmTiming timing) {
        this(device, place, cameras, centres, heartbeat, journal, software, timing, Duration.ZERO);
    }

    public Settings {
        cameras = List.copyOf(cameras);
        centres = List.copyOf(centres);
        Alarm.checkCameras(cameras);
        if (!AlarmId.isDeviceId(device)) {
            throw new IllegalArgumentException("not a device id: '" + device + "'");
        }
        if (centres.isEmpty() || centres.size() > MAX_CENTRES) {
            throw new IllegalArgumentException("1 to " + MAX_CENTRES + " centres, not " + centres.size());
        }
        if (centres.stream().map(CentreLink::id).distinct().count() != centres.size()) {
            throw new IllegalArgumentException("two centres of one name");
        }
        if (heartbeat.compareTo(Duration.ofSeconds(1)) < 0 || heartbeat.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("a heartbeat of 1 s to 1 day, not " + heartbeat);
        }
        if (!keepAlive.isZero()
                && (keepAlive.compareTo(OrderTask.Adjust.MIN_KEEP_ALIVE) < 0
                        || keepAlive.compareTo(OrderTask.Adjust.MAX_KEEP_ALIVE) > 0)) {
            throw new IllegalArgumentException("a keep-alive of 5 s to 5 minutes, not " + keepAlive);
        }
    }
}
