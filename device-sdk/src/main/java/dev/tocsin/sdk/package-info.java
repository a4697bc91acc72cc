/**
 * The vendor's door: {@link dev.tocsin.sdk.TocsinRuntime} owns the threads, {@link dev.tocsin.sdk.DeviceConfig} says who
 * the device is, {@link dev.tocsin.sdk.Device} raises alarms and tells how they fare. Wires the other packages together
 * and adds nothing of its own.
 */
@NullMarked
package dev.tocsin.sdk;

import org.jspecify.annotations.NullMarked;
