/**
 * The scenario language: YAML files that say what fleet there is, what happens to it and what must hold. Reading is strict:
 * what is wrong is told with file, line and column and what would be right. Values only, nothing runs here. Uses {@code
 * yaml} and the SDK's {@code config}.
 */
@NullMarked
package dev.tocsin.simulator.scenario;

import org.jspecify.annotations.NullMarked;
