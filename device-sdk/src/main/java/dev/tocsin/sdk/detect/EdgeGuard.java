package dev.tocsin.sdk.detect;

import dev.tocsin.sdk.model.AlarmKind;
import java.time.Duration;
import java.util.Locale;

/**
 * Watches an edge from which somebody could fall: a window, a parapet, a stairwell. One channel, the distance in metres; two
 * inputs beside it, a beam or contact on top of the parapet ({@link #climb}) and one beyond it ({@link #over}). Any of the
 * three may be missing.
 *
 * <p><b>Model.</b> The sensor sits at the edge and looks back over the zone in front of it; who comes nearer comes nearer the
 * edge. In the zone for {@link Settings#zoneDwell}: {@code FALL_RISK} raised. On the edge, nearer than
 * {@link Settings#climbM} for {@link Settings#climbDwell} or by the beam for {@link Settings#inputDwell}: updated, climbing. Beyond it for {@link Settings#overDwell}, or
 * gone from the edge to nowhere faster than anybody walks back: updated, over. Whoever skips a step is told at the step
 * where they are. Restored after {@link Settings#restore} with nobody seen, after {@link Settings#overHold} where somebody
 * went over, for an empty edge says nothing of those below. With a silent sensor nothing is restored.
 *
 * <p><b>False alarms.</b> People pass by: pedestrians walk at 1.25 m/s and more (R. Knoblauch and others, <i>Field Studies of
 * Pedestrian Walking Speed and Start-Up Time</i>, Transportation Research Record 1538, 1996), and are through a zone of
 * 1.5 m in 1.2 s; so 1.5 s. Time-outs and readings under the range count for nothing; birds and thrown balls are over
 * sooner than any dwell. What it cannot tell is a thing put there from a person until it has stood still for long: see
 * {@link DistanceZone#obstructed}.
 *
 * <p><b>Faults.</b> Causes {@code blocked} and {@code dirty}; a dead sensor is told by the {@link SampleGate} in front.
 * {@value #BYPASSED} stands while a bypass does, so that nobody takes a bypassed edge for a watched one.
 */
public final class EdgeGuard implements Detector {

    /** The cause that is told while somebody works at the edge. */
    public static final String BYPASSED = "bypassed";

    private static final int ZONE = 1;
    private static final int CLIMBING = 2;
    private static final int OVER = 3;
    private static final long ALWAYS_NS = Long.MAX_VALUE / 4;
    private static final long GONE_NS = 500_000_000;
    private static final double NS_PER_S = 1e9;

    private final Settings settings;
    private final ZoneWatch watch;
    private final Ladder ladder;
    private final Findings findings;

    private final Persistence zone;
    private final Persistence near;
    private final Persistence gone;
    private final Persistence climbing;
    private final Persistence over;
    private final Persistence empty;
    private final long vanishNs;

    private boolean isDistanceKnown;
    private boolean isClimbInput;
    private boolean isOverInput;
    private boolean wasNear;
    private long nearNs;
    private double distanceM;
    private boolean isBypassed;
    private long bypassUntilNs;

    /** Nobody there, no input active. */
    public EdgeGuard(Settings settings, Findings findings) {
        this.settings = settings;
        this.findings = findings;
        watch = new ZoneWatch(settings.zone(), findings);
        ladder = new Ladder(AlarmKind.FALL_RISK, findings);
        long gapNs = settings.zone().gap().toNanos();
        zone = new Persistence(settings.zoneDwell().toNanos(), gapNs, ZoneWatch.FEWEST);
        near = new Persistence(settings.climbDwell().toNanos(), gapNs, ZoneWatch.FEWEST);
        gone = new Persistence(GONE_NS, gapNs);
        climbing = new Persistence(settings.inputDwell().toNanos(), ALWAYS_NS);
        over = new Persistence(settings.overDwell().toNanos(), ALWAYS_NS);
        empty = new Persistence(settings.restore().toNanos(), gapNs);
        vanishNs = settings.vanish().toNanos();
    }

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public void sample(long timeNs, double[] values) {
        isDistanceKnown = true;
        double metres = values[0];
        ZoneWatch.Reading reading = watch.read(timeNs, metres);
        if (reading != ZoneWatch.Reading.UNKNOWN) {
            boolean isInside = reading == ZoneWatch.Reading.INSIDE;
            boolean isNear = isInside && metres <= settings.climbM();
            zone.see(timeNs, isInside);
            near.see(timeNs, isNear);
            gone.see(timeNs, !isInside);
            empty.see(timeNs, !isInside && !isClimbInput && !isOverInput);
            if (isInside) {
                distanceM = metres;
            }
            if (near.isHeld() && isNear) {
                wasNear = true;
                nearNs = timeNs;
            }
        }
        decide(timeNs);
    }

