package dev.tocsin.firmware.app;

import java.time.Instant;
import java.util.List;

/**
 * What a running firmware says of itself. A snapshot.
 *
 * @param device its id
 * @param software name and version
 * @param pid its process
 * @param started when it started, by the wall clock then
 * @param written when this was said, by the wall clock
 * @param armed whether a press counts
 * @param lamp what the lamp shows, in one word: {@code ARMED}
 * @param undelivered alarms of this and earlier boots that some centre has not receipted, as far as they are known
 * @param faults what is wrong, in sentences
 * @param centres each centre of its configuration
 */
public record Status(
        String device,
        String software,
        long pid,
        Instant started,
        Instant written,
        boolean armed,
        String lamp,
        int undelivered,
        List<String> faults,
        List<Centre> centres) {

    public Status {
        faults = List.copyOf(faults);
        centres = List.copyOf(centres);
    }

    /**
     * How one centre stands.
     *
     * @param id its name
     * @param waiting alarms that it has not receipted
     * @param lastReceipt the id of the alarm of its last receipt in this boot; empty: none yet
     * @param receiptAt when that came, by the wall clock; {@link Instant#EPOCH}: none yet
     * @param ledgerNumber the entry that the receipt names; 0: none yet
     * @param refusal why it refuses the last alarm; empty: it does not
     */
    public record Centre(
            String id, int waiting, String lastReceipt, Instant receiptAt, long ledgerNumber, String refusal) {}
}
