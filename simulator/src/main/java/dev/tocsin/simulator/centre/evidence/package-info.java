/**
 * What sensors measured around alarms, kept beside the ledger: how much, and for whom. {@code centre.sqlite} keeps it on disk.
 * Uses the SDK's {@code model}.
 */
@NullMarked
package dev.tocsin.simulator.centre.evidence;

import org.jspecify.annotations.NullMarked;
