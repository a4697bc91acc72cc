package dev.tocsin.firmware.app.doctor;

import dev.tocsin.firmware.app.BoardHealth;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The journal's folder can be written, has room, and is on a disk: what is kept there is there after a power cut. */
final class DiskCheck implements Check {

    private static final long MIB = 1 << 20;

    /** With less than this somebody should make room. */
    static final long LITTLE_BYTES = 256 * MIB;

    /** What is written there is in memory. An overlay may write to a disk, but a board's read-only root writes to memory. */
    private static final Set<String> FORGETTING = Set.of("overlay", "overlayfs", "tmpfs", "ramfs");

    @Override
    public List<Finding> look(Case device, Machine machine) {
        if (device.config().isEmpty()) {
            return List.of();
        }
        List<Finding> found = new ArrayList<>();
        Path journal = device.config().get().device().journalFolder();
        Optional<String> trouble = machine.whyNotWritable(journal);
        trouble.ifPresent(why -> found.add(Finding.broken("disk.unwritable", journal, why, machine.user())));
        Optional<String> forgetting = machine.fileSystem(journal).filter(FORGETTING::contains);
        forgetting.ifPresent(kind -> found.add(
                device.pins().isPresent()
                        ? Finding.broken("disk.forgets", journal, kind)
                        : Finding.warning("disk.forgets", journal, kind)));
        machine.room(journal).ifPresent(room -> {
            long free = room.freeBytes() / MIB;
            if (room.freeBytes() < BoardHealth.LEAST_FREE_BYTES) {
                found.add(Finding.broken("disk.full", journal, free));
            } else if (room.freeBytes() < LITTLE_BYTES) {
                found.add(Finding.warning("disk.little", journal, free));
            } else if (trouble.isEmpty() && forgetting.isEmpty()) {
                found.add(Finding.ok("disk.good", journal, free));
            }
        });
        return found;
    }
}
