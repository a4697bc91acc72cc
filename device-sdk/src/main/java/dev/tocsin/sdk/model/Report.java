package dev.tocsin.sdk.model;

/**
 * Telemetry: a line for the record that no life hangs on. It yields to every alarm and goes first when the journal is full.
 *
 * @param text what there is to tell, one line
 */
public record Report(String device, DeviceTime time, String text) {}
