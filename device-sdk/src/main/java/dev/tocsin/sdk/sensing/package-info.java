/**
 * From a detector's findings to a device's alarms: one standing incident a kind, evidence around it, a damper on what comes
 * and goes too often. Belongs to the device's event loop; owns no thread and reads no clock. Uses the device, {@code detect},
 * {@code model}, {@code port} and {@code session}'s values.
 */
@NullMarked
package dev.tocsin.sdk.sensing;

import org.jspecify.annotations.NullMarked;
