package dev.tocsin.sdk.detect;

import dev.tocsin.sdk.model.AlarmKind;
import java.time.Duration;
import java.util.Locale;

/**
 * Watches a contact: a gate, a perimeter beam, a smoke or gas detector's output, a tamper loop. One channel: the loop's ratio, 0
 * to 1, from a converter, or 0 and 1 from an input without one ({@link LoopBands#CONTACT}; a sample at each edge will do, the
 * level lasts).
 *
 * <p><b>Model.</b> In alarm for {@link Settings#dwell}: raised with the settings' kind; at rest for {@link Settings#restore}:
 * restored. A gate that opens is no alarm by itself: it is one when it opens without {@link #release}, where
 * {@link Settings#isReleaseWatched}, or stays open for longer than {@link Settings#openFor}.
 *
 * <p><b>Wires.</b> Cut or shorted for {@link Settings#cutFor}: {@code TAMPER} where {@link Settings#isCutTamper}, as on intruder
 * loops, otherwise the fault {@value #CUT} or {@value #SHORTED}, as on fire loops, where a broken wire is a fault and no fire
 * (EN 54-2, fault warning condition, within 100 s, per public summaries). An alarm that stands stays while the wire is cut.
 *
 * <p><b>False alarms.</b> Contacts bounce and gates rattle in the wind: 0.2 to 0.5 s. A leaf in a beam is gone within 0.3 s,
 * somebody who climbs is not. Smoke and gas detectors decide by themselves and hold: 0.5 s is against sparks only.
 */
public final class SwitchGuard implements Detector {

    /** The cause for a wire that is cut. */
    public static final String CUT = "wire-cut";

    /** The cause for a wire that is bridged. */
    public static final String SHORTED = "wire-short";

    private static final long CLEAR_NS = 5_000_000_000L;
    private static final long SAMPLE_GAP_NS = 3_000_000_000L;
    private static final double NS_PER_S = 1e9;

    private final Settings settings;
    private final Ladder alarm;
    private final Ladder tamper;
    private final Condition cutFault;
    private final Condition shortFault;
    private final Persistence active;
    private final Persistence tooLong;
    private final Persistence rest;
    private final Persistence cut;
    private final Persistence shorted;
    private final Persistence sound;
    private final boolean isBareContact;

    private LoopBands.State state = LoopBands.State.NORMAL;
    private boolean isStarted;
    private boolean isReleased;
    private long releasedUntilNs;
    private boolean isOpeningReleased;

    /** At rest. */
    public SwitchGuard(Settings settings, Findings findings) {
        this.settings = settings;
        isBareContact = settings.bands().equals(LoopBands.CONTACT);
        long gapNs = isBareContact ? Long.MAX_VALUE / 4 : SAMPLE_GAP_NS;
        alarm = new Ladder(settings.kind(), findings);
        tamper = settings.kind() == AlarmKind.TAMPER ? alarm : new Ladder(AlarmKind.TAMPER, findings);
        cutFault = new Condition(CUT, CLEAR_NS, findings);
        shortFault = new Condition(SHORTED, CLEAR_NS, findings);
        active = new Persistence(settings.dwell().toNanos(), gapNs);
        tooLong = new Persistence(
                Math.max(settings.openFor().toNanos(), settings.dwell().toNanos()), gapNs);
        rest = new Persistence(settings.restore().toNanos(), gapNs);
        cut = new Persistence(settings.cutFor().toNanos(), gapNs);
        shorted = new Persistence(settings.cutFor().toNanos(), gapNs);
        sound = new Persistence(settings.restore().toNanos(), gapNs);
    }

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public void sample(long timeNs, double[] values) {
        double ratio = values[0];
        if (!Double.isFinite(ratio)) {
            return;
        }
        if (isBareContact && isStarted) {
            see(timeNs);
        }
        boolean wasActive = state == LoopBands.State.ALARM;
        state = settings.bands().of(ratio, state);
        isStarted = true;
        if (state == LoopBands.State.ALARM && !wasActive) {
            isOpeningReleased = isReleased && timeNs <= releasedUntilNs;
        }
        see(timeNs);
    }

    /** Somebody may open it until then: a card, a button inside, the caretaker's key. Only the last call counts. */
    public void release(long untilNs) {
        isReleased = true;
        releasedUntilNs = untilNs;
    }

    @Override
    public void step(long nowNs) {
        if (isBareContact && isStarted) {
            see(nowNs);
        } else {
            active.step(nowNs);
            tooLong.step(nowNs);
            rest.step(nowNs);
            cut.step(nowNs);
            shorted.step(nowNs);
            sound.step(nowNs);
        }
    }

    private void see(long nowNs) {
        active.see(nowNs, state == LoopBands.State.ALARM);
        tooLong.see(nowNs, state == LoopBands.State.ALARM);
        rest.see(nowNs, state == LoopBands.State.NORMAL);
        cut.see(nowNs, state == LoopBands.State.OPEN);
        shorted.see(nowNs, state == LoopBands.State.SHORT);
        sound.see(nowNs, state == LoopBands.State.NORMAL || state == LoopBands.State.ALARM);
        decide(nowNs);
        wires(nowNs);
    }

