package dev.tocsin.sdk.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Keeps what was found, as short lines. */
final class Found implements Findings {

    final List<Detection> detections = new ArrayList<>();
    final List<String> health = new ArrayList<>();

    @Override
    public void found(Detection detection) {
        detections.add(detection);
    }

    @Override
    public void health(String cause, boolean isStanding, String text) {
        health.add((isStanding ? "+" : "-") + cause);
    }

    /** As in {@code FALL_RISK RAISED 1.5}: when it was decided, seconds. */
    List<String> alarms() {
        return detections.stream()
                .map(d -> String.format(Locale.ROOT, "%s %s %.1f", d.kind(), d.state(), d.decidedNs() / 1e9))
                .toList();
    }

    /** Without times. */
    List<String> states() {
        return detections.stream().map(d -> d.kind() + " " + d.state()).toList();
    }
}
