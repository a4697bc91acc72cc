/** Tests of {@code report}. */
@NullMarked
package dev.tocsin.simulator.report;

import org.jspecify.annotations.NullMarked;
