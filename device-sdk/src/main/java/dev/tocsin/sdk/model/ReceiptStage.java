package dev.tocsin.sdk.model;

/** How far an alarm has come at a centre. */
public enum ReceiptStage {
    /** It is in the centre's ledger, durably. A machine says so. */
    RECEIVED,
    /** A person has taken it on. */
    ACCEPTED
}
