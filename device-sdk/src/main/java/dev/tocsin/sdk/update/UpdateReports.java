package dev.tocsin.sdk.update;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.codec.UpdateMessages;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.port.Transport;
import dev.tocsin.sdk.port.Transport.Outcome;
import java.time.Duration;
import java.util.List;

/**
 * Tells the centres that may update a device how far it is, and hands what they answer to {@link Updates#offered}: at its
 * start, each period, and soon after {@link #moved}. On the event loop of the updates.
 */
public final class UpdateReports {

    /** So often where nothing changes. */
    public static final Duration USUAL_PERIOD = Duration.ofHours(1);

    /** Changes within this time are told together. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Updates updates;
    private final List<UpdateCentre> centres;
    private final Transport transport;
    private final Timers timers;
    private final Duration period;
    private Timers.Cancellable next;

    /** Reports for the first time, at once. */
    public UpdateReports(
            Updates updates, List<UpdateCentre> centres, Transport transport, Timers timers, Duration period) {
        this.updates = updates;
        this.centres = List.copyOf(centres);
        this.transport = transport;
        this.timers = timers;
        this.period = period;
        this.next = timers.schedule(0, this::report);
    }

    /** How far the update is has changed. */
    public void moved() {
        next.cancel();
        next = timers.schedule(SOON.toNanos(), this::report);
    }

    /** Reports no more. */
    public void stop() {
        next.cancel();
    }

    private void report() {
        next = timers.schedule(period.toNanos(), this::report);
        Bytes report = UpdateMessages.write(updates.report());
        for (UpdateCentre centre : centres) {
            Transport.Post post = new Transport.Post(
                    centre.address(), "update", Transport.Content.PROTOBUF, report, Transport.Retransmission.RFC_7252);
            var unused = transport.post(post, this::answered);
        }
    }

    /** No answer, and a refusal: it is told again in time. */
    private void answered(Outcome outcome) {
        if (outcome instanceof Outcome.Answered a
                && a.code() == 205
                && SignedEnvelope.read(a.payload()) instanceof Decoded.Ok<SignedEnvelope>(SignedEnvelope manifest)) {
            var unused = updates.offered(manifest); // what came of it stands in the next report
        }
    }
}
