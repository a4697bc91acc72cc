package dev.tocsin.simulator.county;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.journal.Item;
import dev.tocsin.sdk.journal.Journal;
import dev.tocsin.sdk.journal.Limits;
import dev.tocsin.sdk.journal.Priority;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.ClockQuality;
import dev.tocsin.sdk.model.DeviceTime;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.model.Place;
import dev.tocsin.sdk.model.StageTimes;
import dev.tocsin.sdk.port.Storage;
import dev.tocsin.sdk.session.AlarmStatus;
import dev.tocsin.sdk.session.Delivery;
import dev.tocsin.sdk.testkit.SeededEntropy;
import dev.tocsin.sdk.testkit.VirtualTime;
import dev.tocsin.simulator.storage.DiskEvent;
import dev.tocsin.simulator.storage.PowerCut;
import dev.tocsin.simulator.storage.VirtualDisk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is seen of records in a real journal on the virtual disk. */
class SpoiltRecordsTest implements Journal.Listener {

    private static final Bytes ENVELOPE = Bytes.wrap(new SeededEntropy(9).nextBytes(300));
    private static final AlarmId ID = new AlarmId("school-001/button-1", 1, 7, 1);

    private final VirtualTime time = new VirtualTime();
    private final SpoiltRecords records = new SpoiltRecords();
    private final List<AlarmId> spoilt = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>(); // of the envelope, while it could be found
    private final VirtualDisk disk = new VirtualDisk(time::nanoTime, new SeededEntropy(1), this::observe);

    @Test
    void a_record_damaged_in_both_copies_is_spoilt() {
        keep();
        records.heard(status(false));
        List<String> copies = copies();
        assertThat(copies).hasSize(2);
        rot(copies.get(0), 20);
        assertThat(spoilt).isEmpty();
        rot(copies.get(1), -15); // the record's header, before the envelope
        assertThat(spoilt).containsExactly(ID);
    }

    @Test
    void damage_in_one_copy_twice_or_beside_the_record_spoils_nothing() {
        keep();
        records.heard(status(false));
        List<String> copies = copies();
        rot(copies.get(0), 20);
        rot(copies.get(0), 40);
        disk.faults().rot(copies.get(1), 0, 1); // another record
        assertThat(spoilt).isEmpty();
    }

    @Test
    void a_record_of_which_there_was_one_copy_is_the_devices_own_fault() {
        keep();
        records.heard(status(false));
        Storage storage = disk.mount(time);
        String only = copies().get(0);
        storage.delete(copies().get(1));
        storage.sync(only, r -> {});
        time.advance(Duration.ofSeconds(1));
        rot(only, 20);
        assertThat(spoilt).isEmpty();
    }

    @Test
    void what_every_centre_has_need_not_be_on_the_medium() {
        keep();
        records.heard(status(false));
        records.heard(status(true));
        List<String> copies = copies();
        rot(copies.get(0), 20);
        rot(copies.get(1), 20);
        assertThat(spoilt).isEmpty();
    }

    private void keep() {
        Journal journal = Journal.open(disk.mount(time), time, new Limits(1 << 20, 1 << 18, 0), this);
        journal.boot(() -> {});
        boolean[] kept = new boolean[1];
        Optional<Item> item = journal.put(Priority.LIFE, Bytes.wrap(around(ENVELOPE)), () -> kept[0] = true);
        time.advance(Duration.ofSeconds(1));
        assertThat(item).isPresent();
        assertThat(kept[0]).isTrue();
        disk.cut(PowerCut.KEPT);
    }

    private static byte[] around(Bytes envelope) {
        byte[] body = new byte[envelope.size() + 8];
        System.arraycopy(envelope.readOnlyArray(), 0, body, 4, envelope.size());
        return body;
    }

    private List<String> copies() {
        return disk.names().stream().filter(name -> at(name) >= 0).toList();
    }

    private int at(String name) {
        byte[] bytes = disk.content(name).orElseThrow().toArray();
        for (int at = 0; at + ENVELOPE.size() <= bytes.length; at++) {
            if (Bytes.copyOf(Arrays.copyOfRange(bytes, at, at + ENVELOPE.size()))
                    .equals(ENVELOPE)) {
                return at;
            }
        }
        return -1;
    }

    private void rot(String name, int offset) {
        disk.faults().rot(name, places.computeIfAbsent(name, this::at) + offset, 1);
    }

    private void observe(DiskEvent event) {
        if (event instanceof DiskEvent.Damaged damaged) {
            spoilt.addAll(records.damaged(damaged, disk));
        }
    }

    private static AlarmStatus status(boolean received) {
        Alarm alarm = new Alarm(
                ID,
                AlarmKind.PANIC,
                AlarmState.RAISED,
                Mode.LIVE,
                Place.UNKNOWN,
                List.of(),
                new DeviceTime(Instant.EPOCH, ClockQuality.UNKNOWN, Duration.ZERO),
                new StageTimes(0, 1),
                Optional.empty(),
                "");
        Delivery delivery = new Delivery(
                "police",
                received ? Delivery.State.RECEIVED : Delivery.State.SENDING,
                "",
                OptionalLong.empty(),
                received ? OptionalLong.of(9) : OptionalLong.empty(),
                Optional.empty());
        return new AlarmStatus(alarm, ENVELOPE, 2, OptionalLong.empty(), Map.of("police", delivery));
    }

    @Override
    public void trouble(Optional<String> why) {}

    @Override
    public void evicted(Item item) {}
}
