package dev.tocsin.sdk.testkit;

import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.model.ClockQuality;
import dev.tocsin.sdk.model.DeviceTime;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.model.Place;
import dev.tocsin.sdk.model.StageTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Alarms to try things on. Made up: no such school. */
public final class TestAlarms {

    /** Where nobody is. */
    public static final Place PLACE = new Place(
            "530902", "school-007", "B", "3", "stairwell north", Optional.of(new Place.Position(23.8878, 100.0871)));

    private TestAlarms() {}

    /** A live panic, every field filled in. */
    public static Alarm panic(String device, long sequence) {
        return of(
                new AlarmId(device, 12, 0x9f3c2a11d05b7e60L, sequence), AlarmKind.PANIC, AlarmState.RAISED, Mode.LIVE);
    }

    /** An alarm, every field filled in. */
    public static Alarm of(AlarmId id, AlarmKind kind, AlarmState state, Mode mode) {
        return new Alarm(
                id,
                kind,
                state,
                mode,
                PLACE,
                List.of("34020000001320000001", "rtsp://camera-2.school-007.example/stair"),
                new DeviceTime(
                        Instant.parse("2027-03-01T00:12:30.250Z"),
                        ClockQuality.SYNCHRONIZED,
                        Duration.ofMillis(750_125)),
                new StageTimes(1_750_100_000_000L, 1_750_105_400_000L),
                state == AlarmState.RAISED
                        ? Optional.empty()
                        : Optional.of(new AlarmId(id.device(), id.boot(), id.nonce(), 1)),
                "second floor");
    }

    /** The largest alarm that there can be: every text as long as it may be, in letters of three bytes. */
    public static Alarm largest() {
        String text = "钟".repeat(Place.MAX_TEXT_BYTES / 3);
        AlarmId id = new AlarmId("d".repeat(AlarmId.MAX_DEVICE_ID), Long.MAX_VALUE, -1, Long.MAX_VALUE);
        return new Alarm(
                id,
                AlarmKind.FAULT,
                AlarmState.UPDATED,
                Mode.TEST,
                new Place(text, text, text, text, text, Optional.of(new Place.Position(-89.123456789, -179.123456789))),
                Collections.nCopies(Alarm.MAX_CAMERAS, "钟".repeat(Alarm.MAX_CAMERA_BYTES / 3)),
                new DeviceTime(
                        Instant.ofEpochMilli(Long.MIN_VALUE), ClockQuality.SYNCHRONIZED, Duration.ofDays(36_500)),
                new StageTimes(Long.MIN_VALUE, -1),
                Optional.of(id),
                "钟".repeat(Alarm.MAX_TEXT));
    }
}
