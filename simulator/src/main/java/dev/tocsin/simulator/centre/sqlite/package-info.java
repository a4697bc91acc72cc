/**
 * The ledger on disk: SQLite through JDBC, both of which stay in here. One named writer thread per open ledger commits in
 * groups; several processes may share a file. Evidence has a file and a writer of its own beside it. SQL is plain, so that another database can follow.
 */
@NullMarked
package dev.tocsin.simulator.centre.sqlite;

import org.jspecify.annotations.NullMarked;
