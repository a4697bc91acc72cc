/**
 * A centre on real sockets, files and threads: the adapter that puts {@link dev.tocsin.simulator.centre.Centre} on the
 * SDK's {@code CoapService}, the SQLite ledger, the machine's clock and an audit file. The only part of a centre that owns
 * threads: its loop, a pool for CoAP, the network's receiver, the ledger's writer.
 */
@NullMarked
package dev.tocsin.simulator.centre.coap;

import org.jspecify.annotations.NullMarked;
