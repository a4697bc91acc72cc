package dev.tocsin.sdk.update;

import dev.tocsin.sdk.port.Verifier;

/**
 * A centre that may update this device.
 *
 * @param id the centre's
 * @param address where it serves payloads, {@code coaps://host:port}
 * @param key what it signs with
 */
public record UpdateCentre(String id, String address, Verifier key) {}
