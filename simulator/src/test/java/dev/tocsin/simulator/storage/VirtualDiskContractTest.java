package dev.tocsin.simulator.storage;

import dev.tocsin.sdk.port.Storage;
import dev.tocsin.sdk.testkit.SeededEntropy;
import dev.tocsin.sdk.testkit.StorageContract;
import dev.tocsin.sdk.testkit.VirtualTime;
import java.time.Duration;

/** The virtual disk keeps the contract that files keep. */
class VirtualDiskContractTest extends StorageContract {

    private final VirtualTime time = new VirtualTime();
    private final VirtualDisk disk = new VirtualDisk(time::nanoTime, new SeededEntropy(1), event -> {});

    @Override
    protected Storage open() {
        return disk.mount(time);
    }

    @Override
    protected void settle() {
        time.advance(Duration.ofSeconds(1));
    }
}
