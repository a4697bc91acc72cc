package dev.tocsin.sdk.detect;

/**
 * Tells a gauge's spike from water that really rises, with one sample's delay at most. A reading that the water can have
 * reached since the last good one is taken at once. One that it cannot have is held back, and the next reading decides: if it
 * agrees, both are taken; if it agrees with what was before, the first was a spike. At the start, and while readings
 * have been doubtful of late, three must agree. After a gap nobody knows how far the water went, so the first reading that is not where it was is
 * confirmed as well.
 *
 * <p>A flood may rise faster than was thought possible, and then no two readings agree. So {@value #RISES} rises in a row, each
 * about as fast as the one before it, are water too, and every further one with them; {@value #RISES_WHEN_DOUBTFUL} where the
 * gauge was doubtful before they began. Jumps have no such order.
 */
final class LevelFilter {

    /** What became of a reading. */
    enum Verdict {
        TAKEN,
        HELD_BACK
    }

    private static final int AGREE_WHEN_DOUBTFUL = 2;
    private static final int RISES = 3;
    private static final int RISES_WHEN_DOUBTFUL = 6;
    private static final double ALIKE = 4;
    private static final double AVERAGED = 8;
    private static final double DOUBTFUL_SHARE = 0.2;

    private final double stepM;
    private final double fastestMPerNs;
    private final long gapNs;

    private boolean isStarted;
    private long lastNs;
    private boolean isGoodKnown;
    private long goodNs;
    private double goodM;
    private int agreeing;
    private long candidateNs;
    private double candidateM;
    private long firstNs;
    private double highestM;
    private boolean isCandidateAfterGap;
    private int needed;
    private int spikes;
    private double doubtfulShare;
    private double lastM;
    private double riseMPerNs;
    private int rises;
    private int risesNeeded = RISES;
    private long risesSinceNs;

    LevelFilter(double stepM, double fastestMPerHour, long gapNs) {
        this.stepM = stepM;
        this.fastestMPerNs = fastestMPerHour / 3.6e12;
        this.gapNs = gapNs;
    }

    /** Readings come in the order of their times. */
    Verdict see(long timeNs, double levelM) {
        boolean isAfterGap = isStarted && timeNs - lastNs > gapNs;
        countRises(timeNs, levelM, isAfterGap);
        isStarted = true;
        lastNs = timeNs;
        lastM = levelM;
        boolean isWhereItCanBe = isGoodKnown && Math.abs(levelM - goodM) <= allowanceM(timeNs - goodNs, isAfterGap);
        boolean isAgreeing =
                agreeing > 0 && Math.abs(levelM - candidateM) <= allowanceM(timeNs - candidateNs, isAfterGap);
        if (isWhereItCanBe) {
            doubtfulShare -= doubtfulShare / AVERAGED;
            if (!isDoubtful() && !(isAgreeing && isCandidateAfterGap)) {
                spikes += agreeing;
                highestM = levelM;
                return take(timeNs, timeNs, levelM);
            }
        }
        if (isAgreeing) {
            agreeing++;
            highestM = Math.max(highestM, levelM);
        } else {
            spikes += agreeing;
            boolean isNews = isWhereItCanBe || isAfterGap || (!isGoodKnown && agreeing == 0);
            doubtfulShare += isNews ? 0 : (1 - doubtfulShare) / AVERAGED;
            needed = isDoubtful() || !isGoodKnown ? AGREE_WHEN_DOUBTFUL : 1;
            isCandidateAfterGap = isAfterGap;
            agreeing = 1;
            highestM = levelM;
            firstNs = timeNs;
        }
        candidateNs = timeNs;
        candidateM = levelM;
        if (rises >= risesNeeded && isGoodKnown) {
            highestM = levelM;
            return take(rises == risesNeeded ? risesSinceNs : timeNs, timeNs, levelM);
        }
        return agreeing > needed ? take(firstNs, timeNs, levelM) : Verdict.HELD_BACK;
    }

    private void countRises(long timeNs, double levelM, boolean isAfterGap) {
        double rate = isStarted && !isAfterGap && timeNs > lastNs ? (levelM - lastM) / (timeNs - lastNs) : 0;
        boolean isAlike = rate > 0 && rate <= ALIKE * riseMPerNs && riseMPerNs <= ALIKE * rate;
        if (rises > 0 && isAlike) {
            rises++;
        } else {
            rises = rate > 0 ? 1 : 0;
            risesNeeded = isDoubtful() ? RISES_WHEN_DOUBTFUL : RISES;
            risesSinceNs = timeNs;
        }
        riseMPerNs = rate;
    }

    private Verdict take(long edgeNs, long timeNs, double levelM) {
        agreeing = 0;
        firstNs = edgeNs;
        isGoodKnown = true;
        goodNs = timeNs;
        goodM = levelM;
        return Verdict.TAKEN;
    }

    private double allowanceM(long spanNs, boolean isAfterGap) {
        return isAfterGap ? stepM : stepM + fastestMPerNs * Math.min(spanNs, 2 * gapNs);
    }

    /** The first of the readings that the last one taken confirmed: itself, mostly. */
    long edgeNs() {
        return firstNs;
    }

    /** The highest of these. */
    double highestM() {
        return highestM;
    }

    /** Whether of late too many readings were doubtful to believe the gauge. */
    boolean isDoubtful() {
        return doubtfulShare > DOUBTFUL_SHARE;
    }

    /** How many readings were left out so far. */
    int spikes() {
        return spikes;
    }
}
