package dev.tocsin.sdk.detect;

import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import java.util.Locale;
import java.util.Objects;

/**
 * Somebody falls: an accelerometer worn at the waist or the wrist, or fixed to a rail. Channels: acceleration along x, y and
 * z in g, as the sensor feels it (1 g at rest, 0 in free fall). A gyroscope is not asked for: at the wrist none
 * of its quantities was among the six that told falls from activities best.
 *
 * <p>The model, in the phases of Noury et al. (2007) and the quantities of Bourke et al. (2007) and Kangas et al. (2008):
 * falling, a sensor weighs less; hitting the ground, |a| peaks; then gravity comes from another side, and stays still. An
 * impact is the greatest |a| within 0.9 s around it. From 2.2 s after it, every 0.1 s until 3.0 s, the last 1.2 s are
 * compared with what was from 3 to 1 s before it ({@link FallProfile}); the first time that it all adds up to enough it is a
 * fall. 2.2 s, because the last 1.2 s then begin a second after the impact, when a body that fell has come to rest; 3.0 s,
 * because whoever is up by then is no worse for it, and because later stillness told daily activities from falls no better.
 *
 * <p>What keeps it quiet: no impact alone, no turn alone and no stillness alone is a fall, so neither a jump nor a hand on a
 * table (no turn), nor lying down (no impact), nor running (not still). A sensor that died in the impact is not still: at
 * rest the mean must be 1 g within 0.3 g. What is not a number or beyond {@value #MOST_G} g on an axis is left out, and so
 * is what is older than the sample ahead of it. A clipped impact counts as what was seen of it. Where half of the compared
 * seconds are missing, nothing is decided until there is enough; where that does not come within 3 s, nothing is.
 *
 * <p>Who falls again before being up is told as {@code UPDATED}. A fall is {@code RESTORED} when somebody gets up again: upright, or moving on ({@link FallProfile.Recovery}). Where moving is a sign, so is
 * moving less for long: five minutes more of it, at two fifths of that, than of rest since the fall. In water
 * ({@link #immersed}) it decides nothing: arms stroke harder than they fall, and whoever drowns is seen by immersion. A
 * wet contact that is stuck would blind it: whoever owns the contact must tell it as a fault.
 */
public final class FallDetector implements Detector {

    /** What no accelerometer that is worn can measure on one axis, g: garbage. */
    static final double MOST_G = 32;

    private static final long GRACE_NS = 3_000_000_000L; // a FIFO that is full comes so late after its samples
    private static final int ALONE = 9; // slots on either side in which nothing is harder
    private static final int FALLING = 10;
    private static final int BEFORE_FIRST = 30;
    private static final int BEFORE_LAST = 10;
    private static final int BEFORE_LEAST = 5;
    private static final int DECIDE_FIRST = 22;
    private static final int DECIDE_LAST = 30;
    private static final int LANDING = 10;
    private static final int AFTER = 12;
    private static final int AFTER_LEAST = 7;
    private static final double GRAVITY_TOLERANCE_G = 0.3;
    private static final double LEAST_GRAVITY_BEFORE_G = 0.5;
    private static final double ACTIVE = 0.4; // of what is moving
    private static final int ACTIVE_SLOTS = 3_000;
    private static final long NEVER = Long.MIN_VALUE;

    private final FallProfile profile;
    private final Findings findings;
    private final MotionSlots slots = new MotionSlots();
    private final FallCues cues = new FallCues();
    private final int recoverySlots;

    private long originNs;
    private long lastNs = NEVER;
    private long open = NEVER; // the slot that still fills
    private long notBefore = NEVER; // impacts before this slot are not looked at
    private boolean isWet;
    private boolean isFallen;
    private double beforeX;
    private double beforeY;
    private double beforeZ;
    private int recovering;
    private int active;
    private FallPhase phase = FallPhase.WATCHING;

    /** A detector for one sensor. */
    public FallDetector(FallProfile profile, Findings findings) {
        this.profile = Objects.requireNonNull(profile, "profile");
        this.findings = Objects.requireNonNull(findings, "findings");
        this.recoverySlots = (int) Math.round(profile.recovery().lastingS() * 1e9 / MotionSlots.SLOT_NS);
    }

    @Override
    public int channels() {
        return 3;
    }

    /** Where it stands. */
    public FallPhase phase() {
        return phase;
    }

    /** What decided last. */
    public FallCues cues() {
        return cues;
    }

    /**
     * The sensor went under water or came out of it. Impacts from now on until a second after it is out again are not
     * looked at, and one whose stillness was not seen yet is dropped: immersion decides.
     */
    public void immersed(boolean isImmersed) {
        isWet = isImmersed;
        if (isImmersed) {
            recovering = 0;
            phase = FallPhase.IMMERSED;
        }
    }

    @Override
    public void sample(long timeNs, double[] values) {
        double ax = values[0];
        double ay = values[1];
        double az = values[2];
        if (!(Math.abs(ax) <= MOST_G && Math.abs(ay) <= MOST_G && Math.abs(az) <= MOST_G)) {
            return; // so written that what is not a number is left out, too
        }
        if (lastNs == NEVER) {
            restart(timeNs);
        } else if (timeNs < lastNs) {
            return;
        }
        lastNs = timeNs;
        long slot = (timeNs - originNs) / MotionSlots.SLOT_NS;
        if (slot - open >= MotionSlots.KEPT) {
            restart(timeNs);
            slot = 0;
        }
        closeUntil(slot, timeNs);
        if (slot == open) {
            slots.add(slot, timeNs, ax, ay, az);
        }
    }

