package dev.tocsin.sdk.port;

import dev.tocsin.sdk.model.Slot;

/**
 * Where programs lie: two slots, and the record that says which one starts. Each is a folder of its own, which nobody else
 * writes; only the launcher adds a byte to a file of the record's folder whenever it tries a slot. Called on the event loop
 * of the updates, which may be another than the device's, and whose reading may block.
 */
public interface Slots extends AutoCloseable {

    /** The folder of the boot record. */
    Storage boot();

    /**
     * The folder of a slot.
     *
     * @param slot {@link Slot#A} or {@link Slot#B}
     */
    Storage slot(Slot slot);

    /** Finishes what is queued and lets go of the folders. */
    @Override
    void close();
}
