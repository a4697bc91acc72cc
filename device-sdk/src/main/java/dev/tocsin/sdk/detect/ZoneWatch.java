package dev.tocsin.sdk.detect;

import java.util.Locale;

/** Reads a distance sensor: somebody inside, nobody, or no telling; and whether it is blocked or dirty. */
final class ZoneWatch {

    /** What a reading says. */
    enum Reading {
        INSIDE,
        OUTSIDE,
        UNKNOWN
    }

    /** So many readings at least must have seen somebody. */
    static final int FEWEST = 4;

    static final String BLOCKED = "blocked";
    static final String DIRTY = "dirty";

    private static final long DIRT_WINDOW_NS = 10_000_000_000L;
    private static final long CLEAR_NS = 10_000_000_000L;
    private static final int FEWEST_READINGS = 10;
    private static final double STILL_M = 0.03;
    private static final double NS_PER_S = 1e9;

    private final DistanceZone zone;
    private final Condition blocked;
    private final Condition dirty;
    private final Persistence covered;
    private final long obstructedNs;
    private final long gapNs;

    private boolean isInside;
    private double stillM = Double.NaN;
    private long stillSinceNs;
    private long echoNs;
    private boolean isWindowOpen;
    private long windowStartNs;
    private int readings;
    private int timeOuts;

    ZoneWatch(DistanceZone zone, Findings findings) {
        this.zone = zone;
        this.gapNs = zone.gap().toNanos();
        this.obstructedNs = zone.obstructed().toNanos();
        this.blocked = new Condition(BLOCKED, CLEAR_NS, findings);
        this.dirty = new Condition(DIRTY, CLEAR_NS, findings);
        this.covered = new Persistence(zone.blocked().toNanos(), zone.gap().toNanos());
    }

    Reading read(long timeNs, double metres) {
        boolean isEcho = zone.isEcho(metres);
        count(timeNs, isEcho);
        if (!isEcho) {
            isInside &= !zone.isOpen();
            return zone.isOpen() ? Reading.OUTSIDE : Reading.UNKNOWN;
        }
        boolean isCovered = metres < zone.nearestM();
        covered.see(timeNs, isCovered);
        if (!isCovered) {
            isInside = metres <= zone.insideM() + (isInside ? zone.hysteresisM() : 0);
        }
        watch(timeNs, metres, isCovered);
        if (isCovered) {
            return Reading.UNKNOWN;
        }
        return isInside ? Reading.INSIDE : Reading.OUTSIDE;
    }

    private void watch(long timeNs, double metres, boolean isCovered) {
        boolean isAfterGap = timeNs - echoNs > gapNs;
        echoNs = timeNs;
        if (isCovered || isAfterGap || !isInside || !(Math.abs(metres - stillM) <= STILL_M)) {
            stillM = metres;
            stillSinceNs = timeNs;
        }
        boolean isThing = !isCovered && isInside && timeNs - stillSinceNs >= obstructedNs;
        if (covered.isHeld() || isThing) {
            if (blocked.begins(timeNs, true)) {
                blocked.tell(String.format(
                        Locale.ROOT,
                        isThing ? "something stands at %.2f m for %.0f s" : "covered: reads %.2f m for %.1f s",
                        metres,
                        (timeNs - (isThing ? stillSinceNs : covered.sinceNs())) / NS_PER_S));
            }
        } else if (!isCovered) {
            boolean unused = blocked.begins(timeNs, false);
        }
    }

    private void count(long timeNs, boolean isEcho) {
        if (zone.isOpen()) {
            return;
        }
        if (!isWindowOpen) {
            isWindowOpen = true;
            windowStartNs = timeNs;
        }
        readings++;
        timeOuts += isEcho ? 0 : 1;
        if (timeNs - windowStartNs >= DIRT_WINDOW_NS) {
            boolean isDirty = readings >= FEWEST_READINGS && timeOuts > zone.dirtyShare() * readings;
            if (dirty.begins(timeNs, isDirty)) {
                dirty.tell(timeOuts + " of " + readings + " readings without an echo");
            }
            windowStartNs = timeNs;
            readings = 0;
            timeOuts = 0;
        }
    }
}
