package dev.tocsin.sdk.session;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.model.StageTimes;
import java.util.Objects;
import java.util.Optional;

/**
 * What to raise. The session adds id, place, time and signature.
 *
 * @param stages when its edge was and when it was decided, on the device's monotonic clock
 * @param about the alarm that it updates or restores
 * @param text a remark for people
 */
public record AlarmRequest(
        AlarmKind kind, AlarmState state, Mode mode, StageTimes stages, Optional<AlarmId> about, String text) {

    public AlarmRequest {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(stages, "stages");
        Objects.requireNonNull(about, "about");
        Objects.requireNonNull(text, "text");
    }

    /** A new live alarm. */
    public static AlarmRequest live(AlarmKind kind, StageTimes stages) {
        return new AlarmRequest(kind, AlarmState.RAISED, Mode.LIVE, stages, Optional.empty(), "");
    }

    /** A new test alarm: goes to every centre, asks nobody to come. */
    public static AlarmRequest test(AlarmKind kind, StageTimes stages) {
        return new AlarmRequest(kind, AlarmState.RAISED, Mode.TEST, stages, Optional.empty(), "");
    }

    /** The same with a remark. */
    public AlarmRequest withText(String newText) {
        return new AlarmRequest(kind, state, mode, stages, about, newText);
    }
}
