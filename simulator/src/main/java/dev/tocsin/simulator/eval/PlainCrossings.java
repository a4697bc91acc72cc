package dev.tocsin.simulator.eval;

import java.util.ArrayList;
import java.util.List;

/** The crossings of a level, found in the plainest way: below it in one row, not below it in the next. Knows no detector. */
final class PlainCrossings {

    private PlainCrossings() {}

    /** The rows that are the first not below the level. */
    static List<Integer> up(double[] levelsM, double levelM) {
        List<Integer> rows = new ArrayList<>();
        for (int i = 1; i < levelsM.length; i++) {
            if (levelsM[i - 1] < levelM && levelsM[i] >= levelM) {
                rows.add(i);
            }
        }
        return rows;
    }
}
