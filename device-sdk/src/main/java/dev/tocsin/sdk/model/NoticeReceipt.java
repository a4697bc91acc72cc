package dev.tocsin.sdk.model;

import java.time.Instant;

/**
 * What a centre says, under its signature, about one {@link DrillNotice}: it has it, in its ledger. The same notice gets the
 * same receipt, however often it comes.
 *
 * @param centre id of the centre that was told
 * @param to id of the centre that told it
 * @param order the drill's name, see {@link DrillOrder#isOrderId}
 * @param over whether the notice said that the drill has ended
 * @param noticeSha256 SHA-256 of the exact envelope of the notice, 32 bytes
 * @param ledgerNumber number of the entry in its ledger, 1 or more
 * @param chainHead hash of that entry, 32 bytes
 * @param time when the entry was written, wall clock of the centre that was told
 */
public record NoticeReceipt(
        String centre,
        String to,
        String order,
        boolean over,
        Bytes noticeSha256,
        long ledgerNumber,
        Bytes chainHead,
        Instant time) {

    public NoticeReceipt {
        if (!DrillOrder.isOrderId(order)) {
            throw new IllegalArgumentException("not an order's name");
        }
    }
}
