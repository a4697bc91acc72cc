package dev.tocsin.sdk.detect;

import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;

/** The rungs of one alarm: raised at the first, updated with each that is higher, restored at the ground, rung 0. */
final class Ladder {

    private final AlarmKind kind;
    private final Findings findings;
    private int rung;

    Ladder(AlarmKind kind, Findings findings) {
        this.kind = kind;
        this.findings = findings;
    }

    int rung() {
        return rung;
    }

    /** Climbs, and tells. Only to a higher rung: ask {@link #rung} before a text is made. */
    void climb(int to, long edgeNs, long nowNs, String text) {
        AlarmState state = rung == 0 ? AlarmState.RAISED : AlarmState.UPDATED;
        rung = to;
        findings.found(new Detection(kind, state, Math.min(edgeNs, nowNs), nowNs, text));
    }

    /** Comes down a little, and does not tell: it is not over. If it climbs again, that is told. */
    void descend(int to) {
        rung = Math.min(rung, to);
    }

    /** It is over. */
    void restore(long edgeNs, long nowNs, String text) {
        rung = 0;
        findings.found(new Detection(kind, AlarmState.RESTORED, Math.min(edgeNs, nowNs), nowNs, text));
    }
}
