/**
 * What a centre keeps for ever: an append-only, hash-chained ledger of alarms and of what people and the centre did about
 * them. {@link dev.tocsin.simulator.centre.ledger.Ledger} is the port, {@code Rules} decides what becomes an entry (the
 * same for every kind of ledger), {@code Chain} says how an entry is hashed. In here lives the ledger in memory; the one
 * on disk is in {@code centre.sqlite}. Uses the SDK's {@code model}, {@code codec} and {@code port}; owns no thread.
 */
@NullMarked
package dev.tocsin.simulator.centre.ledger;

import org.jspecify.annotations.NullMarked;
