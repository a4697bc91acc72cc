package dev.tocsin.sdk.disk;

import dev.tocsin.sdk.model.Slot;
import dev.tocsin.sdk.port.Slots;
import dev.tocsin.sdk.port.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/**
 * Slots in a folder: {@code boot}, {@code a} and {@code b} in it, each a {@link DiskStorage}. {@code tocsin-launch} reads
 * the same folder.
 */
public final class DiskSlots implements Slots {

    private final DiskStorage boot;
    private final DiskStorage a;
    private final DiskStorage b;

    /**
     * Opens the folder, and makes what is missing. Blocks.
     *
     * @param disk runs one task at a time, in order; not the journal's, which must not wait for megabytes
     * @param eventLoop where callbacks go
     * @throws IOException if a folder cannot be made or locked, saying why
     */
    public DiskSlots(Path folder, Executor disk, Executor eventLoop) throws IOException {
        this.boot = new DiskStorage(folder.resolve("boot"), disk, eventLoop);
        try {
            this.a = new DiskStorage(folder.resolve(Slot.A.label()), disk, eventLoop);
            try {
                this.b = new DiskStorage(folder.resolve(Slot.B.label()), disk, eventLoop);
            } catch (IOException e) {
                a.close();
                throw e;
            }
        } catch (IOException e) {
            boot.close();
            throw e;
        }
    }

    @Override
    public Storage boot() {
        return boot;
    }

    @Override
    public Storage slot(Slot slot) {
        return switch (slot) {
            case A -> a;
            case B -> b;
            case PACKAGED -> throw new IllegalArgumentException("what the package brought is not written");
        };
    }

    @Override
    public void close() {
        boot.close();
        a.close();
        b.close();
    }
}
