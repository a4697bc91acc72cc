/**
 * How a board is wired, drawn from its profile: in a terminal, as SVG for paper, as a table for a document. Text in, text
 * out; the documents are held to what comes from here. Uses the board's profile and the JDK.
 */
@NullMarked
package dev.tocsin.firmware.wiring;

import org.jspecify.annotations.NullMarked;
