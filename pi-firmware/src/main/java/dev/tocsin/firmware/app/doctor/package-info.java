/**
 * {@code tocsin-firmware doctor}: what of this machine and this configuration keeps a device from working, and what to do
 * about it. Each check is small, asks the {@link dev.tocsin.firmware.app.doctor.Machine} and nothing else, and says what it
 * found as {@link dev.tocsin.firmware.app.doctor.Finding}s. May use the SDK and the board.
 */
@NullMarked
package dev.tocsin.firmware.app.doctor;

import org.jspecify.annotations.NullMarked;
