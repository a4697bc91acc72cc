package dev.tocsin.firmware.board.sensor;

/**
 * What a sensor's driver counted since it was started.
 *
 * @param samples handed on
 * @param lost samples that are known to be missing
 * @param transfers on the bus, with those that failed
 * @param errors transfers that failed, with those that were tried again with success
 * @param failures readings that failed although each transfer was tried {@value RetryingRegisters#TRIES} times
 * @param resets how often its settings were found lost
 */
public record SensorCounts(long samples, long lost, long transfers, long errors, long failures, long resets) {}
