package dev.tocsin.sdk.model;

import java.time.Instant;

/** What a centre says, under its signature, about one alarm envelope. */
public sealed interface Answer {

    /** Longest text in an answer (who accepted, why refused), bytes of UTF-8. */
    int MAX_TEXT_BYTES = 600;

    /** The alarm it speaks of. */
    AlarmId alarm();

    /** SHA-256 of the exact envelope bytes it speaks of, 32 bytes. */
    Bytes envelopeSha256();

    /** Id of the centre that speaks. */
    String centre();

    /** The centre's wall clock. For a receipt: when the stage was reached, so that the same alarm gets the same receipt. */
    Instant time();

    /**
     * The centre has it.
     *
     * @param stage in the ledger, or taken on by a person
     * @param mode the mode under which the centre keeps it
     * @param ledgerNumber number of the entry in the centre's ledger, 1 or more
     * @param chainHead hash of that entry, 32 bytes: who keeps it can later prove that the ledger was not rewritten
     * @param by who accepted it; empty for RECEIVED
     */
    record Receipt(
            AlarmId alarm,
            Bytes envelopeSha256,
            String centre,
            Instant time,
            ReceiptStage stage,
            Mode mode,
            long ledgerNumber,
            Bytes chainHead,
            String by)
            implements Answer {
        public Receipt {
            Bounds.check("name", by, MAX_TEXT_BYTES);
        }
    }

    /**
     * The centre will not have it as it is. It slows the device's retries and shows on its lamp; it never ends them: the
     * centre's registry may just be stale.
     *
     * @param reason for a person who reads the device's log
     */
    record Refusal(AlarmId alarm, Bytes envelopeSha256, String centre, Instant time, String reason) implements Answer {
        public Refusal {
            Bounds.check("reason", reason, MAX_TEXT_BYTES);
        }
    }
}
