/**
 * Ways on which a device's signed alarm reaches a receiver and its signed receipt comes back: ours, what else a user could
 * pick, and the least that this machine needs for it. All do the same work with the same signatures; each class says how.
 */
@NullMarked
package dev.tocsin.benchmarks.path;

import org.jspecify.annotations.NullMarked;
