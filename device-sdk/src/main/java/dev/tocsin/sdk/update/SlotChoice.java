package dev.tocsin.sdk.update;

import dev.tocsin.sdk.model.Slot;
import java.util.Optional;

/**
 * Which slot a launcher starts. A pure function, because the launcher is a shell script and the program has to know what
 * that did: both are held against each other by a test.
 */
public final class SlotChoice {

    /** How often what has yet to prove itself is started. */
    public static final int MAX_TRIES = 3;

    private SlotChoice() {}

    /**
     * Chooses.
     *
     * @param state the boot record, if one can be read
     * @param tries how often its trial has been started before
     * @param sound whether the trial's payload on the medium has the digest that the record names
     */
    public static Slot of(Optional<BootState> state, int tries, boolean sound) {
        Slot confirmed =
                state.flatMap(BootState::confirmed).map(BootState.Program::slot).orElse(Slot.PACKAGED);
        return state.flatMap(BootState::trial)
                .filter(trial -> sound && tries < MAX_TRIES)
                .map(BootState.Program::slot)
                .orElse(confirmed);
    }
}
