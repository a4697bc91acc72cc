package dev.tocsin.simulator.centre;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.OrderMessages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.OrderResult;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.simulator.centre.ledger.Ledger;
import dev.tocsin.simulator.centre.ledger.Outcome;
import dev.tocsin.simulator.centre.ledger.Submission;
import dev.tocsin.simulator.centre.registry.Registry;
import java.util.function.Supplier;

/**
 * Takes devices' results of orders: signed by the device that was ordered, about an order of this centre that is in the
 * ledger, kept once, then answered. Any thread.
 */
final class ResultIntake {

    private final String centre;
    private final Supplier<Registry> registry;
    private final Ledger ledger;
    private final RefusalLog refusals;

    ResultIntake(String centre, Supplier<Registry> registry, Ledger ledger, RefusalLog refusals) {
        this.centre = centre;
        this.registry = registry;
        this.ledger = ledger;
        this.refusals = refusals;
    }

    /**
     * Takes what came.
     *
     * @param source whom to name in the audit
     * @param kept called when the ledger has it, after the reply
     */
    void receive(Bytes payload, String source, Reply reply, Runnable kept) {
        switch (SignedEnvelope.read(payload)) {
            case Decoded.Malformed<SignedEnvelope>(String why) -> refuse(Refused.MALFORMED, why, source, reply);
            case Decoded.Ok<SignedEnvelope>(SignedEnvelope envelope) -> {
                switch (OrderMessages.readResult(envelope)) {
                    case Decoded.Malformed<OrderResult>(String why) -> refuse(Refused.MALFORMED, why, source, reply);
                    case Decoded.Ok<OrderResult>(OrderResult result) -> verify(envelope, result, source, reply, kept);
                }
            }
        }
    }

    private void verify(SignedEnvelope envelope, OrderResult result, String source, Reply reply, Runnable kept) {
        if (SignerCheck.check(envelope, result.device(), "a result", registry.get())
                instanceof SignerCheck.Result.Rejected(Refused why, String detail)) {
            refuse(why, detail, source, reply);
        } else if (!result.centre().equals(centre)) {
            refuse(Refused.NOT_FOR_HERE, "of an order of centre " + result.centre(), source, reply);
        } else {
            ledger.submit(
                    new Submission.Resulted(result, envelope.bytes()),
                    outcome -> submitted(outcome, result, source, reply, kept));
        }
    }

    private void submitted(Outcome outcome, OrderResult result, String source, Reply reply, Runnable kept) {
        switch (outcome) {
            case Outcome.Committed c -> {
                reply.respond(204, Content.TEXT, Bytes.EMPTY);
                kept.run();
            }
            case Outcome.Unchanged u ->
                refuse(Refused.NO_SUCH_ORDER, "no order " + result.number() + " to " + result.device(), source, reply);
            case Outcome.Busy(int waiting) ->
                refuse(Refused.UNAVAILABLE, waiting + " submissions wait for the ledger", source, reply);
            case Outcome.Failed(String why) -> refuse(Refused.UNAVAILABLE, why, source, reply);
            case Outcome.NoSuchAlarm n -> throw new IllegalStateException("a result is about no alarm");
        }
    }

    private void refuse(Refused why, String detail, String source, Reply reply) {
        refusals.note(source, why, "a result: " + detail);
        reply.respond(why.code(), Content.TEXT, Bytes.wrap(Plain.line(detail).getBytes(UTF_8)));
    }
}
