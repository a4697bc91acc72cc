package dev.tocsin.simulator.check;

import dev.tocsin.sdk.model.Alarm;
import java.time.Instant;

/**
 * An entry of a ledger that holds a signed alarm.
 *
 * @param number the entry's number
 * @param at when it was written, the centre's clock
 * @param conflict whether the centre filed it as a conflict
 * @param alarm what was signed
 * @param genuine whether the signature is that of the device it names
 * @param remark what the centre wrote beside it; may be empty
 */
public record LedgerAlarm(long number, Instant at, boolean conflict, Alarm alarm, boolean genuine, String remark) {}
