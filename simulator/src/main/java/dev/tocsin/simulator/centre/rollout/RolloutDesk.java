package dev.tocsin.simulator.centre.rollout;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.codec.UpdateMessages;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.UpdateManifest;
import dev.tocsin.sdk.model.UpdatePhase;
import dev.tocsin.sdk.model.UpdateReport;
import dev.tocsin.sdk.port.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes what devices say of their program, and answers with what they shall run. One thread at a time; blocks. */
public final class RolloutDesk {

    private final RolloutStore store;
    private final Clock clock;

    public RolloutDesk(RolloutStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * A device reports.
     *
     * @return the signed manifest that is meant for it now
     */
    public Optional<Bytes> report(UpdateReport report) {
        if (report.sequence() > 0) {
            store.find(report.sequence()).filter(r -> r.isFor(report.device())).ifPresent(r -> note(r, report));
        }
        Optional<Rollout> offer = store.rollouts().stream()
                .filter(r -> r.offers(report.device()) && isOfClass(r, report))
                .max(Comparator.comparingLong(Rollout::sequence))
                .filter(r ->
                        !(report.sequence() == r.sequence() && report.phase().isOver()))
                .filter(r -> report.sequence() <= r.sequence());
        offer.ifPresent(r -> {
            if (phaseOf(r, report.device()).isEmpty()) {
                store.note(r.sequence(), new Progress(report.device(), UpdatePhase.IDLE, "", clock.wallTime()));
            }
        });
        return offer.map(Rollout::manifest);
    }

    /** Digests of the payloads that are served now. */
    public Set<Bytes> served() {
        return store.rollouts().stream()
                .filter(r -> r.state() == Rollout.State.RUNNING)
                .map(Rollout::sha256)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Of a device that was offered it, and whose part in it is not over: one device alone moves no fleet on. */
    private void note(Rollout rollout, UpdateReport report) {
        Optional<UpdatePhase> before = phaseOf(rollout, report.device());
        if (before.isEmpty() || before.get() == report.phase()) {
            return;
        }
        boolean rolledBackLater = before.get() == UpdatePhase.CONFIRMED && report.phase() == UpdatePhase.ROLLED_BACK;
        if (before.get().isOver() && !rolledBackLater) {
            return;
        }
        store.note(rollout.sequence(), new Progress(report.device(), report.phase(), report.why(), clock.wallTime()));
        if (rollout.state() == Rollout.State.RUNNING) {
            List<Progress> devices = store.progress(rollout.sequence());
            Rollout next = RolloutRules.judge(rollout, devices);
            if (!next.equals(rollout)) {
                store.move(next);
            }
        }
    }

    private Optional<UpdatePhase> phaseOf(Rollout rollout, String device) {
        return store.progress(rollout.sequence()).stream()
                .filter(p -> p.device().equals(device))
                .map(Progress::phase)
                .findFirst();
    }

    private static boolean isOfClass(Rollout rollout, UpdateReport report) {
        return SignedEnvelope.read(rollout.manifest()) instanceof Decoded.Ok<SignedEnvelope>(SignedEnvelope e)
                && UpdateMessages.readManifest(e) instanceof Decoded.Ok<UpdateManifest>(UpdateManifest m)
                && m.vendor().equals(report.vendor())
                && m.deviceClass().equals(report.deviceClass());
    }
}
