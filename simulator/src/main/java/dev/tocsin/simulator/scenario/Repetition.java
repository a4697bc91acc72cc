package dev.tocsin.simulator.scenario;

import java.time.Duration;

/**
 * Once, or again and again: at {@code from}, and each {@code every} after that, {@code times} times in all.
 *
 * @param from the first time, from the start of the run
 * @param every from one time to the next; zero if there is only one
 * @param times how often, 1 or more
 * @param untilEnd whether it goes on to the end of the run, and {@code times} follows from the run's length
 */
public record Repetition(Duration from, Duration every, int times, boolean untilEnd) {

    /** Most repetitions of one thing. */
    public static final int MOST_TIMES = 1_000_000;

    /** Once. */
    public static Repetition once(Duration at) {
        return new Repetition(at, Duration.ZERO, 1, false);
    }

    /** Until the end of a run. */
    public static Repetition untilEnd(Duration from, Duration every, Duration run) {
        return new Repetition(from, every, fitting(from, every, run), true);
    }

    /** When it happens for the n-th time, from 1. */
    public Duration at(int time) {
        return from.plus(every.multipliedBy(time - 1L));
    }

    /** The same in a run of another length: no time after its end, which begins at {@link #from} or later. */
    Repetition within(Duration run) {
        if (every.isZero()) {
            return this;
        }
        int fitting = fitting(from, every, run);
        return new Repetition(from, every, untilEnd ? fitting : Math.min(times, fitting), untilEnd);
    }

    private static int fitting(Duration from, Duration every, Duration run) {
        long room = run.minus(from).toNanos();
        return room < 0 ? 1 : (int) Math.min(MOST_TIMES, room / every.toNanos() + 1);
    }
}
