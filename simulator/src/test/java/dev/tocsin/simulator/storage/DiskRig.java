package dev.tocsin.simulator.storage;

import dev.tocsin.sdk.port.Storage;
import dev.tocsin.sdk.port.Storage.SyncResult;
import dev.tocsin.sdk.testkit.SeededEntropy;
import dev.tocsin.sdk.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A disk whose syncs take 5 ms, mounted. */
final class DiskRig {

    final VirtualTime time = new VirtualTime();
    final List<DiskEvent> events = new ArrayList<>();
    final List<SyncResult> told = new ArrayList<>();
    final VirtualDisk disk;
    Storage storage;

    DiskRig(long seed) {
        disk = new VirtualDisk(time::nanoTime, new SeededEntropy(seed), events::add);
        disk.latency(SyncLatency.constant(Duration.ofMillis(5)));
        storage = disk.mount(time);
    }

    static byte[] filled(int count, int value) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    DiskRig append(String name, int count, int value) {
        storage.append(name, filled(count, value));
        return this;
    }

    DiskRig sync(String name) {
        storage.sync(name, told::add);
        return this;
    }

    DiskRig pass(int ms) {
        time.advance(Duration.ofMillis(ms));
        return this;
    }

    /** Cuts and mounts again. */
    DiskEvent.Cut cut(PowerCut how) {
        DiskEvent.Cut cut = disk.cut(how);
        storage = disk.mount(time);
        return cut;
    }

    <E extends DiskEvent> List<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<DiskFault> faults() {
        return events(DiskEvent.FaultMet.class).stream()
                .map(DiskEvent.FaultMet::fault)
                .toList();
    }
}
