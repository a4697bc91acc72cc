/**
 * The words of the trade as values: alarm, kind, state, mode, place, receipt, heartbeat. Immutable, free of I/O, free of
 * libraries; everything else in the SDK speaks in them.
 */
@NullMarked
package dev.tocsin.sdk.model;

import org.jspecify.annotations.NullMarked;