    /** The beam or contact on top of the edge changed: somebody is on it, or not. */
    public void climb(long timeNs, boolean isActive) {
        decide(timeNs);
        isClimbInput = isActive;
        decide(timeNs);
    }

    /** The beam or contact beyond the edge changed: somebody is there, or not. */
    public void over(long timeNs, boolean isActive) {
        decide(timeNs);
        isOverInput = isActive;
        decide(timeNs);
    }

    /**
     * Somebody works here: nothing is raised until then, and an alarm that stands is restored. What is there when the bypass
     * ends counts from then on. A new call replaces the one before; a time that has passed ends it.
     *
     * @param untilNs cut to {@link Settings#longestBypass} from now
     */
    public void bypass(long nowNs, long untilNs) {
        bypassUntilNs = Math.min(untilNs, nowNs + settings.longestBypass().toNanos());
        if (bypassUntilNs <= nowNs) {
            endBypass();
            return;
        }
        if (ladder.rung() > 0) {
            ladder.restore(nowNs, nowNs, "bypassed for maintenance");
        }
        if (!isBypassed) {
            isBypassed = true;
            findings.health(
                    BYPASSED,
                    true,
                    String.format(Locale.ROOT, "for maintenance, %.0f s", (bypassUntilNs - nowNs) / NS_PER_S));
        }
    }

    @Override
    public void step(long nowNs) {
        zone.step(nowNs);
        near.step(nowNs);
        gone.step(nowNs);
        decide(nowNs);
    }

    private void endBypass() {
        if (isBypassed) {
            isBypassed = false;
            forget();
            findings.health(BYPASSED, false, "");
        }
    }

    private void forget() {
        zone.reset();
        near.reset();
        gone.reset();
        climbing.reset();
        over.reset();
        empty.reset();
        wasNear = false;
    }

    private void decide(long nowNs) {
        if (isBypassed && nowNs >= bypassUntilNs) {
            endBypass();
        }
        if (isBypassed) {
            return;
        }
        climbing.see(nowNs, isClimbInput);
        over.see(nowNs, isOverInput);
        if (!isDistanceKnown) {
            empty.see(nowNs, !isClimbInput && !isOverInput);
        } else {
            empty.step(nowNs);
        }
        int before = ladder.rung();
        climbLadder(nowNs);
        if (ladder.rung() > before) {
            empty.reset();
        }
        if (ladder.rung() > 0 && empty.isHeld() && empty.isSeen() && isOverHeldLongEnough(nowNs)) {
            ladder.restore(empty.sinceNs(), nowNs, "nobody at the edge");
            wasNear = false;
        }
    }

    private boolean isOverHeldLongEnough(long nowNs) {
        return ladder.rung() < OVER
                || nowNs - empty.sinceNs() >= settings.overHold().toNanos();
    }

