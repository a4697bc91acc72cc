/**
 * The alarm-receiving centre: verifies what devices send, keeps it in a ledger, answers with signed receipts, notices
 * silence, and lets people accept and close alarms. Free of transport, database, threads and clocks: calls come in on any
 * thread, state is kept on the loop that {@code Timers} runs, so that the same centre works on real sockets and in virtual
 * time. {@link dev.tocsin.simulator.centre.Centre} is the way in. Uses the SDK's {@code model}, {@code codec} and {@code
 * port}, {@code centre.ledger}, {@code centre.evidence} and {@code centre.registry}.
 */
@NullMarked
package dev.tocsin.simulator.centre;

import org.jspecify.annotations.NullMarked;
