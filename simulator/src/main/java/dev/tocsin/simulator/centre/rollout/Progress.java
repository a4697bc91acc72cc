package dev.tocsin.simulator.centre.rollout;

import dev.tocsin.sdk.model.UpdatePhase;
import java.time.Instant;

/**
 * How far one device is with a rollout.
 *
 * @param phase as it said last; {@link UpdatePhase#IDLE}: it was offered it, and has said nothing yet
 * @param why it failed; may be empty
 * @param since when the centre heard this phase first
 */
public record Progress(String device, UpdatePhase phase, String why, Instant since) {

    /** Whether it did not come to run the program. */
    public boolean isFailure() {
        return phase == UpdatePhase.ROLLED_BACK || phase == UpdatePhase.REFUSED;
    }
}