    private void decide(long nowNs) {
        if (rest.isHeld() && rest.isSeen()) {
            active.reset();
            tooLong.reset();
        }
        if (alarm.rung() == 0 && isForced()) {
            rest.reset();
            alarm.climb(1, active.sinceNs(), nowNs, "opened without a release");
        } else if (alarm.rung() == 0 && tooLong.isHeld()) {
            rest.reset();
            alarm.climb(
                    1,
                    tooLong.sinceNs(),
                    nowNs,
                    settings.openFor().isZero()
                            ? "the contact is in alarm"
                            : String.format(Locale.ROOT, "open for %.0f s", (nowNs - tooLong.sinceNs()) / NS_PER_S));
        } else if (alarm.rung() > 0 && rest.isHeld() && rest.isSeen()) {
            alarm.restore(rest.sinceNs(), nowNs, "at rest");
        }
    }

    private boolean isForced() {
        return settings.isReleaseWatched() && active.isHeld() && !isOpeningReleased;
    }

    private void wires(long nowNs) {
        if (!settings.isCutTamper()) {
            if (cutFault.begins(nowNs, cut.isHeld())) {
                cutFault.tell("the loop is cut");
            }
            if (shortFault.begins(nowNs, shorted.isHeld())) {
                shortFault.tell("the loop is shorted");
            }
        } else if (tamper.rung() == 0 && cut.isHeld()) {
            tamper.climb(1, cut.sinceNs(), nowNs, "the loop is cut");
        } else if (tamper.rung() == 0 && shorted.isHeld()) {
            tamper.climb(1, shorted.sinceNs(), nowNs, "the loop is shorted");
        } else if (tamper != alarm && tamper.rung() > 0 && sound.isHeld() && sound.isSeen()) {
            tamper.restore(sound.sinceNs(), nowNs, "the loop is whole");
        }
    }

    /**
     * Which contact.
     *
     * @param kind what is raised: {@code GATE}, {@code PERIMETER}, {@code FIRE}, {@code GAS} or {@code TAMPER}
     * @param bands what the loop's levels mean
     * @param dwell in alarm for so long, 0 to 10 s
     * @param restore at rest for so long, 0.1 s to 1 h
     * @param openFor it may stay in alarm for so long before that is told, 0 to 24 h: a gate while a bus drives in
     * @param isReleaseWatched whether opening without a release is told at once
     * @param isCutTamper whether a cut or shorted wire is {@code TAMPER}, or a fault
     * @param cutFor cut or shorted for so long, 0.1 to 60 s
     */
    public record Settings(
            AlarmKind kind,
            LoopBands bands,
            Duration dwell,
            Duration restore,
            Duration openFor,
            boolean isReleaseWatched,
            boolean isCutTamper,
            Duration cutFor) {

        private static final Duration SECOND = Duration.ofSeconds(1);

        /** Throws {@link IllegalArgumentException} outside the ranges. */
        public Settings {
            switch (kind) {
                case GATE, PERIMETER, FIRE, GAS, TAMPER -> {}
                default ->
                    throw new IllegalArgumentException(
                            "kind is " + kind + "; it must be GATE, PERIMETER, FIRE, GAS or TAMPER");
            }
            Checks.within("dwell", dwell, Duration.ZERO, Duration.ofSeconds(10));
            Checks.within("restore", restore, Duration.ofMillis(100), Duration.ofHours(1));
            Checks.within("openFor", openFor, Duration.ZERO, Duration.ofHours(24));
            Checks.within("cutFor", cutFor, Duration.ofMillis(100), Duration.ofSeconds(60));
        }

        /** A gate: forced, or open for longer than this. */
        public static Settings gate(LoopBands bands, Duration openFor) {
            return new Settings(AlarmKind.GATE, bands, Duration.ofMillis(500), SECOND, openFor, true, true, SECOND);
        }

        /** A beam along the perimeter. */
        public static Settings perimeter(LoopBands bands) {
            return at(AlarmKind.PERIMETER, bands, Duration.ofMillis(300), true);
        }

        /** A smoke detector's contact. */
        public static Settings smoke(LoopBands bands) {
            return at(AlarmKind.FIRE, bands, Duration.ofMillis(500), false);
        }

        /** A gas detector's contact. */
        public static Settings gas(LoopBands bands) {
            return at(AlarmKind.GAS, bands, Duration.ofMillis(500), false);
        }

        /** The loop through the tamper switches of a case. */
        public static Settings tamper(LoopBands bands) {
            return at(AlarmKind.TAMPER, bands, Duration.ofMillis(200), true);
        }

        private static Settings at(AlarmKind kind, LoopBands bands, Duration dwell, boolean isCutTamper) {
            return new Settings(kind, bands, dwell, SECOND, Duration.ZERO, false, isCutTamper, SECOND);
        }
    }
}
