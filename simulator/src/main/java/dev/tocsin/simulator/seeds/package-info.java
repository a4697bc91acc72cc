/**
 * Many seeds of one scenario: plays them side by side, adds them up, plays one twice to compare, and draws each seed's own mix
 * of faults and fleet in a swarm. What one seed does is {@code run}'s. Uses run, report, check and scenario; asks nobody for
 * time or threads.
 */
@NullMarked
package dev.tocsin.simulator.seeds;

import org.jspecify.annotations.NullMarked;
