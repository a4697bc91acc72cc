/**
 * A virtual disk that outlives its device's power: what is not synced may be lost, torn or reordered by a power cut, syncs
 * take their time, and the medium can be full, fail or rot. Real journals run on it unchanged. Deterministic: everything
 * drawn comes from the entropy given. Uses the SDK's ports and model; nothing here reads a clock or starts a thread.
 */
@NullMarked
package dev.tocsin.simulator.storage;

import org.jspecify.annotations.NullMarked;
