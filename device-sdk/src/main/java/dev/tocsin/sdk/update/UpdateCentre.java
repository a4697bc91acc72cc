package dev.tocsin.sdk.update;

import dev.tocsin.sdk.port.Verifier;
import java.util.List;

/**
 * A centre that may update this device.
 *
 * @param id the centre's
 * @param addresses where it serves payloads, {@code coaps://host:port}, the primary first; where one does not answer the next
 *     is asked; at least one
 * @param keys what signs its updates: its receipt keys, or others that are kept off its machine; at least one, more while a
 *     key is rolled
 */
public record UpdateCentre(String id, List<String> addresses, List<Verifier> keys) {

    public UpdateCentre {
        addresses = List.copyOf(addresses);
        keys = List.copyOf(keys);
        if (addresses.isEmpty() || keys.isEmpty()) {
            throw new IllegalArgumentException("centre " + id + " without an address or a key");
        }
    }

    /** With one address and one key. */
    public UpdateCentre(String id, String address, Verifier key) {
        this(id, List.of(address), List.of(key));
    }
}