    @Override
    public void step(long nowNs) {
        if (lastNs == NEVER) {
            return;
        }
        long slot = (nowNs - GRACE_NS - originNs) / MotionSlots.SLOT_NS;
        if (slot > open) {
            closeUntil(Math.min(slot, open + MotionSlots.KEPT - 1), nowNs);
        }
    }

    /** Nothing that was before is known any more. A fall that is raised stays so. */
    private void restart(long timeNs) {
        originNs = timeNs;
        open = 0;
        notBefore = 0;
        recovering = 0;
        for (int i = 0; i < MotionSlots.KEPT; i++) {
            slots.begin(i);
        }
    }

    private void closeUntil(long slot, long timeNs) {
        while (open < slot) {
            long closed = open;
            open++;
            slots.begin(open);
            closed(closed, timeNs);
        }
    }

    private void closed(long slot, long timeNs) {
        if (isWet) {
            notBefore = slot + FALLING;
            return;
        }
        phase = isFallen ? FallPhase.FALLEN : phase(slot);
        if (slots.peakG(slot) > 0) { // while nothing comes, nothing is decided
            decide(slot, timeNs);
            if (isFallen) {
                recover(slot, timeNs);
            }
        }
    }

    private void decide(long now, long timeNs) {
        for (long impact = now - DECIDE_LAST; impact <= now - DECIDE_FIRST; impact++) {
            if (isImpact(impact) && measure(impact, now) && cues.sum() >= profile.needed()) {
                found(isFallen ? AlarmState.UPDATED : AlarmState.RAISED, slots.peakNs(impact), timeNs, cues.text());
                notBefore = impact + ALONE + 1;
                isFallen = true;
                recovering = 0;
                active = 0;
                phase = FallPhase.FALLEN;
                return;
            }
        }
    }

    private boolean isImpact(long slot) {
        double peakG = slot < Math.max(notBefore, 0) ? 0 : slots.peakG(slot);
        if (!profile.impact().isMet(peakG)) {
            return false;
        }
        for (long other = Math.max(0, slot - ALONE); other <= slot + ALONE; other++) {
            double otherG = slots.peakG(other);
            if (otherG > peakG || (otherG == peakG && other < slot)) {
                return false;
            }
        }
        return true;
    }

    /** Measures all that speaks for a fall; false where too much is missing to say. */
    private boolean measure(long impact, long now) {
        boolean isKnownBefore = slots.look(Math.max(0, impact - BEFORE_FIRST), impact - BEFORE_LAST) >= BEFORE_LEAST
                && slots.gravityG() >= LEAST_GRAVITY_BEFORE_G;
        double x = slots.x();
        double y = slots.y();
        double z = slots.z();
        double calmG = isKnownBefore ? slots.spreadG() : Double.NaN;
        if (slots.look(now - AFTER + 1, now) < AFTER_LEAST || Math.abs(slots.gravityG() - 1) > GRAVITY_TOLERANCE_G) {
            return false;
        }
        cues.set(
                profile,
                slots.leastMeanG(Math.max(0, impact - FALLING), impact),
                slots.peakG(impact),
                isKnownBefore ? angleDeg(x, y, z) : Double.NaN,
                slots.spreadG(),
                calmG);
        if (!isFallen) { // whoever falls again while lying was upright before the first fall
            beforeX = x;
            beforeY = y;
            beforeZ = z;
        }
        return true;
    }

    private void recover(long now, long timeNs) {
        if (slots.look(Math.max(0, now - AFTER + 1), now) < AFTER_LEAST) {
            return; // not known: neither up nor still down
        }
        boolean isUpright = Math.abs(slots.gravityG() - 1) <= GRAVITY_TOLERANCE_G
                && angleDeg(beforeX, beforeY, beforeZ) < profile.recovery().uprightWithinDeg();
        boolean isMoving = slots.spreadG() >= profile.recovery().movingG();
        recovering = isUpright || isMoving ? recovering + 1 : 0;
        boolean isActive = slots.spreadG() >= ACTIVE * profile.recovery().movingG();
        active = Math.max(0, active + (isActive ? 1 : -1));
        boolean isLongActive = active >= ACTIVE_SLOTS && profile.recovery().isMovingASign();
        if (recovering >= recoverySlots || isLongActive) {
            isFallen = false;
            phase = FallPhase.WATCHING;
            found(
                    AlarmState.RESTORED,
                    originNs + (now + 1 - Math.max(1, recovering)) * MotionSlots.SLOT_NS,
                    timeNs,
                    recovering < recoverySlots
                            ? "active for minutes"
                            : String.format(
                                    Locale.ROOT,
                                    "%s for %.0f s",
                                    isUpright ? "upright" : "moving",
                                    profile.recovery().lastingS()));
        }
    }

    /** Between what the slots looked at last and another direction. */
    private double angleDeg(double x, double y, double z) {
        double dot = slots.x() * x + slots.y() * y + slots.z() * z;
        double sizes = slots.gravityG() * Math.sqrt(x * x + y * y + z * z);
        return Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, dot / sizes))));
    }

    private FallPhase phase(long now) {
        long hit = NEVER;
        for (long slot = Math.max(0, now - DECIDE_LAST); slot <= now; slot++) {
            if (slot >= notBefore && profile.impact().isMet(slots.peakG(slot))) {
                hit = slot;
            }
        }
        if (hit != NEVER) {
            return now - hit < LANDING ? FallPhase.IMPACT : FallPhase.SETTLING;
        }
        double lightG = (profile.weightless().none() + profile.weightless().full()) / 2;
        return slots.meanG(now) < lightG ? FallPhase.WEIGHTLESS : FallPhase.WATCHING;
    }

    private void found(AlarmState state, long edgeNs, long decidedNs, String text) {
        findings.found(new Detection(AlarmKind.FALL, state, edgeNs, decidedNs, text));
    }
}
