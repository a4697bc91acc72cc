package dev.tocsin.sdk.detect;

import dev.tocsin.sdk.model.AlarmKind;
import java.time.Duration;
import java.util.Locale;

/**
 * Watches the way to the water: a bank, a jetty, a gap in the fence of a pond. One channel, the distance in metres, and a
 * {@link #beam} beside it. Either may be missing.
 *
 * <p><b>Model.</b> The sensor stands at the water and looks back over the zone. In the zone for {@link Settings#dwell}:
 * {@code WATER_INTRUSION} raised; so where the beam is broken for {@link Settings#beamDwell}, which is far shorter: who walks
 * through a barrier breaks it for a few tenths of a second. Nearer than {@link Settings#waterM} for {@link Settings#waterDwell}: updated, at the water.
 * Restored after {@link Settings#restore} with nobody seen; after {@link Settings#waterHold} where somebody at the water was
 * the last that was seen, for who is gone from there may be in it. Who is in the water is for {@link ImmersionGuard} and
 * {@link DrowningGuard}.
 *
 * <p><b>False alarms.</b> A time-out is never somebody. A raindrop in the beam gives a short reading or none (C. Goodin and
 * others, <i>Predicting the Influence of Rain on LIDAR in ADAS</i>, Electronics 8(1):89, 2019: fewer and weaker returns, some
 * from the drops): single readings, which never persist for a dwell while they are less than half of all. Animals: a bird
 * flies through within a second; one that sits down in the zone is seen like a person and is raised. Where that is common,
 * {@link Settings#isBeamRequired}: a beam at 0.9 m, over which ducks and dogs do not reach, and both must see it for the dwell.
 * Such a beam runs along the distance sensor's own line: one that crosses it, as a barrier along the bank does, agrees for the
 * moment in which somebody passes their crossing, and the pair would see nobody. And a beam that fails without a sign
 * blinds the pair, so use it with a supervised beam only ({@link SwitchGuard}).
 *
 * <p><b>Faults</b>: {@code blocked} and {@code dirty}, see {@link DistanceZone}; silence is told by the {@link SampleGate}.
 */
public final class WaterGuard implements Detector {

    private static final int ZONE = 1;
    private static final int WATER = 2;
    private static final long ALWAYS_NS = Long.MAX_VALUE / 4;
    private static final double NS_PER_S = 1e9;

    private final Settings settings;
    private final ZoneWatch watch;
    private final Ladder ladder;
    private final Persistence zone;
    private final Persistence water;
    private final Persistence crossing;
    private final Persistence empty;

    private boolean isDistanceKnown;
    private boolean isBeamBroken;
    private double distanceM;

