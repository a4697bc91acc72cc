/**
 * Detectors: samples in, events out. Pure: no clock, no thread, no library; time comes with every sample, and nothing is
 * allocated for one. A detector runs the same on a device, on recordings ({@code tocsin eval}) and in the virtual world.
 */
@NullMarked
package dev.tocsin.sdk.detect;

import org.jspecify.annotations.NullMarked;
