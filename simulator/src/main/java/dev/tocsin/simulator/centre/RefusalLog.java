package dev.tocsin.simulator.centre;

import dev.tocsin.sdk.port.Timers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes refusals and reports to the audit, few lines for many: of each source and reason the first {@value #LINES} in a
 * window, of each device's reports the first {@value #REPORTS}, then the number of the others when the window ends. What floods a centre shall not fill its disk. Any thread.
 */
final class RefusalLog {

    /** Lines of one source and reason in one window. */
    static final int LINES = 5;

    /** Reports of one device in one window: all that one has to tell after a bad night, and no flood. */
    static final int REPORTS = 30;

    /** Sources and reasons told apart in one window; all others are counted together. */
    static final int MAX_KINDS = 1_024;

    /** How long a window is. */
    static final Duration WINDOW = Duration.ofMinutes(1);

    /** @param what begins the lines, up to the source */
    private record Kind(String what, String source, int lines) {}

    private final Audit audit;
    private final Timers timers;
    private final Map<Kind, Integer> counts = new LinkedHashMap<>();

    RefusalLog(Audit audit, Timers timers) {
        this.audit = audit;
        this.timers = timers;
    }

    /** Notes one refusal. */
    void note(String source, Refused why, String detail) {
        note(new Kind("refused " + why + " from ", source, LINES), detail);
    }

    /** Notes what a device reported. */
    void report(String device, String text) {
        note(new Kind("report of ", device, REPORTS), text);
    }

    private void note(Kind kind, String detail) {
        if (count(kind) <= kind.lines) {
            audit.line(kind.what + Plain.line(kind.source) + ": " + Plain.line(detail));
        }
    }

    private synchronized int count(Kind of) {
        if (counts.isEmpty()) {
            var unused = timers.schedule(WINDOW.toNanos(), this::endWindow);
        }
        Kind kind = of;
        if (counts.size() >= MAX_KINDS && !counts.containsKey(kind)) {
            kind = new Kind(of.what, "other sources", of.lines);
        }
        return counts.merge(kind, 1, Integer::sum);
    }

    private void endWindow() {
        Map<Kind, Integer> ended;
        synchronized (this) {
            ended = new LinkedHashMap<>(counts);
            counts.clear();
        }
        ended.forEach((kind, count) -> {
            if (count > kind.lines) {
                audit.line(kind.what + Plain.line(kind.source) + ": " + (count - kind.lines) + " more within "
                        + WINDOW.toSeconds() + " s");
            }
        });
    }
}
