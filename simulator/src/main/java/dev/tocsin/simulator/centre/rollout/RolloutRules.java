package dev.tocsin.simulator.centre.rollout;

import dev.tocsin.sdk.model.UpdatePhase;
import java.util.Collection;

/** When a rollout stops, and when it goes to its next stage. Pure. */
public final class RolloutRules {

    private RolloutRules() {}

    /**
     * Where it stands, given how far its devices are: stopped at as many failures as it bears; a stage on once a device has
     * confirmed the program and nobody is at it any more. Devices that are silent hold
     * nothing up.
     *
     * @param rollout one that runs
     */
    public static Rollout judge(Rollout rollout, Collection<Progress> devices) {
        long failures = devices.stream().filter(Progress::isFailure).count();
        if (failures >= rollout.maxFailures()) {
            return rollout.at(
                    Rollout.State.STOPPED,
                    rollout.stage(),
                    failures + (failures == 1 ? " device" : " devices") + " failed, and it bears fewer than "
                            + rollout.maxFailures());
        }
        boolean confirmed = devices.stream().anyMatch(p -> p.phase() == UpdatePhase.CONFIRMED);
        boolean busy = devices.stream().anyMatch(p -> !p.phase().isOver());
        if (!confirmed || busy) {
            return rollout;
        }
        return rollout.stage() + 1 < rollout.stages().size()
                ? rollout.at(Rollout.State.RUNNING, rollout.stage() + 1, "")
                : rollout;
    }
}
