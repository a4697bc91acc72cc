package dev.tocsin.simulator.eval;

import dev.tocsin.sdk.detect.Detection;
import dev.tocsin.sdk.detect.Findings;
import dev.tocsin.sdk.detect.WaterLevel;
import dev.tocsin.sdk.model.AlarmState;
import java.util.ArrayList;
import java.util.List;

/** Plays levels through the detector and keeps at which row it told what. */
final class LevelPlay implements Findings {

    /**
     * Something told.
     *
     * @param row at which
     * @param level 1 for the warning, 2 for danger, 0 for the end
     */
    record Told(int row, int level) {}

    private final List<Told> told = new ArrayList<>();
    private int frozen;
    private int spikes;
    private int row;

    private LevelPlay() {}

    static LevelPlay of(long[] timesNs, double[] levelsM, WaterLevel.Settings settings) {
        LevelPlay play = new LevelPlay();
        WaterLevel detector = new WaterLevel(settings, play);
        double[] sample = new double[1];
        for (int i = 0; i < levelsM.length; i++) {
            play.row = i;
            sample[0] = levelsM[i];
            detector.sample(timesNs[i], sample);
            detector.step(timesNs[i]);
        }
        return play;
    }

    @Override
    public void found(Detection detection) {
        boolean isOver = detection.state() == AlarmState.RESTORED;
        told.add(new Told(row, isOver ? 0 : detection.text().startsWith("danger") ? 2 : 1));
    }

    @Override
    public void health(String cause, boolean isStanding, String text) {
        frozen += isStanding && cause.equals(WaterLevel.FROZEN) ? 1 : 0;
        spikes += isStanding && cause.equals(WaterLevel.SPIKES) ? 1 : 0;
    }

    List<Told> told() {
        return told;
    }

    int frozen() {
        return frozen;
    }

    int spikes() {
        return spikes;
    }

    /** How many rows after the crossing this level, or a worse one, was told; -1 if not within this many. */
    int delay(int crossing, int level, int most) {
        for (Told t : told) {
            if (t.row() >= crossing && t.row() <= crossing + most && t.level() >= level) {
                return t.row() - crossing;
            }
        }
        return -1;
    }

    /** Whether the level had been told before the row and the water has not been below it by the hysteresis since. */
    boolean stands(int crossing, int level, double[] levelsM, double leaveM) {
        for (int i = told.size() - 1; i >= 0; i--) {
            if (told.get(i).row() < crossing && told.get(i).level() >= level) {
                for (int r = told.get(i).row(); r < crossing; r++) {
                    if (levelsM[r] < leaveM) {
                        return false;
                    }
                }
                return true;
            }
        }
        return false;
    }
}
