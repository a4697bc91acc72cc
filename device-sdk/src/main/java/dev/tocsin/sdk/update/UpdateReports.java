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
    private final Listener listener;
    private Timers.Cancellable next;

    /** What came of telling. Called on the event loop of the updates. */
    public interface Listener {

        /** A centre offered something that is not taken. */
        void refused(String why);

        /** A centre has heard how far the device is, and offers nothing. */
        void heard();
    }

    /** Reports for the first time, at once. */
    public UpdateReports(
            Updates updates,
            List<UpdateCentre> centres,
            Transport transport,
            Timers timers,
            Duration period,
            Listener listener) {
        this.updates = updates;
        this.centres = List.copyOf(centres);
        this.transport = transport;
        this.timers = timers;
        this.period = period;
        this.listener = listener;
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
        centres.forEach(centre -> tell(centre.addresses(), report));
    }

    /** Tells a centre, at the first of its addresses that answers. */
    private void tell(List<String> addresses, Bytes report) {
        Transport.Post post = new Transport.Post(
                addresses.getFirst(), "update", Transport.Content.PROTOBUF, report, Transport.Retransmission.RFC_7252);
        var unused = transport.post(post, outcome -> {
            if (outcome instanceof Outcome.Answered a) {
                answered(a);
            } else if (addresses.size() > 1) {
                tell(addresses.subList(1, addresses.size()), report);
            } // else it is told again in time
        });
    }

    /** What is refused is told again in time. */
    private void answered(Outcome.Answered a) {
        if (a.code() == 204) {
            listener.heard();
        } else if (a.code() == 205) {
            Offer offer = switch (SignedEnvelope.read(a.payload())) {
                case Decoded.Ok<SignedEnvelope>(SignedEnvelope manifest) -> updates.offered(manifest);
                case Decoded.Malformed<SignedEnvelope>(String what) ->
                    new Offer.Refused("what a centre offers is no signed manifest: " + what);
            };
            if (offer instanceof Offer.Refused(String why)) {
                listener.refused(why);
            }
        }
    }
}
