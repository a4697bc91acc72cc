package dev.tocsin.simulator.centre.ledger;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What {@link Rules} needs from a medium, inside one transaction: everything appended before, in this transaction too, is
 * seen. Belongs to the writer.
 */
public interface Rows {

    /** Puts a fact at the end of the chain. */
    Entry append(Fact fact);

    /** The entry with this very envelope under this id. */
    Optional<Entry> withEnvelope(AlarmId alarm, Bytes envelopeSha256);

    /** All entries with an envelope under this id, oldest first. */
    List<Entry> alarms(AlarmId alarm);

    /** The newest entries with an envelope that update this alarm (a restoration is none); oldest first. */
    List<Entry> updates(AlarmId about, int limit);

    /** The acceptance of this very envelope. */
    Optional<Entry> acceptance(AlarmId alarm, Bytes envelopeSha256);

    /** The last closing of an alarm. */
    Optional<Entry> lastClosing(AlarmId alarm);

    /** The nonce seen first in this boot of a device. */
    OptionalLong boundNonce(String device, long boot);

    /** Binds a boot to the nonce seen first. */
    void bind(String device, long boot, long nonce);

    /** The highest boot bound for a device; 0 if there is none. */
    long highestBoot(String device);

    /** The first entry of this type about this device that says exactly this. */
    Optional<Entry> saying(EntryType type, String device, String detail);

    /** The last order of a device. */
    Optional<Entry> lastOrder(String device);

    /** The order of this number of a device. */
    Optional<Entry> order(String device, long number);

    /** The device's last {@link EntryType#OFFLINE} or {@link EntryType#ONLINE}. */
    Optional<Entry> lastSupervision(String device);

    /** Notes that the device has the receipt for this entry. */
    void acknowledge(long number);

    /** Writes to the medium, every time, something that means nothing. */
    void pulse();
}
