package dev.tocsin.simulator.centre;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.DrillMessages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.DrillNotice;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.sdk.port.Verifier;
import dev.tocsin.simulator.centre.ledger.Ledger;
import dev.tocsin.simulator.centre.ledger.Outcome;
import dev.tocsin.simulator.centre.ledger.Submission;
import java.util.Optional;

/**
 * Takes other centres' notices of drills: verified, kept once, answered with a signed receipt when they are durable. A
 * notice is news for people. It touches no alarm: what comes within its hours is as real as ever. Any thread.
 */
final class NoticeIntake {

    private final Settings settings;
    private final Ledger ledger;
    private final Receipts receipts;
    private final RefusalLog refusals;

    NoticeIntake(Settings settings, Ledger ledger, Receipts receipts, RefusalLog refusals) {
        this.settings = settings;
        this.ledger = ledger;
        this.receipts = receipts;
        this.refusals = refusals;
    }

    private record Read(DrillNotice notice, SignedEnvelope envelope) {}

    private record Refusal(Refused why, String detail) {}

    /**
     * Takes what came.
     *
     * @param source whom to name in the audit
     * @param kept called when the ledger has it, after the reply
     */
    void receive(Bytes payload, String source, Reply reply, Runnable kept) {
        switch (read(payload)) {
            case Decoded.Malformed<Read>(String why) -> refuse(Refused.MALFORMED, why, source, reply);
            case Decoded.Ok<Read>(Read read) -> {
                Optional<Refusal> wrong = wrongWith(read.notice, read.envelope);
                if (wrong.isPresent()) {
                    refuse(wrong.get().why, wrong.get().detail, source, reply);
                } else {
                    ledger.submit(
                            new Submission.Notified(read.notice, payload),
                            outcome -> submitted(outcome, read.notice, payload, source, reply, kept));
                }
            }
        }
    }

    private static Decoded<Read> read(Bytes payload) {
        return switch (SignedEnvelope.read(payload)) {
            case Decoded.Malformed<SignedEnvelope>(String why) -> new Decoded.Malformed<>(why);
            case Decoded.Ok<SignedEnvelope>(SignedEnvelope envelope) ->
                switch (DrillMessages.readNotice(envelope)) {
                    case Decoded.Malformed<DrillNotice>(String why) -> new Decoded.Malformed<>(why);
                    case Decoded.Ok<DrillNotice>(DrillNotice notice) -> new Decoded.Ok<>(new Read(notice, envelope));
                };
        };
    }

    private Optional<Refusal> wrongWith(DrillNotice notice, SignedEnvelope envelope) {
        Optional<Partners.Teller> teller = settings.partners().teller(notice.centre());
        if (teller.isEmpty()) {
            return Optional.of(new Refusal(
                    Refused.UNKNOWN_CENTRE, "centre " + notice.centre() + " is not among those that tell of drills"));
        }
        Optional<Verifier> key = Partners.key(teller.get().keys(), envelope.keyId());
        if (key.isEmpty()) {
            return Optional.of(new Refusal(
                    Refused.UNKNOWN_KEY, "key " + envelope.keyId().hex() + " is none of centre " + notice.centre()));
        }
        if (!envelope.isSignedBy(key.get())) {
            return Optional.of(
                    new Refusal(Refused.BAD_SIGNATURE, "the signature is not that of centre " + notice.centre()));
        }
        return notice.to().equals(settings.id())
                ? Optional.empty()
                : Optional.of(new Refusal(Refused.NOT_FOR_HERE, "a notice for centre " + notice.to()));
    }

    private void submitted(
            Outcome outcome, DrillNotice notice, Bytes payload, String source, Reply reply, Runnable kept) {
        switch (outcome) {
            case Outcome.Committed committed -> {
                reply.respond(204, Content.COSE_SIGN1, receipts.of(committed.entry(), notice, payload.sha256()));
                kept.run();
            }
            case Outcome.Busy(int waiting) ->
                refuse(Refused.UNAVAILABLE, waiting + " submissions wait for the ledger", source, reply);
            case Outcome.Failed(String why) -> refuse(Refused.UNAVAILABLE, why, source, reply);
            case Outcome.Unchanged u -> throw new IllegalStateException("a notice is always kept");
            case Outcome.NoSuchAlarm n -> throw new IllegalStateException("a notice is about no alarm");
        }
    }

    private void refuse(Refused why, String detail, String source, Reply reply) {
        refusals.note(source, why, "a notice of a drill: " + detail);
        reply.respond(why.code(), Content.TEXT, Bytes.wrap(Plain.line(detail).getBytes(UTF_8)));
    }
}
