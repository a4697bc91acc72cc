package dev.tocsin.simulator.eval;

import dev.tocsin.firmware.board.BounceReplay;
import dev.tocsin.firmware.board.BounceReplay.Decision;
import dev.tocsin.firmware.board.BounceTrace;
import dev.tocsin.firmware.board.Debouncer;
import dev.tocsin.simulator.check.Distribution;
import dev.tocsin.simulator.check.DistributionRecorder;
import dev.tocsin.simulator.eval.Recordings.Recording;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the debouncer made of recordings. A press is counted before the latch: every decision "pressed" but the one that is
 * expected is one too many.
 *
 * @param all over all sessions
 * @param by for each session
 * @param skipped recordings of the manifest that are not there
 * @param glitches what it made of sparks
 */
public record BounceEvaluation(Score all, SortedMap<String, Score> by, int skipped, Glitches.Result glitches) {

    /**
     * Figures of some recordings.
     *
     * @param traces recordings, presses and releases
     * @param expected presses among them
     * @param recognised presses that were decided, at least once
     * @param missed presses that were not
     * @param doubled decisions "pressed" beyond those, releases that look like presses included
     * @param decision from a press's first edge to its decision
     */
    public record Score(int traces, int expected, int recognised, int missed, int doubled, Distribution decision) {}

    /** Plays them. */
    public static BounceEvaluation of(Recordings recordings, Debouncer.Settings settings, long seed) {
        Count all = new Count();
        SortedMap<String, Count> by = new TreeMap<>();
        for (Recording recording : recordings.recordings()) {
            List<Decision> presses = presses(recording.trace(), settings);
            all.add(recording, presses);
            by.computeIfAbsent(recording.session(), k -> new Count()).add(recording, presses);
        }
        SortedMap<String, Score> scores = new TreeMap<>();
        by.forEach((session, count) -> scores.put(session, count.score()));
        return new BounceEvaluation(all.score(), scores, recordings.skipped(), Glitches.play(settings, seed));
    }

    private static List<Decision> presses(BounceTrace trace, Debouncer.Settings settings) {
        return BounceReplay.play(trace, settings).stream()
                .filter(Decision::pressed)
                .toList();
    }

    private static final class Count {
        private int traces;
        private int expected;
        private int recognised;
        private int doubled;
        private final DistributionRecorder decision = new DistributionRecorder();

        void add(Recording recording, List<Decision> presses) {
            traces++;
            if (recording.press()) {
                expected++;
                recognised += presses.isEmpty() ? 0 : 1;
                doubled += Math.max(0, presses.size() - 1);
                if (!presses.isEmpty()) {
                    decision.record(presses.getFirst().decidedNs()
                            - recording.trace().events().getFirst().atNs());
                }
            } else {
                doubled += presses.size();
            }
        }

        Score score() {
            return new Score(traces, expected, recognised, expected - recognised, doubled, decision.distribution());
        }
    }
}
