package dev.tocsin.simulator.check;

import dev.tocsin.sdk.model.Alarm;

/**
 * An entry of a ledger that holds a signed alarm.
 *
 * @param number the entry's number
 * @param conflict whether the centre filed it as a conflict
 * @param alarm what was signed
 * @param genuine whether the signature is that of the device it names
 */
public record LedgerAlarm(long number, boolean conflict, Alarm alarm, boolean genuine) {}
