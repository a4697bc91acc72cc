package dev.tocsin.sdk.model;

import java.util.List;
import java.util.Optional;

/**
 * What a device signs and a centre keeps. An {@code UPDATED} or {@code RESTORED} alarm is an alarm of its own, with its
 * own id, {@code about} the one it continues.
 *
 * @param id its name for ever
 * @param kind what it is about
 * @param state where in its life
 * @param mode real, drill or test
 * @param place where
 * @param cameras references of cameras that see the place, see {@link #checkCameras}
 * @param time when, as the device saw it
 * @param stages times of edge and decision
 * @param about the alarm that this one updates or restores
 * @param text a remark for people, at most {@value #MAX_TEXT} characters; the cause of a FAULT
 */
public record Alarm(
        AlarmId id,
        AlarmKind kind,
        AlarmState state,
        Mode mode,
        Place place,
        List<String> cameras,
        DeviceTime time,
        StageTimes stages,
        Optional<AlarmId> about,
        String text) {

    /** Most camera references in one alarm. */
    public static final int MAX_CAMERAS = 8;

    /** Longest camera reference, bytes of UTF-8. */
    public static final int MAX_CAMERA_BYTES = 120;

    /** Longest remark, in characters. */
    public static final int MAX_TEXT = 200;

    public Alarm {
        cameras = List.copyOf(cameras);
        checkCameras(cameras);
        if (text.length() > MAX_TEXT) {
            throw new IllegalArgumentException("a text of more than " + MAX_TEXT + " characters: " + text.length());
        }
    }

    /**
     * Refuses what no alarm could carry: more than {@value #MAX_CAMERAS} references, or one of more than
     * {@value #MAX_CAMERA_BYTES} bytes. Ask when a device is configured, not when someone presses.
     */
    public static void checkCameras(List<String> cameras) {
        if (cameras.size() > MAX_CAMERAS) {
            throw new IllegalArgumentException("more than " + MAX_CAMERAS + " cameras: " + cameras.size());
        }
        cameras.forEach(camera -> Bounds.check("camera reference", camera, MAX_CAMERA_BYTES));
    }
}