    private void climbLadder(long nowNs) {
        if (ladder.rung() < OVER && over.isHeld()) {
            ladder.climb(OVER, over.sinceNs(), nowNs, "over the edge: seen beyond it");
        } else if (ladder.rung() < OVER && hasVanished()) {
            ladder.climb(
                    OVER,
                    nearNs,
                    nowNs,
                    String.format(Locale.ROOT, "over the edge: gone from %.2f m at once", distanceM));
        } else if (ladder.rung() < CLIMBING && climbing.isHeld()) {
            ladder.climb(CLIMBING, climbing.sinceNs(), nowNs, "climbing: the input on the edge is active");
        } else if (ladder.rung() < CLIMBING && near.isHeld()) {
            ladder.climb(CLIMBING, near.sinceNs(), nowNs, String.format(Locale.ROOT, "climbing: at %.2f m", distanceM));
        } else if (ladder.rung() < ZONE && zone.isHeld()) {
            ladder.climb(
                    ZONE,
                    zone.sinceNs(),
                    nowNs,
                    String.format(
                            Locale.ROOT,
                            "in the zone: at %.2f m for %.1f s",
                            distanceM,
                            (nowNs - zone.sinceNs()) / NS_PER_S));
        }
        if (gone.isHeld()) {
            wasNear = false;
        }
    }

    private boolean hasVanished() {
        return wasNear && gone.isHeld() && gone.sinceNs() - nearNs <= vanishNs;
    }

    /**
     * Where and how long.
     *
     * @param zone what the sensor watches
     * @param climbM nearer than this somebody is on the edge, up to the zone's {@code insideM}; 0 where only an input can tell
     * @param zoneDwell how long somebody must be in the zone, 0.2 to 60 s
     * @param climbDwell and on the edge, 0 to 10 s; an arm that reaches out is back sooner than 0.5 s, or stays
     * @param inputDwell how long the beam or contact on the edge must be active, 0 to 10 s: 0.5 s for a single beam on top of a
     *     parapet, over which arms reach; 0.1 s for two beams one above the other, which who walks off a roof breaks for 0.2 s
     * @param overDwell and beyond it, 0 to 2 s; who falls past a beam of 30 cm height breaks it for 0.1 s or less, so what
     *     stands here must be short
     * @param vanish from the edge to nobody within this is a fall and no step back, 0 to 2 s; 0 never. A step back to the end
     *     of a zone of 1.5 m takes 0.8 s at the walking speed above
     * @param restore how long nobody must be seen, 1 s to 1 h
     * @param overHold and where somebody went over, at least {@code restore}, up to 24 h
     * @param longestBypass for maintenance, 1 min to 12 h
     */
    public record Settings(
            DistanceZone zone,
            double climbM,
            Duration zoneDwell,
            Duration climbDwell,
            Duration inputDwell,
            Duration overDwell,
            Duration vanish,
            Duration restore,
            Duration overHold,
            Duration longestBypass) {

        /** Throws {@link IllegalArgumentException} outside the ranges. */
        public Settings {
            Checks.within("climbM", climbM, 0, zone.insideM());
            Checks.within("zoneDwell", zoneDwell, Duration.ofMillis(200), Duration.ofSeconds(60));
            Checks.within("climbDwell", climbDwell, Duration.ZERO, Duration.ofSeconds(10));
            Checks.within("inputDwell", inputDwell, Duration.ZERO, Duration.ofSeconds(10));
            Checks.within("overDwell", overDwell, Duration.ZERO, Duration.ofSeconds(2));
            Checks.within("vanish", vanish, Duration.ZERO, Duration.ofSeconds(2));
            Checks.within("restore", restore, Duration.ofSeconds(1), Duration.ofHours(1));
            Checks.within("overHold", overHold, restore, Duration.ofHours(24));
            Checks.within("longestBypass", longestBypass, Duration.ofMinutes(1), Duration.ofHours(12));
        }

        /** A parapet with a zone of 1.5 m, of which the last half metre is the edge. */
        public static Settings parapet() {
            return new Settings(
                    DistanceZone.upTo(1.5),
                    0.5,
                    Duration.ofMillis(1_500),
                    Duration.ofMillis(500),
                    Duration.ofMillis(500),
                    Duration.ofMillis(40),
                    Duration.ofMillis(400),
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(10),
                    Duration.ofHours(4));
        }
    }
}
