package dev.tocsin.simulator.centre;

import dev.tocsin.sdk.codec.DrillMessages;
import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.Answer;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.DrillNotice;
import dev.tocsin.sdk.model.Heartbeat;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.model.NoticeReceipt;
import dev.tocsin.sdk.model.Presence;
import dev.tocsin.sdk.model.ReceiptStage;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.EntryType;

/**
 * What a centre says under its signature. A receipt is built from its ledger entry alone, so the same entry gives the same
 * bytes, today and after a restart. Any thread.
 */
final class Receipts {

    private final String centre;
    private final Signer signer;
    private final Clock clock;

    Receipts(String centre, Signer signer, Clock clock) {
        this.centre = centre;
        this.signer = signer;
        this.clock = clock;
    }

    /** The signed receipt for an alarm, a conflict or an acceptance, about the envelope in its entry. */
    Bytes of(Entry entry) {
        return of(entry, entry.fact().envelopeSha256());
    }

    /**
     * The signed receipt for an alarm.
     *
     * @param envelopeSha256 of the envelope that came, which may wrap the entry's words otherwise
     */
    Bytes of(Entry entry, Bytes envelopeSha256) {
        Answer.Receipt receipt = new Answer.Receipt(
                entry.fact().alarm().orElseThrow(),
                envelopeSha256,
                centre,
                entry.time(),
                entry.type() == EntryType.ACCEPTED ? ReceiptStage.ACCEPTED : ReceiptStage.RECEIVED,
                entry.fact().mode().orElse(Mode.LIVE),
                entry.number(),
                entry.hash(),
                Plain.line(entry.fact().by()));
        return Messages.sign(receipt, signer).bytes();
    }

    /**
     * The signed receipt for another centre's notice.
     *
     * @param noticeSha256 of the envelope that came, which may wrap the entry's words otherwise
     */
    Bytes of(Entry entry, DrillNotice notice, Bytes noticeSha256) {
        NoticeReceipt receipt = new NoticeReceipt(
                centre,
                notice.centre(),
                notice.order(),
                notice.over(),
                noticeSha256,
                entry.number(),
                entry.hash(),
                entry.time());
        return DrillMessages.sign(receipt, signer).bytes();
    }

    /** That this centre heard a heartbeat. */
    Bytes presence(Heartbeat h) {
        return Messages.sign(new Presence(centre, h.device(), h.boot(), h.nonce(), clock.wallTime()), signer)
                .bytes();
    }

    /** A signed refusal. */
    Bytes refusal(AlarmId alarm, Bytes envelopeSha256, String reason) {
        Answer.Refusal refusal =
                new Answer.Refusal(alarm, envelopeSha256, centre, clock.wallTime(), Plain.line(reason));
        return Messages.sign(refusal, signer).bytes();
    }
}
