/**
 * What a detector makes of recordings, and our verifiers of published vectors, in figures. Reads manifests of recordings, plays them through the firmware's own
 * detectors, counts. Uses the firmware's board package and check's distributions.
 */
@NullMarked
package dev.tocsin.simulator.eval;

import org.jspecify.annotations.NullMarked;
