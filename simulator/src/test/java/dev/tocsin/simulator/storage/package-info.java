/** Tests of {@code storage}. */
@NullMarked
package dev.tocsin.simulator.storage;

import org.jspecify.annotations.NullMarked;
