package dev.tocsin.simulator.county;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.session.AlarmStatus;
import dev.tocsin.simulator.storage.DiskEvent;
import dev.tocsin.simulator.storage.VirtualDisk;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which alarms of a device the medium has spoilt in more than one copy: the one loss that no device can help (promise 1 has
 * it told instead). Looks at the medium's bytes, never at what the device says: a record that was there only once, and is
 * spoilt, is the device's own fault.
 */
final class SpoiltRecords {

    /** What every record in a journal begins with: magic, length, checksum (docs/decisions/0004). */
    private static final byte[] MAGIC = {'T', 'c', 'J', '1'};

    private static final int HEADER_BYTES = 12;

    /** An alarm that not every centre has, and the files in which its record was whole before and is not now. */
    private record Outstanding(Bytes envelope, Set<String> spoilt) {}

    private final Map<AlarmId, Outstanding> outstanding = new LinkedHashMap<>();

    /** The device has told how far an alarm is. */
    void heard(AlarmStatus status) {
        AlarmId id = status.alarm().id();
        if (status.isReceivedByAll()) {
            outstanding.remove(id);
        } else {
            outstanding.computeIfAbsent(id, i -> new Outstanding(status.envelope(), new TreeSet<>()));
        }
    }

    /**
     * Bytes have been damaged.
     *
     * @return alarms whose record two files held that are both still there, and now no file does
     */
    List<AlarmId> damaged(DiskEvent.Damaged event, VirtualDisk disk) {
        List<AlarmId> lost = new ArrayList<>();
        outstanding.forEach((id, alarm) -> {
            if (isRecordDamaged(event, alarm.envelope) && alarm.spoilt.add(event.name())) {
                alarm.spoilt.retainAll(disk.names());
                if (alarm.spoilt.size() > 1 && disk.names().stream().noneMatch(name -> isWhole(disk, name, alarm))) {
                    lost.add(id);
                }
            }
        });
        return lost;
    }

    private static boolean isRecordDamaged(DiskEvent.Damaged event, Bytes envelope) {
        byte[] before = event.before().readOnlyArray();
        int at = find(before, envelope);
        if (at < 0) {
            return false;
        }
        int from = at;
        while (from > 0 && !startsWith(before, MAGIC, from)) {
            from--;
        }
        int to = from + HEADER_BYTES + ByteBuffer.wrap(before).getInt(from + MAGIC.length);
        return to <= before.length
                && !Arrays.equals(before, from, to, event.after().readOnlyArray(), from, to);
    }

    private static boolean isWhole(VirtualDisk disk, String name, Outstanding alarm) {
        return !alarm.spoilt.contains(name)
                && disk.content(name)
                        .map(Bytes::readOnlyArray)
                        .filter(b -> find(b, alarm.envelope) >= 0)
                        .isPresent();
    }

    private static int find(byte[] bytes, Bytes envelope) {
        byte[] what = envelope.readOnlyArray();
        for (int at = 0; at <= bytes.length - what.length; at++) {
            if (startsWith(bytes, what, at)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean startsWith(byte[] bytes, byte[] what, int at) {
        return at + what.length <= bytes.length && Arrays.equals(bytes, at, at + what.length, what, 0, what.length);
    }
}
