package dev.tocsin.simulator.eval;

import dev.tocsin.firmware.board.Debouncer;
import java.util.SplittableRandom;

/**
 * Sparks and induced pulses: bursts that are over in less than 2 ms, one to twelve pulses each, drawn from a seed. None is a
 * press.
 */
public final class Glitches {

    /** How many are played. */
    public static final int COUNT = 10_000;

    private static final long LONGEST_NS = 1_999_999;
    private static final int MOST_PULSES = 12;
    private static final long LEAST_GAP_NS = 50_000_000;
    private static final long MOST_GAP_NS = 500_000_000;

    private Glitches() {}

    /**
     * What the debouncer made of them.
     *
     * @param count how many there were
     * @param alarms presses that were decided
     */
    public record Result(int count, int alarms) {}

    /** Plays them, one after the other, through one debouncer. */
    static Result play(Debouncer.Settings settings, long seed) {
        int[] alarms = new int[1];
        Debouncer debouncer = new Debouncer(settings, new Debouncer.Sink() {
            @Override
            public void pressed(long edgeNs, long decidedNs) {
                alarms[0]++;
            }

            @Override
            public void released(long edgeNs, long decidedNs) {
                // follows a press that was counted
            }
        });
        SplittableRandom random = new SplittableRandom(seed);
        long nowNs = 0;
        for (int i = 0; i < COUNT; i++) {
            nowNs += random.nextLong(LEAST_GAP_NS, MOST_GAP_NS);
            debouncer.step(nowNs);
            burst(debouncer, nowNs, random);
            nowNs += LONGEST_NS;
        }
        debouncer.step(nowNs + MOST_GAP_NS);
        return new Result(COUNT, alarms[0]);
    }

    private static void burst(Debouncer debouncer, long startNs, SplittableRandom random) {
        int edges = 2 * random.nextInt(1, MOST_PULSES + 1);
        long[] atNs = random.longs(edges, 0, LONGEST_NS + 1).sorted().toArray();
        for (int i = 0; i < edges; i++) {
            debouncer.edge(startNs + atNs[i], i % 2 == 0);
        }
    }
}
