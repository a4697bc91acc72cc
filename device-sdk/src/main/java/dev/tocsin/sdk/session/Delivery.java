package dev.tocsin.sdk.session;

import dev.tocsin.sdk.model.Answer;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far one alarm has come towards one centre. A snapshot.
 *
 * @param centre id of the centre
 * @param state how far
 * @param remark why it is refused or delayed, for a person; else empty
 * @param firstSentNs t3: when the first datagram with it left, device's monotonic clock
 * @param receivedNs t5: when the receipt was verified, device's monotonic clock
 * @param receipt the newest receipt
 */
public record Delivery(
        String centre,
        State state,
        String remark,
        OptionalLong firstSentNs,
        OptionalLong receivedNs,
        Optional<Answer.Receipt> receipt) {

    /** How far. */
    public enum State {
        /** On its way; sent again until there is a receipt. */
        SENDING,
        /** The centre refuses it, under its signature. It is sent again, at least once a minute. */
        REFUSED,
        /** In the centre's ledger. */
        RECEIVED,
        /** Taken on by a person. */
        ACCEPTED;

        /** Whether the centre has it. */
        public boolean isReceived() {
            return this == RECEIVED || this == ACCEPTED;
        }
    }

    static Delivery begin(String centre) {
        return new Delivery(centre, State.SENDING, "", OptionalLong.empty(), OptionalLong.empty(), Optional.empty());
    }

    Delivery sentAt(long ns) {
        return firstSentNs.isPresent()
                ? this
                : new Delivery(centre, state, remark, OptionalLong.of(ns), receivedNs, receipt);
    }

    Delivery with(State newState, String newRemark) {
        return new Delivery(centre, newState, newRemark, firstSentNs, receivedNs, receipt);
    }

    Delivery receipted(State newState, Answer.Receipt newest, long ns) {
        return new Delivery(
                centre,
                newState,
                "",
                firstSentNs,
                receivedNs.isPresent() ? receivedNs : OptionalLong.of(ns),
                Optional.of(newest));
    }
}
