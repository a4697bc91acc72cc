package dev.tocsin.sdk.model;

import java.time.Instant;

/**
 * "I am this centre, and I heard this boot of yours", signed by a centre on request. A device counts a centre as linked only
 * after it has verified the centre's signature: otherwise a wrong key would first show when a receipt is not believed.
 *
 * @param centre id of the centre
 * @param device the device it heard
 * @param boot the boot counter it heard
 * @param nonce the boot's nonce it heard
 * @param time the centre's wall clock
 */
public record Presence(String centre, String device, long boot, long nonce, Instant time) {}
