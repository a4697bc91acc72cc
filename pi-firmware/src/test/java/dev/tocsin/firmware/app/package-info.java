/** Tests of the wired device. */
@NullMarked
package dev.tocsin.firmware.app;

import org.jspecify.annotations.NullMarked;
