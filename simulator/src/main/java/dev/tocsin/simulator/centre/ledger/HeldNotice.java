package dev.tocsin.simulator.centre.ledger;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.DrillMessages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.model.DrillNotice;
import dev.tocsin.sdk.model.NoticeReceipt;
import java.util.Optional;

/**
 * Another centre's notice of a drill, as an entry holds it.
 *
 * @param entry the {@link EntryType#DRILL_NOTICE}
 * @param notice what it says
 * @param envelope its exact signed bytes, read
 */
public record HeldNotice(Entry entry, DrillNotice notice, SignedEnvelope envelope) {

    /** The notice in an entry; empty for other entries, and for bytes that are no notice. */
    public static Optional<HeldNotice> of(Entry entry) {
        return entry.type() == EntryType.DRILL_NOTICE
                        && SignedEnvelope.read(entry.fact().envelope())
                                instanceof Decoded.Ok<SignedEnvelope>(SignedEnvelope envelope)
                        && DrillMessages.readNotice(envelope) instanceof Decoded.Ok<DrillNotice>(DrillNotice notice)
                ? Optional.of(new HeldNotice(entry, notice, envelope))
                : Optional.empty();
    }

    /** What a centre said that was told of a drill here; empty for other entries, and for bytes that are no receipt. */
    public static Optional<NoticeReceipt> receipt(Entry entry) {
        return entry.type() == EntryType.NOTICE_TAKEN
                        && SignedEnvelope.read(entry.fact().envelope())
                                instanceof Decoded.Ok<SignedEnvelope>(SignedEnvelope envelope)
                        && DrillMessages.readNoticeReceipt(envelope)
                                instanceof Decoded.Ok<NoticeReceipt>(NoticeReceipt receipt)
                ? Optional.of(receipt)
                : Optional.empty();
    }
}
