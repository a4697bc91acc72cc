/**
 * What a detector makes of recordings, and our verifiers of published vectors, in figures and pages. Reads manifests of
 * recordings, plays them through the device's own detectors, counts. Uses the SDK's detectors, the firmware's board package,
 * check's distributions and report's pages.
 */
@NullMarked
package dev.tocsin.simulator.eval;

import org.jspecify.annotations.NullMarked;
