package dev.tocsin.simulator.eval;

import dev.tocsin.sdk.detect.Detection;
import dev.tocsin.sdk.detect.Findings;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a detector raised, and counts faults. */
final class Alarms implements Findings {

    private final AlarmKind kind;
    private final List<Detection> raised = new ArrayList<>();
    private int faults;

    Alarms(AlarmKind kind) {
        this.kind = kind;
    }

    @Override
    public void found(Detection detection) {
        if (detection.kind() == kind && detection.state() == AlarmState.RAISED) {
            raised.add(detection);
        }
    }

    @Override
    public void health(String cause, boolean isStanding, String text) {
        faults += isStanding ? 1 : 0;
    }

    List<Detection> raised() {
        return raised;
    }

    int faults() {
        return faults;
    }
}
