/**
 * The outbox that survives power cuts: items with marks on them, kept in two copies on append-only files until they are
 * removed. Knows nothing of alarms; uses {@code port.Storage} and {@code port.Timers} only.
 */
@NullMarked
package dev.tocsin.sdk.journal;

import org.jspecify.annotations.NullMarked;