    /** Nobody there. */
    public WaterGuard(Settings settings, Findings findings) {
        this.settings = settings;
        watch = new ZoneWatch(settings.zone(), findings);
        ladder = new Ladder(AlarmKind.WATER_INTRUSION, findings);
        long gapNs = settings.zone().gap().toNanos();
        zone = new Persistence(settings.dwell().toNanos(), gapNs, ZoneWatch.FEWEST);
        water = new Persistence(settings.waterDwell().toNanos(), gapNs, ZoneWatch.FEWEST);
        crossing = new Persistence(settings.beamDwell().toNanos(), ALWAYS_NS);
        empty = new Persistence(settings.restore().toNanos(), gapNs);
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
            boolean isSomebody = isInside && (isBeamBroken || !settings.isBeamRequired());
            zone.see(timeNs, isSomebody);
            water.see(timeNs, isSomebody && metres <= settings.waterM());
            empty.see(timeNs, !isInside && !isBeamBroken);
            if (isInside) {
                distanceM = metres;
            }
        }
        decide(timeNs);
    }

    /** The beam across the way was broken, or is whole again. */
    public void beam(long timeNs, boolean isBroken) {
        decide(timeNs);
        isBeamBroken = isBroken;
        decide(timeNs);
    }

    @Override
    public void step(long nowNs) {
        zone.step(nowNs);
        water.step(nowNs);
        decide(nowNs);
    }

    private void decide(long nowNs) {
        crossing.see(nowNs, isBeamBroken && !settings.isBeamRequired());
        if (isDistanceKnown) {
            empty.step(nowNs);
        } else {
            empty.see(nowNs, !isBeamBroken);
        }
        int before = ladder.rung();
        climb(nowNs);
        if (ladder.rung() > before) {
            empty.reset();
        }
        if (ladder.rung() > 0 && empty.isHeld() && empty.isSeen() && isHeldLongEnough(nowNs)) {
            ladder.restore(empty.sinceNs(), nowNs, "nobody at the water");
        }
    }

    private boolean isHeldLongEnough(long nowNs) {
        boolean isGoneFromWater = ladder.rung() == WATER && distanceM <= settings.waterM();
        return !isGoneFromWater
                || nowNs - empty.sinceNs() >= settings.waterHold().toNanos();
    }

    private void climb(long nowNs) {
        if (ladder.rung() < WATER && water.isHeld()) {
            ladder.climb(
                    WATER, water.sinceNs(), nowNs, String.format(Locale.ROOT, "at the water: at %.2f m", distanceM));
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
        } else if (ladder.rung() < ZONE && crossing.isHeld()) {
            ladder.climb(ZONE, crossing.sinceNs(), nowNs, "in the zone: the beam is broken");
        }
    }

    /**
     * Where and how long.
     *
     * @param zone what the sensor watches
     * @param waterM nearer than this somebody is at the water, up to the zone's {@code insideM}; 0 for never
     * @param dwell how long somebody must be in the zone, 0.2 to 60 s. With 2 s the
     *     models of wildlife raise a third of what they do with 1.5 s, and whoever walks through 3 m is still in it
     * @param waterDwell and at the water, 0 to 60 s; if it is shorter than {@code dwell}, who comes straight to the water is
     *     raised sooner, and so is a heron
     * @param beamDwell how long the beam alone must be broken, 0 to 10 s. At 1.25 m/s a body of 0.25 m breaks it for 0.2 s
     *     (walking speed as in {@link EdgeGuard}); the barrier's own response time tells a leaf from a person, so 0.1 s
     * @param restore how long nobody must be seen, 1 s to 1 h
     * @param waterHold and where somebody at the water was the last that was seen, at least {@code restore}, up to 24 h
     * @param isBeamRequired whether distance and beam must both see somebody, for {@code dwell}; the beam along the sensor's line
     */
    public record Settings(
            DistanceZone zone,
            double waterM,
            Duration dwell,
            Duration waterDwell,
            Duration beamDwell,
            Duration restore,
            Duration waterHold,
            boolean isBeamRequired) {

        /** Throws {@link IllegalArgumentException} outside the ranges. */
        public Settings {
            Checks.within("waterM", waterM, 0, zone.insideM());
            Checks.within("dwell", dwell, Duration.ofMillis(200), Duration.ofSeconds(60));
            Checks.within("waterDwell", waterDwell, Duration.ZERO, Duration.ofSeconds(60));
            Checks.within("beamDwell", beamDwell, Duration.ZERO, Duration.ofSeconds(10));
            Checks.within("restore", restore, Duration.ofSeconds(1), Duration.ofHours(1));
            Checks.within("waterHold", waterHold, restore, Duration.ofHours(24));
        }

        /** A bank with a zone of 3 m, of which the last metre is at the water. */
        public static Settings bank() {
            return new Settings(
                    DistanceZone.upTo(3),
                    1,
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(2),
                    Duration.ofMillis(100),
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(10),
                    false);
        }

        /** The same, and the beam must agree. */
        public Settings withBeamRequired() {
            return new Settings(zone, waterM, dwell, waterDwell, beamDwell, restore, waterHold, true);
        }
    }
}
