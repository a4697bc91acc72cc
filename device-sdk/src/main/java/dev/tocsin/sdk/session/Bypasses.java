package dev.tocsin.sdk.session;

import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.model.Mode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sensors under maintenance. What a bypassed one raises goes to every centre as ever, marked TEST; nothing is held back. A
 * panic is never marked, nor is what updates a live alarm. What still stands when the maintenance is over is raised live.
 * Belongs to the event loop.
 */
final class Bypasses {

    /** Marked alarms that are not over; beyond it none is marked. */
    static final int MAX_MARKED = 64;

    private record Marked(String input, Alarm alarm) {}

    private final Set<String> inputs = new LinkedHashSet<>();
    private final Map<AlarmId, Marked> marked = new LinkedHashMap<>();
    private final Map<AlarmId, AlarmId> raisedLive = new LinkedHashMap<>();

    boolean isBypassed(String input) {
        return inputs.contains(input);
    }

    void begin(String input) {
        inputs.add(input);
    }

    /** What of this input still stands and was marked: to be raised live now, see {@link #raisedLive}. */
    List<Alarm> end(String input) {
        inputs.remove(input);
        List<Alarm> standing = new ArrayList<>();
        marked.values().removeIf(m -> m.input.equals(input) && standing.add(m.alarm));
        return standing;
    }

    /** The alarm that a marked one became when its maintenance was over. */
    void raisedLive(Alarm marked, Alarm live) {
        raisedLive.put(marked.id(), live.id());
        if (raisedLive.size() > MAX_MARKED) {
            raisedLive.remove(raisedLive.keySet().iterator().next());
        }
    }

    /** The request as it is to be raised. */
    AlarmRequest mark(String input, AlarmRequest r) {
        Optional<AlarmId> live = r.about().map(raisedLive::get);
        if (live.isPresent()) {
            if (r.state() == AlarmState.RESTORED) {
                r.about().ifPresent(raisedLive::remove);
            }
            return new AlarmRequest(r.kind(), r.state(), r.mode(), r.stages(), live, r.text());
        }
        boolean aboutMarked = r.about().filter(marked::containsKey).isPresent();
        boolean fresh = r.state() == AlarmState.RAISED
                && isBypassed(input)
                && r.kind() != AlarmKind.PANIC
                && marked.size() < MAX_MARKED;
        if (aboutMarked && r.state() == AlarmState.RESTORED) {
            r.about().ifPresent(marked::remove);
        }
        return aboutMarked || fresh
                ? new AlarmRequest(
                        r.kind(), r.state(), Mode.TEST, r.stages(), r.about(), ("maintenance: " + r.text()).strip())
                : r;
    }

    /** An alarm of this input was raised. */
    void raised(String input, Alarm alarm) {
        if (alarm.mode() == Mode.TEST && alarm.state() == AlarmState.RAISED && isBypassed(input)) {
            marked.put(alarm.id(), new Marked(input, alarm));
        }
    }
}
