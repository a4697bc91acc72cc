package dev.tocsin.simulator.centre.rollout;

import java.util.List;
import java.util.Optional;

/**
 * Keeps rollouts, durably: what it was told is there after a restart. The running centre and the command line may both have
 * it. Blocks; every method throws {@link java.io.UncheckedIOException} where the medium does not take or give it.
 */
public interface RolloutStore {

    /** All, by sequence. */
    List<Rollout> rollouts();

    /** The one of this sequence. */
    default Optional<Rollout> find(long sequence) {
        return rollouts().stream().filter(r -> r.sequence() == sequence).findFirst();
    }

    /** Takes a new one. */
    void begin(Rollout rollout);

    /** Notes the state, stage and reason of one that it has. */
    void move(Rollout rollout);

    /** How far its devices are, by id: those that were offered it. */
    List<Progress> progress(long sequence);

    /** Notes how far one is. */
    void note(long sequence, Progress progress);
}
