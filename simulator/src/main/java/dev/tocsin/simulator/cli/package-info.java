/**
 * The command line: {@code tocsin} and its commands. Reads options, calls what does the work, prints, and turns what came
 * of it into an exit code. Uses everything; nothing uses it. picocli stays in here and in {@code centre.console}.
 */
@NullMarked
package dev.tocsin.simulator.cli;

import org.jspecify.annotations.NullMarked;
