/**
 * The judge. Knows what was really done at the devices, reads what the centres' ledgers really hold, hears what the devices
 * claim, and says what is lost, doubled or forged, how long things took, and whether a scenario's expectations hold. Stands
 * outside devices and centres; pure, no clock, no I/O. Uses the scenario's values, the ledger's reading side, the SDK's
 * model and codec, and HdrHistogram.
 */
@NullMarked
package dev.tocsin.simulator.check;

import org.jspecify.annotations.NullMarked;
