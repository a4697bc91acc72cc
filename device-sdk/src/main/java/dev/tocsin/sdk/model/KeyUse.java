package dev.tocsin.sdk.model;

/** What a device's key is for. Each use has a key, and so a certificate, of its own. */
public enum KeyUse {
    /** Opens the DTLS channel: P-256. */
    CHANNEL,
    /** Signs alarms: Ed25519, P-256 or SM2. */
    ALARM
}
