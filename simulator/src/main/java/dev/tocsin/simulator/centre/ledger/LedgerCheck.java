package dev.tocsin.simulator.centre.ledger;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.DrillMessages;
import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.codec.OrderMessages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Verifier;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Computes a whole ledger again: numbers without a gap, every hash over the one before, every envelope's digest, what the
 * entry says of the alarm or the notice against the signed bytes, and, where the key is known, the signature. Cutting entries off at the
 * end leaves a chain that is right in itself: only a hash noted elsewhere, such as in a device's receipt, shows it.
 */
public final class LedgerCheck {

    private static final int PAGE = 500;

    /** What the check found. */
    public sealed interface Result {
        /**
         * All is as it was written.
         *
         * @param head the newest end
         * @param signatures alarms, notices and their receipts whose signature was verified
         * @param unknownKeys those whose key is not known here, or not any more: their signature was not verified
         */
        record Sound(Head head, long signatures, long unknownKeys) implements Result {}

        /**
         * Something was changed after it was written.
         *
         * @param number the first entry that is wrong
         * @param why what is wrong with it, one sentence
         */
        record Broken(long number, String why) implements Result {}
    }

    private final Function<Bytes, Optional<Verifier>> keys;
    private Head head = Head.EMPTY;
    private long signatures;
    private long unknownKeys;

    private LedgerCheck(Function<Bytes, Optional<Verifier>> keys) {
        this.keys = keys;
    }

    /**
     * Checks everything.
     *
     * @param keys the device's, or the other centre's, key of a key id, where known
     */
    public static Result run(LedgerView ledger, Function<Bytes, Optional<Verifier>> keys) {
        LedgerCheck check = new LedgerCheck(keys);
        int page = PAGE;
        while (true) {
            try {
                List<Entry> entries = ledger.entries(check.head.number() + 1, page);
                if (entries.isEmpty()) {
                    return new Result.Sound(check.head, check.signatures, check.unknownKeys);
                }
                for (Entry entry : entries) {
                    Optional<String> wrong = check.wrongWith(entry);
                    if (wrong.isPresent()) {
                        return new Result.Broken(check.head.number() + 1, wrong.get());
                    }
                    check.head = entry.asHead();
                }
            } catch (UnreadableEntryException e) {
                if (page == 1) {
                    return new Result.Broken(e.number(), String.valueOf(e.getMessage()));
                }
                page = 1; // what comes before it may be wrong too, and would be the first
            }
        }
    }

    private Optional<String> wrongWith(Entry e) {
        if (e.number() != head.number() + 1) {
            return Optional.of("missing: the next entry there is has number " + e.number());
        }
        if (!e.previous().equals(head.hash())) {
            return Optional.of("its previous hash is not the hash of the entry before");
        }
        if (!e.hash().equals(e.computedHash())) {
            return Optional.of("its hash does not belong to its content");
        }
        return e.fact().envelope().size() > 0 ? wrongWithSigned(e.fact()) : Optional.empty();
    }

    private Optional<String> wrongWithSigned(Fact fact) {
        if (!fact.envelope().sha256().equals(fact.envelopeSha256())) {
            return Optional.of("its envelope has another SHA-256 than it says");
        }
        return switch (SignedEnvelope.read(fact.envelope())) {
            case Decoded.Malformed<SignedEnvelope>(String why) -> Optional.of("its envelope cannot be read: " + why);
            case Decoded.Ok<SignedEnvelope>(SignedEnvelope envelope) ->
                switch (fact.type()) {
                    case DRILL_NOTICE ->
                        wrongWith(fact, envelope, "notice", DrillMessages.readNotice(envelope), Fact::notice);
                    case NOTICE_TAKEN ->
                        wrongWith(
                                fact,
                                envelope,
                                "receipt",
                                DrillMessages.readNoticeReceipt(envelope),
                                Fact::noticeTaken);
                    case ORDER_RESULT ->
                        wrongWith(fact, envelope, "result", OrderMessages.readResult(envelope), Fact::orderResult);
                    default ->
                        wrongWith(
                                fact,
                                envelope,
                                "alarm",
                                Messages.readAlarm(envelope),
                                (alarm, bytes) -> Fact.alarm(fact.type(), alarm, bytes, fact.detail()));
                };
        };
    }

    /** @param told what an entry says about such bytes */
    private <T> Optional<String> wrongWith(
            Fact fact, SignedEnvelope envelope, String what, Decoded<T> read, BiFunction<T, Bytes, Fact> told) {
        return switch (read) {
            case Decoded.Malformed<T>(String why) -> Optional.of("its " + what + " cannot be read: " + why);
            case Decoded.Ok<T>(T value) ->
                fact.equals(told.apply(value, fact.envelope()))
                        ? wrongWithSignature(envelope)
                        : Optional.of("it says something else than its signed " + what);
        };
    }

    private Optional<String> wrongWithSignature(SignedEnvelope envelope) {
        Optional<Verifier> key = keys.apply(envelope.keyId());
        if (key.isEmpty()) {
            unknownKeys++;
            return Optional.empty();
        }
        signatures++;
        return envelope.isSignedBy(key.get())
                ? Optional.empty()
                : Optional.of("its signature does not verify with the key that is known");
    }
}
